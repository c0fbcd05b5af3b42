internal import Etcd

/// The live processes and what they cannot reach, as etcd tells it: a value that only counts.
struct LiveKeys {
    /// By server, by process: the revision of its vote.
    private var votes: [String: [String: Int64]] = [:]
    private(set) var processes: Set<String> = []

    /// Begins anew with all keys that there are.
    init(_ values: [EtcdValue] = []) {
        for value in values { take(EtcdChange(key: value.key, value: value, revision: value.modified)) }
    }

    mutating func take(_ change: EtcdChange) {
        if let process = Self.rest(of: change.key, after: RingKeys.processes) {
            if change.value == nil { processes.remove(process) } else { processes.insert(process) }
        } else if let vote = Self.rest(of: change.key, after: RingKeys.unreachable),
            let slash = vote.lastIndex(of: "/")
        {
            votes[String(vote[..<slash]), default: [:]][String(vote[vote.index(after: slash)...])] =
                change.value?.modified
        }
    }

    /// The votes against a server, if more than half of the live processes cannot reach it; `nil` otherwise.
    ///
    /// - Returns: by key, the revision of each vote that counts.
    func majority(against server: String) -> [String: Int64]? {
        let counted = (votes[server] ?? [:]).filter { processes.contains($0.key) }
        guard counted.count * 2 > processes.count else { return nil }
        return Dictionary(
            uniqueKeysWithValues: counted.map { (Self.voteKey(server: server, process: $0.key), $0.value) })
    }

    static func voteKey(server: String, process: String) -> String { RingKeys.unreachable + server + "/" + process }

    private static func rest(of key: String, after prefix: String) -> String? {
        key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
    }
}
