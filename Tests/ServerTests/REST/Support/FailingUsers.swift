import Channels
import Friends

/// A store of users that fails, or never answers.
struct FailingUsers: UserStore {
    enum Way { case failing, hanging }

    let way: Way

    private func fail() async -> StoreError {
        if way == .hanging {
            // As a database would that is stuck: not even a cancellation gets it back.
            await Task { try? await Task.sleep(for: .seconds(3_600)) }.value
        }
        return StoreError(.unavailable, "tests")
    }

    func ensure(_ id: UserID) async throws(StoreError) -> User { throw await fail() }
    func put(_ profile: Profile) async throws(StoreError) -> Bool { throw await fail() }
    func put(_ profiles: [Profile]) async throws(StoreError) -> Int { throw await fail() }
    func user(_ id: UserID) async throws(StoreError) -> User? { throw await fail() }
    func user(number: Int64) async throws(StoreError) -> User? { throw await fail() }
    func users(_ ids: [UserID]) async throws(StoreError) -> [User] { throw await fail() }
    func setSharing(_ sharing: Bool, of id: UserID) async throws(StoreError) -> UInt32 { throw await fail() }
    func raiseEpoch(of id: UserID, above floor: UInt32) async throws(StoreError) -> UInt32 { throw await fail() }
    func erase(_ id: UserID) async throws(StoreError) -> UInt32? { throw await fail() }
    func account(of id: UserID) async throws(StoreError) -> Account { throw await fail() }
    func export(_ id: UserID) async throws(StoreError) -> UserExport { throw await fail() }
}
