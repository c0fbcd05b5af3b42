/// How a user named the person it blocks or reports.
public enum Naming: Hashable, Sendable {
    /// By user id, as friends are known.
    case user
    /// By a pseudonym, never empty, as strangers are known. Blocking one pseudonym twice is one block, but
    /// two pseudonyms stay two even if they stand for one person: else the list would tell that they do.
    case sid(String)

    var sid: String? {
        switch self {
        case .user: nil
        case .sid(let sid): sid
        }
    }
}
