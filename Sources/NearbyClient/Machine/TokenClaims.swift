import Foundation

/// What a client reads of its own JWT. Nothing is verified: that is the server's part.
enum TokenClaims {
    /// When the token ends, milliseconds since the Unix epoch; `nil` if that cannot be told.
    static func expiry(of token: String) -> Int64? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let json = decode(parts[1]) else { return nil }
        return json.withUnsafeBytes { bytes in
            guard let seconds = try? seconds(bytes), abs(seconds) < Double(Int64.max / 2_000) else { return nil }
            return Int64(seconds * 1_000)
        }
    }

    private static func decode(_ base64URL: Substring) -> Data? {
        var text = String(base64URL).replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text)
    }

    private static func seconds(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> Double {
        var (reader, end) = (JSONReader(bytes), Double?.none)
        try reader.object { (key, reader) throws(JSONError) in
            if "exp" ~= key { end = try reader.double() } else { try reader.skip() }
        }
        return try reader.required(end)
    }
}
