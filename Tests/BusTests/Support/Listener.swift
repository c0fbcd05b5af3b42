import ChannelBus
import Channels
import Synchronization

/// A bus' owner that remembers what it was told.
final class Listener: BusDelegate {
    struct Memory: Sendable {
        /// The newest timestamp and the number of states of each tag.
        var newest: [UInt32: UserState] = [:]
        var stateCount = 0
        /// Every timestamp of every tag, in order, if asked for.
        var timestamps: [UInt32: [Int64]] = [:]
        var records: [BusRecord] = []
        var restored: [BusInterest] = []
        var servers: [BusServer] = []
    }

    private let memory = Mutex(Memory())
    private let keepsTimestamps: Bool

    init(keepsTimestamps: Bool = false) {
        self.keepsTimestamps = keepsTimestamps
    }

    var now: Memory { memory.withLock { $0 } }

    func busReceived(_ batch: borrowing BusBatch) {
        memory.withLock { memory in
            memory.stateCount += batch.states.count
            for state in batch.states {
                memory.newest[state.tag] = state.state
                if keepsTimestamps { memory.timestamps[state.tag, default: []].append(state.state.timestamp) }
            }
            memory.records += batch.records
        }
    }

    func busRestored(_ interests: [BusInterest]) { memory.withLock { $0.restored += interests } }

    func busServerChanged(_ server: BusServer) { memory.withLock { $0.servers.append(server) } }
}
