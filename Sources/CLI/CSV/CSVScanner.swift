/// Takes a CSV file apart into rows and fields.
struct CSVScanner: ~Copyable {
    private enum State {
        /// Before the first byte of a field.
        case start
        case plain
        case quoted
        /// After a quote within quotes: either the end of the field or the first of two.
        case quote
    }

    /// The line where the newest row begins, from 1.
    private(set) var line = 0

    private var input: InputFile
    private var nextLine = 1
    private var isAtStartOfFile = true
    /// The fields of the row, one after the other, without their quotes.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var path: String { input.path }
    /// The number of fields of the row.
    var count: Int { ends.count }

    init(path: String) throws(CSVError) {
        input = try InputFile(path: path)
    }

    /// Reads a row; `false` at the end.
    mutating func next() throws(CSVError) -> Bool {
        while try readLine() {
            // A line with nothing on it is no row.
            if ends != [0] { return true }
        }
        return false
    }

    func field(_ index: Int) throws(CSVError) -> String {
        let start = index == 0 ? 0 : ends[index - 1]
        guard let text = String(validating: bytes[start..<ends[index]], as: UTF8.self) else {
            throw failure("is not UTF-8")
        }
        return text
    }

    func fields() throws(CSVError) -> [String] {
        var fields: [String] = []
        for index in ends.indices { fields.append(try field(index)) }
        return fields
    }

    private func failure(_ reason: String) -> CSVError {
        CSVError(path: path, line: line, reason: reason)
    }
}

extension CSVScanner {
    /// Reads up to the end of a row. `false` if there is nothing left.
    private mutating func readLine() throws(CSVError) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        line = nextLine
        var state = State.start
        var isEmpty = true
        while let byte = try nextByte() {
            isEmpty = false
            if byte == UInt8(ascii: "\n") { nextLine += 1 }
            if try !take(byte, &state) { return true }
            guard bytes.count <= CSVReader.maximumRowBytes else {
                throw failure("is longer than \(CSVReader.maximumRowBytes) bytes; is a quote not closed?")
            }
        }
        if state == .quoted { throw failure("a quote is not closed") }
        if !isEmpty { endLine(state) }
        return !isEmpty
    }

    /// `false` if the byte ends the row.
    private mutating func take(_ byte: UInt8, _ state: inout State) throws(CSVError) -> Bool {
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")):
            state = .quote
        case (.quoted, _):
            bytes.append(byte)
        case (.quote, UInt8(ascii: "\"")):
            bytes.append(byte)
            state = .quoted
        case (.start, UInt8(ascii: "\"")):
            state = .quoted
        case (_, UInt8(ascii: ",")):
            ends.append(bytes.count)
            state = .start
        case (_, UInt8(ascii: "\n")):
            endLine(state)
            return false
        case (.quote, UInt8(ascii: "\r")):
            break
        case (.quote, _):
            throw failure("something follows the closing quote of a field")
        case (.plain, UInt8(ascii: "\"")):
            throw failure("a quote stands within a field that has none around it")
        default:
            bytes.append(byte)
            state = .plain
        }
        return true
    }

    private mutating func endLine(_ state: State) {
        let start = ends.last ?? 0
        if state == .plain, bytes.count > start, bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        ends.append(bytes.count)
    }

    /// The next byte of the file, after a byte order mark that it may begin with.
    private mutating func nextByte() throws(CSVError) -> UInt8? {
        guard isAtStartOfFile else { return try input.next() }
        isAtStartOfFile = false
        return try input.skipByteOrderMark()
    }
}
