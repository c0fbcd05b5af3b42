/// The requests that wait for an answer, by the number that the answer will carry.
struct CallBook {
    struct Call {
        let message: ClientMessage
        /// Who waits for the outcome; nobody, for requests of the client itself.
        var waiting: [Int] = []
        /// Asks for nothing but a sign of life.
        var isProbe = false
        var tries = 1
        /// When to send it again, uptime.
        var againAt: Int64?
    }

    private var calls: [Int64: Call] = [:]
    private var newest: Int64 = 0

    /// Remembers a request. Returns its `seq`.
    mutating func add(_ call: Call) -> Int64 {
        newest += 1
        calls[newest] = call
        return newest
    }

    subscript(seq: Int64?) -> Call? {
        get { seq.flatMap { calls[$0] } }
        set { if let seq { calls[seq] = newValue } }
    }

    mutating func remove(_ seq: Int64?) -> Call? { seq.flatMap { calls.removeValue(forKey: $0) } }

    /// All of them, in the order in which they were made, which are then forgotten.
    mutating func removeAll() -> [Call] {
        defer { calls = [:] }
        return calls.sorted { $0.key < $1.key }.map(\.value)
    }

    /// When the next one is to be sent again.
    var due: Int64? { calls.values.lazy.compactMap(\.againAt).min() }

    /// Those that are to be sent again by now, in the order in which they were made; they count as sent.
    mutating func takeDue(_ uptime: Int64) -> [(seq: Int64, message: ClientMessage)] {
        let due = calls.filter { $0.value.againAt.map { $0 <= uptime } ?? false }.keys.sorted()
        return due.compactMap { seq in
            guard var call = calls[seq] else { return nil }
            call.againAt = nil
            call.tries += 1
            calls[seq] = call
            return (seq, call.message)
        }
    }
}
