import CLibpq

/// One connection to PostgreSQL, used by one thread at a time, which it blocks.
///
/// libpq is used without its own blocking: every wait is a `poll` that ends at ``deadline``, so that a server
/// that is frozen, and not only one that is gone, costs a bounded time. Statements go through libpq's pipeline
/// mode: what belongs together travels together and costs one round trip.
final class PostgreSQLConnection {
    let handle: OpaquePointer
    /// When whoever asks no longer wants an answer.
    var deadline: ContinuousClock.Instant
    /// `false` once something went wrong after which nobody knows what the server says next.
    private(set) var isUsable = true
    /// What was committed and not yet told to those who listen.
    var untold: [ChangeNotice] = []
    /// Names of the statements that the server has prepared, by their text.
    private var prepared: [String: String] = [:]
    private var namesGiven = 0

    /// Takes an open connection in non-blocking and pipeline mode.
    init(_ handle: OpaquePointer, deadline: ContinuousClock.Instant) {
        self.handle = handle
        self.deadline = deadline
    }

    deinit { PQfinish(handle) }

    /// Runs the statements in this order, in one round trip, and returns what each answered.
    ///
    /// Outside a transaction they are one together. After the first that fails the others are not run.
    func run(_ queries: [Query]) throws -> [ResultRows] {
        let lists = try queries.map { try ParameterList($0.parameters) }
        return try guarded {
            var steps: [Step] = []
            for (query, list) in zip(queries, lists) { try send(query, list, &steps) }
            try check(PQpipelineSync(handle))
            try flush()
            return try receive(steps)
        }
    }

    @discardableResult
    func run(_ query: Query) throws -> ResultRows {
        try run([query])[0]
    }

    /// Gives `data` to a `COPY … FROM STDIN`.
    func copy(_ sql: String, _ data: [UInt8]) throws {
        try guarded {
            try check(PQexitPipelineMode(handle))
            try check(PQsendQuery(handle, sql))
            try flush()
            let failure = try copyIn(data)
            try check(PQenterPipelineMode(handle))
            if let failure { throw failure }
        }
    }

    /// What the server sent of itself since the last call: the payloads of notifications.
    ///
    /// Notices an end of the connection too.
    func notifications() throws -> [String] {
        try guarded {
            try check(PQconsumeInput(handle))
            var payloads: [String] = []
            while let notification = PQnotifies(handle) {
                payloads.append(String(cString: notification.pointee.extra))
                PQfreemem(notification)
            }
            return payloads
        }
    }

    /// Marks the connection unusable if `body` throws anything but the server's refusal.
    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        guard isUsable else { throw PostgreSQLError.lost }
        do {
            return try body()
        } catch PostgreSQLError.refused(let sqlState) {
            guard PostgreSQLError.isFarewell(sqlState) else { throw PostgreSQLError.refused(sqlState: sqlState) }
            isUsable = false
            throw PostgreSQLError.lost
        } catch {
            isUsable = false
            throw error
        }
    }

    func check(_ result: Int32) throws(PostgreSQLError) {
        if result != 1 { throw .lost }
    }

    // MARK: Pipelines

    private enum Step {
        case prepare(sql: String)
        case execute
    }

    /// Has the statement prepared first if the server does not know it yet, in the same round trip.
    private func send(_ query: Query, _ list: ParameterList, _ steps: inout [Step]) throws {
        guard query.isKept else {
            try check(PQsendQueryParams(handle, query.sql, 0, nil, nil, nil, nil, 0))
            steps.append(.execute)
            return
        }
        let name = try prepared[query.sql] ?? prepare(query.sql, &steps)
        let count = Int32(query.parameters.count)
        try check(list.withPointers { PQsendQueryPrepared(handle, name, count, $0, nil, nil, 0) })
        steps.append(.execute)
    }

    private func prepare(_ sql: String, _ steps: inout [Step]) throws -> String {
        namesGiven += 1
        let name = "s\(namesGiven)"
        try check(PQsendPrepare(handle, name, sql, 0, nil))
        prepared[sql] = name
        steps.append(.prepare(sql: sql))
        return name
    }

    /// Reads all answers, also those behind a failure, so that the connection can go on.
    private func receive(_ steps: [Step]) throws -> [ResultRows] {
        var answers: [ResultRows] = []
        var failure: PostgreSQLError?
        for step in steps {
            let (rows, refusal) = try answer()
            switch step {
            case .prepare(let sql): if rows == nil { prepared[sql] = nil }
            case .execute: if let rows { answers.append(rows) }
            }
            failure = failure ?? refusal
        }
        guard let end = try next() else { throw PostgreSQLError.lost }
        PQclear(end)
        if let failure { throw failure }
        return answers
    }

    /// The answer to one step: rows, a refusal, or neither if an earlier step was refused.
    private func answer() throws -> (ResultRows?, PostgreSQLError?) {
        var rows: ResultRows?
        var refusal: PostgreSQLError?
        while let result = try next() {
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                rows = ResultRows(result)
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            default:
                refusal = Self.refusal(result)
                PQclear(result)
            }
        }
        return (rows, refusal)
    }

    static func refusal(_ result: OpaquePointer) -> PostgreSQLError {
        // Without a code it is libpq that speaks, of a connection that ended.
        guard let code = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else { return .lost }
        return .refused(sqlState: String(cString: code))
    }

    // MARK: Copying

    /// Returns why the server refused the rows, if it did.
    private func copyIn(_ data: [UInt8]) throws -> PostgreSQLError? {
        if let refusal = try status(PGRES_COPY_IN) { return refusal }
        try put(data)
        while true {
            let sent = PQputCopyEnd(handle, nil)
            if sent == 1 { break }
            guard sent == 0 else { throw PostgreSQLError.lost }
            try waitUntilWritable()
        }
        try flush()
        return try status(PGRES_COMMAND_OK)
    }

    private func put(_ data: [UInt8]) throws {
        var start = 0
        while start < data.count {
            let count = min(Self.copyPiece, data.count - start)
            let sent = data[start..<start + count].withUnsafeBytes {
                PQputCopyData(handle, $0.bindMemory(to: CChar.self).baseAddress, Int32(count))
            }
            guard sent >= 0 else { throw PostgreSQLError.lost }
            if sent == 0 { try waitUntilWritable() } else { start += count }
        }
    }

    /// Bytes that are handed to libpq at once.
    private static let copyPiece = 64 << 10

    /// Reads until `expected` or the end of the answers; returns a refusal.
    private func status(_ expected: ExecStatusType) throws -> PostgreSQLError? {
        var refusal: PostgreSQLError?
        while let result = try next() {
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            if status == expected, status == PGRES_COPY_IN { return nil }
            if status != expected { refusal = Self.refusal(result) }
        }
        return refusal
    }
}
