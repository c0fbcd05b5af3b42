import Channels
import Friends

/// Somebody whom a client named by id or by pseudonym.
struct NamedUser: Sendable {
    enum Known: Sendable {
        case id(UserID)
        /// The durable number that a pseudonym stood for.
        case number(Int64)
        case nobody
    }

    let naming: Naming
    let known: Known

    /// The user; `nil` for a pseudonym of nobody.
    func user(in stores: Stores) async throws(StoreError) -> UserID? {
        switch known {
        case .id(let id): id
        case .number(let number): try await stores.users.user(number: number)?.id
        case .nobody: nil
        }
    }
}
