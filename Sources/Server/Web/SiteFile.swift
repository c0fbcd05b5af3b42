import Crypto
import HTTPTypes

/// One file of the pages, in memory.
struct SiteFile: Sendable {
    let bytes: [UInt8]
    let contentType: String
    /// The same for the same bytes, so that a browser that has them is not sent them again.
    let etag: String

    /// `nil` for a kind of file that no page has.
    init?(name: String, bytes: [UInt8]) {
        guard let contentType = Self.contentType(name) else { return nil }
        self.bytes = bytes
        self.contentType = contentType
        etag = "\"\(String(decoding: Base64URL.encode(Array(SHA256.hash(data: bytes).prefix(12))), as: UTF8.self))\""
    }

    private static func contentType(_ name: String) -> String? {
        // What a browser is to import must be called JavaScript; a declaration of types is for people and editors.
        if name.hasSuffix(".d.ts") { return "text/plain; charset=utf-8" }
        return switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        default: nil
        }
    }
}
