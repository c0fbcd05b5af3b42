import Channels
import Geo
import NearbyClient

/// One user of a replay: its connection, what it sent and what it knows. On the driver's loop only.
final class ReplayClient {
    let id: UserID
    var connection: NearbyConnection?
    var view = NearbyView()
    var isWelcomed = false
    /// When it speaks, if it goes by the server's `quiet`.
    var pace = QuietPace()
    /// The `seq` of the barrier whose answer is awaited.
    var awaitedBarrier: Int64?
    /// The `ts` of the newest fix sent.
    private(set) var newestTimestamp: Int64 = 0
    /// When each fix since the last checkpoint was sent, by its `ts`.
    var sentAt: [Int64: ContinuousClock.Instant] = [:]

    init(id: UserID) { self.id = id }

    /// A `ts` for a fix that is sent now: the wall clock's, but later than every one before.
    func nextTimestamp(wall: Int64) -> Int64 {
        newestTimestamp = max(wall, newestTimestamp + 1)
        return newestTimestamp
    }
}
