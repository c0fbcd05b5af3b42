/// The scheme, host and perhaps port of a web server: `https://img.example`.
struct WebOrigin: Sendable, Equatable {
    let text: String

    /// `nil` unless `text` is just that, in characters that mean nothing else in a header.
    init?(_ text: String) {
        guard text.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-]+(:[0-9]{1,5})?/) != nil else { return nil }
        self.text = text
    }
}
