import Channels

/// A value in PostgreSQL's text form; the statement says the type (`$1::bigint[]`).
struct QueryParameter {
    /// `nil` is NULL.
    let text: String?

    static func int(_ number: some BinaryInteger) -> QueryParameter { QueryParameter(text: String(number)) }
    static func flag(_ flag: Bool) -> QueryParameter { QueryParameter(text: flag ? "t" : "f") }
    static func text(_ text: String?) -> QueryParameter { QueryParameter(text: text) }
    static func id(_ id: UserID) -> QueryParameter { QueryParameter(text: id.string) }

    static func ints(_ numbers: some Sequence<some BinaryInteger>) -> QueryParameter {
        array(numbers) { String($0) }
    }

    static func flags(_ flags: some Sequence<Bool>) -> QueryParameter { array(flags) { $0 ? "t" : "f" } }

    /// Ids have no character that means anything in an array.
    static func ids(_ ids: some Sequence<UserID>) -> QueryParameter { array(ids) { "\"\($0.string)\"" } }

    static func texts(_ texts: some Sequence<String?>) -> QueryParameter {
        array(texts) { $0.map(quoted) ?? "NULL" }
    }

    private static func array<Element>(
        _ elements: some Sequence<Element>, _ encode: (Element) -> String
    ) -> QueryParameter {
        var text = "{"
        for element in elements {
            if text.utf8.count > 1 { text += "," }
            text += encode(element)
        }
        return QueryParameter(text: text + "}")
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
