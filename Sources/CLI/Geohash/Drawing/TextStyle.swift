/// How a character looks where there are colours.
enum TextStyle: String {
    case plain = "0"
    /// What is drawn.
    case main = "1;36"
    case line = "2"
    case point = "1;31"

    /// The escape sequence (ECMA-48, SGR) that begins it.
    var start: String { "\u{1B}[\(self == .plain ? "0" : "0;\(rawValue)")m" }
}
