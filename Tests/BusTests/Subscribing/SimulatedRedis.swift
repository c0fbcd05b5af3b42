@testable import ChannelBus

/// One connection to a Redis server, as far as subscriptions go: it does what it is asked in order, some time later, and
/// its answers take their time as well.
struct SimulatedRedis {
    private(set) var isUp = false
    private(set) var subscribed: Set<BusChannel> = []
    private var commands: [(channel: BusChannel, isSubscribe: Bool)] = []
    private var answers: [BusChannel] = []

    var isQuiet: Bool { commands.isEmpty && answers.isEmpty }

    mutating func send(_ batch: SubscriptionTable.Commands) {
        commands += batch.subscribe.map { ($0, true) } + batch.unsubscribe.map { ($0, false) }
    }

    mutating func connect() { isUp = true }

    mutating func lose() { self = SimulatedRedis() }

    /// Does the next command.
    mutating func work() {
        guard !commands.isEmpty else { return }
        let (channel, isSubscribe) = commands.removeFirst()
        if isSubscribe { subscribed.insert(channel) } else { subscribed.remove(channel) }
        answers.append(channel)
    }

    /// The next answer arrives.
    mutating func answer() -> BusChannel? { answers.isEmpty ? nil : answers.removeFirst() }
}
