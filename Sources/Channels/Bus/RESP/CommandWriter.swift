/// Commands as they will leave, as RESP arrays of strings: nothing is ever written inline, so no argument can become a
/// command.
///
/// One growing piece of memory, because a command is a dozen small writes, and each costs a `ByteBuffer` more than the
/// bytes do.
struct CommandWriter: ~Copyable {
    private static let smallest = 1_024
    /// What is kept for the next commands.
    private static let largestKept = 256 * 1_024

    private var memory: UnsafeMutableRawPointer
    private var capacity = smallest
    private(set) var count = 0

    init() {
        memory = .allocate(byteCount: Self.smallest, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    /// The bytes so far.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    /// Starts anew.
    mutating func clear() {
        count = 0
        if capacity > Self.largestKept { grow(to: Self.smallest) }
    }

    // MARK: Commands

    mutating func writeCommand(_ name: StaticString, _ arguments: String...) {
        writeCommandStart(name, arguments: arguments.count)
        for argument in arguments { writeArgument("", argument) }
    }

    /// A command whose `arguments` follow.
    mutating func writeCommandStart(_ name: StaticString, arguments: Int) {
        writeHeader(UInt8(ascii: "*"), arguments + 1)
        writeArgument(name, "")
    }

    /// One argument, in two parts.
    mutating func writeArgument(_ prefix: StaticString, _ text: String) {
        writeHeader(UInt8(ascii: "$"), prefix.utf8CodeUnitCount + text.utf8.count)
        write(UnsafeRawBufferPointer(prefix))
        write(text)
        writeLineEnd()
    }

    mutating func writeArgument(_ channel: BusChannel) {
        writeHeader(UInt8(ascii: "$"), channel.length)
        channel.withName { write($0) }
        writeLineEnd()
    }

    /// One argument of `count` bytes, which `body` must write.
    mutating func writeArgument(count length: Int, _ body: (inout CommandWriter) -> Void) {
        writeHeader(UInt8(ascii: "$"), length)
        let start = count
        body(&self)
        precondition(count - start == length, "an argument that is not as long as was said")
        writeLineEnd()
    }

    // MARK: Bytes

    /// A number in big-endian order.
    @inline(__always)
    mutating func write<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        reserve(MemoryLayout<Number>.size)
        memory.storeBytes(of: number.bigEndian, toByteOffset: count, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        reserve(bytes.count)
        (memory + count).copyMemory(from: start, byteCount: bytes.count)
        count += bytes.count
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    private mutating func writeHeader(_ type: UInt8, _ number: Int) {
        write(type)
        writeDecimal(number)
        writeLineEnd()
    }

    private mutating func writeLineEnd() {
        write(0x0D0A as UInt16)
    }

    /// A number that is not negative, in digits.
    private mutating func writeDecimal(_ number: Int) {
        if number >= 10 { writeDecimal(number / 10) }
        write(UInt8(ascii: "0") + UInt8(number % 10))
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(to: max(capacity * 2, count + more)) }
    }

    private mutating func grow(to size: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        (memory, capacity) = (larger, size)
    }
}
