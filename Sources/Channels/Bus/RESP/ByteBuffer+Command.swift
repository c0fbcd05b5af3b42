internal import NIOCore

/// Commands as RESP arrays of strings; nothing is ever written inline, so no argument can become a command.
extension ByteBuffer {
    mutating func writeCommand(_ name: StaticString, _ arguments: String...) {
        writeCommandStart(name, arguments: arguments.count)
        for argument in arguments { writeArgument(argument) }
    }

    /// A command whose `arguments` follow.
    mutating func writeCommandStart(_ name: StaticString, arguments: Int) {
        writeRESPHeader(UInt8(ascii: "*"), arguments + 1)
        writeRESPHeader(UInt8(ascii: "$"), name.utf8CodeUnitCount)
        writeStaticString(name)
        writeLineEnd()
    }

    mutating func writeArgument(_ text: String) {
        writeRESPHeader(UInt8(ascii: "$"), text.utf8.count)
        writeString(text)
        writeLineEnd()
    }

    /// An argument of `count` bytes in two parts.
    mutating func writeArgument(_ prefix: StaticString, _ text: String) {
        writeRESPHeader(UInt8(ascii: "$"), prefix.utf8CodeUnitCount + text.utf8.count)
        writeStaticString(prefix)
        writeString(text)
        writeLineEnd()
    }

    /// An argument of `count` bytes, written by `body`, which must write as many.
    mutating func writeArgument(count: Int, _ body: (inout ByteBuffer) -> Void) {
        writeRESPHeader(UInt8(ascii: "$"), count)
        let start = writerIndex
        body(&self)
        precondition(writerIndex - start == count, "an argument that is not as long as was said")
        writeLineEnd()
    }

    mutating func writeLineEnd() {
        writeInteger(0x0D0A as UInt16)
    }

    private mutating func writeRESPHeader(_ type: UInt8, _ number: Int) {
        writeInteger(type)
        writeDecimal(number)
        writeLineEnd()
    }

    /// A number that is not negative, in digits.
    private mutating func writeDecimal(_ number: Int) {
        if number >= 10 { writeDecimal(number / 10) }
        writeInteger(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
