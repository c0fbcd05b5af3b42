import Geo
import HummingbirdCore

/// The parameters behind the question mark, each read as what it has to be. Unknown ones are ignored.
struct Query: Sendable {
    private let parameters: FlatDictionary<Substring, Substring>

    init(_ uri: URI) {
        parameters = uri.queryParameters
    }

    /// How many items to answer at most.
    func limit(_ page: (standard: Int, maximum: Int)) throws(Problem) -> Int {
        guard let text = try text("limit") else { return page.standard }
        guard let limit = Self.integer(text), limit >= 1, limit <= page.maximum else {
            throw .badParameter("`limit` is not a number of the range")
        }
        return Int(limit)
    }

    /// A time in milliseconds since the Unix epoch.
    func time(_ name: Substring) throws(Problem) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let time = Self.integer(text) else {
            throw .badParameter("`from` and `to` are whole milliseconds since 1970")
        }
        return time
    }

    func radius() throws(Problem) -> Radius? {
        guard let text = try text("radius_m") else { return nil }
        guard let radius = Self.number(text).flatMap(Radius.init(metres:)) else {
            throw .badParameter("`radius_m` must be more than 0 and at most 100000")
        }
        return radius
    }

    /// Of cells that people are counted in: none finer than the published ones.
    func precision() throws(Problem) -> Int? {
        guard let text = try text("precision") else { return nil }
        guard let precision = Self.integer(text), precision >= 1, precision <= Int64(Limits.finestCounted) else {
            throw .badParameter("`precision` must be from 1 to 6")
        }
        return Int(precision)
    }

    func cursor() throws(Problem) -> String? {
        try text("cursor").map(String.init)
    }

    private func text(_ name: Substring) throws(Problem) -> Substring? {
        let values = parameters[values: name]
        guard values.count <= 1 else { throw .badParameter("a parameter stands there twice") }
        return values.first
    }

    /// Digits with a sign at most, where `Int64.init` would also take a plus.
    private static func integer(_ text: Substring) -> Int64? {
        text.first == "+" ? nil : Int64(text)
    }

    /// A number as JSON writes it.
    private static func number(_ text: Substring) -> Double? {
        var text = text
        return text.withUTF8 { utf8 in
            var scanner = JSONScanner(UnsafeRawBufferPointer(utf8))
            guard let value = try? scanner.nextValue(), value.kind == .number, (try? scanner.end()) != nil
            else { return nil }
            return scanner.double(value)
        }
    }
}
