/// What happens later in a simulation, in the order of time, after delays that a seed decides.
final class SimulatedTime {
    private struct Event {
        let time: Int64
        let process: Int?
        let action: () -> Void
    }

    /// Milliseconds.
    private(set) var now: Int64
    var random: SeededGenerator
    /// The next one last.
    private var events: [Event] = []

    init(now: Int64, seed: UInt64) {
        self.now = now
        random = SeededGenerator(seed: seed)
    }

    /// Does something after at most so many milliseconds.
    ///
    /// - Parameter process: whose doing it is: it does not happen if the process ends before.
    func later(_ longest: Int64, of process: Int? = nil, _ action: @escaping () -> Void) {
        at(now + 1 + Int64.random(in: 0..<longest, using: &random), of: process, action)
    }

    func at(_ time: Int64, of process: Int? = nil, _ action: @escaping () -> Void) {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].time <= time { high = middle } else { low = middle + 1 }
        }
        events.insert(Event(time: time, process: process, action: action), at: low)
    }

    func forget(_ process: Int) { events.removeAll { $0.process == process } }

    /// When the next thing happens.
    var next: Int64? { events.last?.time }

    func advance(to time: Int64) {
        while let event = events.last, event.time <= time {
            events.removeLast()
            now = max(now, event.time)
            event.action()
        }
        now = time
    }
}
