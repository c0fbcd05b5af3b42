import Channels

/// Says that a transaction changed users, in the form in which processes tell each other:
/// `<transaction>:<id>,<id>,…`, or `<transaction>:*` for too many to be named.
struct ChangeNotice: Equatable {
    /// The channel of LISTEN and NOTIFY.
    static let channel = "nearby_changes"
    /// Ids in one notice, so that it is far from the 8,000 bytes that a payload may have.
    static let maximumUsers = 100
    /// With more users than this one notice says "many", and everybody reads the table instead.
    static let many = 1_000

    let transaction: UInt64
    /// `nil`: many.
    let users: [UserID]?

    /// In as many notices as it takes.
    static func notices(of users: [UserID], in transaction: UInt64) -> [ChangeNotice] {
        guard users.count <= many else { return [ChangeNotice(transaction: transaction, users: nil)] }
        return stride(from: 0, to: users.count, by: maximumUsers).map { start in
            ChangeNotice(
                transaction: transaction, users: Array(users[start..<min(start + maximumUsers, users.count)]))
        }
    }

    init(transaction: UInt64, users: [UserID]?) {
        self.transaction = transaction
        self.users = users
    }

    /// `nil` if this is no such text.
    init?(payload: String) {
        let parts = payload.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let transaction = UInt64(parts[0]) else { return nil }
        self.transaction = transaction
        guard parts[1] != "*" else {
            users = nil
            return
        }
        let texts = parts[1].split(separator: ",", omittingEmptySubsequences: false)
        let users = texts.compactMap { UserID($0) }
        guard users.count == texts.count else { return nil }
        self.users = users
    }

    var payload: String {
        "\(transaction):\(users.map { $0.map(\.string).joined(separator: ",") } ?? "*")"
    }
}
