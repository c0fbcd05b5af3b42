/// Lets negative numbers through the argument parser, which takes whatever begins with a hyphen for an option.
///
/// On their way through it they begin with the typographic minus sign, U+2212, instead. Who reads numbers takes that for a
/// minus, as a person does who pastes it; see ``DecimalNumber``.
enum NegativeNumbers {
    static let minus = "\u{2212}"

    /// The arguments, with every one escaped that is a negative number or a list that begins with one.
    static func escaped(_ arguments: [String]) -> [String] {
        arguments.map { isNegative($0) ? minus + $0.dropFirst() : $0 }
    }

    /// A message about escaped arguments as it is to be read.
    static func restored(_ message: String) -> String {
        message.replacing(minus, with: "-")
    }

    private static func isNegative(_ argument: String) -> Bool {
        let rest = argument.utf8.dropFirst()
        guard argument.utf8.first == UInt8(ascii: "-"), let first = rest.first else { return false }
        return isNumberStart(first) && rest.allSatisfy(isNumberPart)
    }

    private static func isNumberStart(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".")
    }

    private static func isNumberPart(_ byte: UInt8) -> Bool {
        isDigit(byte) || ".,+-eE ".utf8.contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
