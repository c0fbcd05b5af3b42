import Geo

/// Whether a text is a geohash, and if not, why.
struct Validation {
    let text: String
    let result: Result<Geohash, GeohashError>

    /// - Parameter text: perhaps escaped on its way through the argument parser.
    init(_ text: String) {
        let text = NegativeNumbers.restored(text)
        self.text = text
        result = Result { () throws(GeohashError) in try Geohash(parsing: text) }
    }

    var fault: GeohashError? {
        if case .failure(let error) = result { error } else { nil }
    }

    var json: JSONValue {
        let text = JSONValue.Member("text", .string(text))
        switch result {
        case .success(let cell):
            return .object([
                text, .init("valid", .bool(true)), .init("geohash", .init(cell)),
                .init("precision", .integer(cell.precision)),
            ])
        case .failure(let error):
            return .object(
                [text, .init("valid", .bool(false)), .init("reason", .string("\(error)"))] + Self.place(of: error))
        }
    }

    private static func place(of error: GeohashError) -> [JSONValue.Member] {
        guard case .invalidCharacter(let character, let position) = error.reason else { return [] }
        return [.init("position", .integer(position)), .init("character", .string(String(character)))]
    }
}
