import Channels

/// The points that wait for the history, in batches, and what became of the others.
///
/// A batch that is being written stays here until that succeeded. Nothing is moved within: appending is
/// all that an event loop ever pays for.
struct HistoryBuffer {
    private(set) var counts = HistoryCounts()
    private let capacity: Int
    private let batchSize: Int
    /// Oldest first.
    private var batches: [[UserLocation]] = []
    /// Whether the first batch was handed out, so that nothing may be added to it.
    private var isFirstTaken = false
    /// Users whose points are not wanted now, and how many calls say so.
    private var barred: [UserID: Int] = [:]

    init(capacity: Int, batchSize: Int) {
        self.capacity = capacity
        self.batchSize = batchSize
    }

    /// What became of a point that was offered.
    enum Offer {
        case taken
        /// A batch is full now and should be written.
        case batchFull
        case withdrawn
        case dropped
    }

    mutating func offer(_ location: UserLocation) -> Offer {
        counts.offered += 1
        if !barred.isEmpty, barred[location.user] != nil {
            counts.withdrawn += 1
            return .withdrawn
        }
        // `waiting` counts this point already.
        guard counts.waiting <= capacity else {
            counts.dropped += 1
            return .dropped
        }
        append(location)
        return batches[batches.count - 1].count == batchSize ? .batchFull : .taken
    }

    private mutating func append(_ location: UserLocation) {
        let isOpen = batches.count > (isFirstTaken ? 1 : 0)
        if isOpen, batches[batches.count - 1].count < batchSize {
            batches[batches.count - 1].append(location)
        } else {
            batches.append([location])
        }
    }

    /// The oldest batch, which stays here; the same again until it was finished. `nil` if none waits.
    mutating func takeBatch() -> [UserLocation]? {
        guard let first = batches.first else { return nil }
        isFirstTaken = true
        return first
    }

    /// What became of the batch that was taken.
    enum Outcome {
        case written
        /// It stays, to be taken again.
        case failed
        /// It failed and will not be tried again.
        case refused
    }

    mutating func finishBatch(_ outcome: Outcome) {
        if outcome != .written { counts.failedBatches += 1 }
        guard outcome != .failed else { return }
        let points = batches.removeFirst().count
        isFirstTaken = false
        if outcome == .written { counts.written += points } else { counts.dropped += points }
    }

    /// Gives up all that waits.
    mutating func dropAll() {
        counts.dropped += counts.waiting
        batches.removeAll()
        isFirstTaken = false
    }

    /// Removes the user's points, and refuses more until ``readmit(_:)``.
    ///
    /// Only while no batch is being written. Its cost grows with what waits.
    mutating func bar(_ user: UserID) {
        barred[user, default: 0] += 1
        let before = batches.reduce(0) { $0 + $1.count }
        batches = batches.map { $0.filter { $0.user != user } }.filter { !$0.isEmpty }
        isFirstTaken = false
        counts.withdrawn += before - batches.reduce(0) { $0 + $1.count }
    }

    mutating func readmit(_ user: UserID) {
        let calls = barred[user, default: 1] - 1
        barred[user] = calls > 0 ? calls : nil
    }
}
