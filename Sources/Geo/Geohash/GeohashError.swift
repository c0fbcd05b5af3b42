/// Why a text is no geohash.
public struct GeohashError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    public enum Reason: Hashable, Sendable {
        /// There is no character.
        case empty
        /// All characters could stand in a geohash, but there are too many.
        case tooLong(count: Int)
        /// The first character that geohashes do not use, and its position, counted from 1.
        case invalidCharacter(Character, position: Int)
    }

    /// What is wrong; ``description`` says it in words.
    public let reason: Reason

    /// - Parameter text: is no geohash.
    init(of text: some StringProtocol) {
        let invalid = text.enumerated().first { _, character in
            guard let ascii = character.asciiValue else { return true }
            return Base32.digit(ascii) > Base32.greatestDigit
        }
        reason =
            if let invalid {
                .invalidCharacter(invalid.element, position: invalid.offset + 1)
            } else if text.isEmpty {
                .empty
            } else {
                .tooLong(count: text.count)
            }
    }

    /// The reason in words, to follow the name of what was read: "character 3 is `a`, which …".
    public var description: String {
        switch reason {
        case .empty: "it is empty"
        case .tooLong(let count): "it has \(count) characters, at most \(Geohash.maximumPrecision) are possible"
        case .invalidCharacter(let character, let position):
            "character \(position) is \(Self.shown(character)), which geohashes do not use"
        }
    }

    /// A control character or a lone mark is named by its number.
    private static func shown(_ character: Character) -> String {
        let isVisible = character.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        guard !isVisible else { return "`\(character)`" }
        return character.unicodeScalars.map { "U+" + Self.hexadecimal($0.value) }.joined(separator: " ")
    }

    private static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
