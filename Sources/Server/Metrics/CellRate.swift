import Channels
import Geo

/// How much is going on in a cell.
enum CellRate {
    /// The time that is looked back on, milliseconds.
    private static let window: Int64 = 60_000
    /// Users looked at between two pauses, so that a thread is not held for long.
    private static let piece: UInt32 = 16_384

    /// Users who sent a location from the cell within the window, a second; `nil` if they are fewer than strangers would
    /// be shown. Looks at every user that the process ever heard of; about 10 ms for 100,000.
    static func read(_ core: ServerCore, cell: Geohash) async -> Double? {
        let since = core.clock.monotonicMilliseconds() - window
        var count = 0
        var index: UInt32 = 1
        let end = UInt32(core.engine.users.count)
        while index <= end {
            for user in index...min(end, index + piece - 1) {
                guard let state = core.engine.users.state(of: user), state.flags.contains(.sharing),
                    state.heard >= since, cell.contains(state.coordinate)
                else { continue }
                count += 1
            }
            index += piece
            await Task.yield()
        }
        return count < core.settings.strangers.k ? nil : Double(count) / (Double(window) / 1_000)
    }
}
