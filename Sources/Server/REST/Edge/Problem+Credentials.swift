import HTTPTypes

/// Refused credentials, with the challenge that RFC 9110 and RFC 6750 ask for.
extension Problem {
    private static let realm = #"realm="nearby""#

    static let noCredentials = unauthorized(.unauthenticated, "credentials are needed", "Bearer \(realm)")
    static let badToken = unauthorized(
        .badToken, "the token is not valid", #"Bearer \#(realm), error="invalid_token""#)
    static let tokenExpired = unauthorized(
        .tokenExpired, "the token has expired",
        #"Bearer \#(realm), error="invalid_token", error_description="expired""#)
    static let badKey = unauthorized(.badKey, "the key is not valid", "ApiKey \(realm)")

    private static func unauthorized(_ code: Code, _ detail: StaticString, _ challenge: String) -> Problem {
        Problem(status: .unauthorized, code: code, detail: detail, headers: [.wwwAuthenticate: challenge])
    }
}
