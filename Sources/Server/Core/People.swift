import Channels
import Synchronization

/// The profiles of all users that a session of this process had to do with. Any thread.
///
/// Filled from the stores at `hello` and by every change of a profile; one entry a user, a few hundred bytes.
final class People: Sendable {
    private final class Stripe: Sendable {
        let people = Mutex<[UserIndex: Person]>([:])
    }

    private let stripes = (0..<64).map { _ in Stripe() }

    subscript(user: UserIndex) -> Person? {
        get { stripes[Int(user) % stripes.count].people.withLock { $0[user] } }
        set { stripes[Int(user) % stripes.count].people.withLock { $0[user] = newValue } }
    }

    func set(_ person: Person, for user: UserIndex) {
        stripes[Int(user) % stripes.count].people.withLock { $0[user] = person }
    }
}
