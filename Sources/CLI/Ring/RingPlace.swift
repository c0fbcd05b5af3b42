import Rings

/// Where a list of servers is kept: etcd, or a server that has it from there.
protocol RingPlace: Sendable {
    /// The list as it is.
    func read() async throws -> RingStore.Stored

    /// Changes the list that there is, and no other.
    func change(_ edit: RingEdit) async throws -> (before: RingList?, after: RingList)

    /// Calls `body` with the list, and again whenever it is another one; returns only by throwing.
    func watch(_ body: @escaping @Sendable (RingNews) async throws -> Void) async throws
}

/// What happened to a list.
enum RingNews: Sendable {
    case list(RingStore.Stored)
    /// What etcd has is no list, or it does not answer.
    case trouble(String)
}
