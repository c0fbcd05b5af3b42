import HTTPTypes

/// What a browser is told not to do with the pages.
///
/// Nothing inline and nothing from elsewhere but what was configured; a frame of another page may not show them; and no
/// address that they ask for tells where the asking page was.
struct PageHeaders: Sendable {
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!

    let fields: HTTPFields

    init(_ settings: Settings.Web) {
        let images = (["'self'", "data:"] + [settings.tiles?.policySource].compactMap { $0 } + settings.avatars)
            .joined(separator: " ")
        var fields: HTTPFields = [:]
        fields[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src \(images); \
            base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """
        fields[Self.referrerPolicy] = "no-referrer"
        fields[Self.permissionsPolicy] = "geolocation=(self), camera=(), microphone=()"
        fields[Self.openerPolicy] = "same-origin"
        self.fields = fields
    }
}
