import Testing

@testable import ChannelBus

/// A table, the servers that it talks to, and what an owner would have in mind.
struct SubscriptionWorld {
    private static let users = 30
    private static let serverCount = 4

    private var random: SeededRandom
    private var table = SubscriptionTable()
    private var servers = [SimulatedRedis](repeating: SimulatedRedis(), count: serverCount)
    private var failed: Set<Int> = []
    /// The servers of every ring that counts, the current one first; a channel is on one of each.
    private var rings: [[Int]] = [[0, 1]]
    private var wanted: Set<BusChannel> = []
    /// Channels of which something may have been missed since they were restored last.
    private var lost: Set<BusChannel> = []
    private var waiters: [(waiter: Waiter, answer: Answer)] = []

    private final class Answer {
        var readiness: BusReadiness?
    }

    init(seed: UInt64) { random = SeededRandom(seed) }

    private func homes(_ channel: BusChannel) -> [Int] {
        let number = channel.length * 7 + Int(String("\(channel)".suffix(1)))!
        var homes: [Int] = []
        for ring in rings {
            let server = ring[number % ring.count]
            if !homes.contains(server) { homes.append(server) }
        }
        return homes
    }

    // MARK: Steps

    mutating func step() {
        let server = random.below(Self.serverCount)
        let interest = BusInterest.number(random.below(Self.users))
        switch random.below(24) {
        case 0...4: subscribe(interest)
        case 5...7: unsubscribe(interest.channel)
        case 8...12: servers[server].work()
        case 13...16: answer(server)
        case 17: if !servers[server].isUp { connect(server) }
        case 18: lose(server)
        case 19: changeRing()
        case 20: wait()
        default: send(server, paced: random.below(8))
        }
        collect()
    }

    private mutating func subscribe(_ interest: BusInterest) {
        wanted.insert(interest.channel)
        table.subscribe(interest, homes: homes(interest.channel))
    }

    private mutating func unsubscribe(_ channel: BusChannel) {
        wanted.remove(channel)
        lost.remove(channel)
        table.unsubscribe(channel)
    }

    private mutating func send(_ server: Int, paced: Int) {
        let commands = table.takeCommands(for: server, paced: paced).commands
        if servers[server].isUp {
            servers[server].send(commands)
        } else {
            #expect(commands.subscribe.isEmpty && commands.unsubscribe.isEmpty)
        }
    }

    private mutating func answer(_ server: Int) {
        guard let channel = servers[server].answer() else { return }
        channel.withName { table.acknowledge($0, server: server) }
    }

    private mutating func connect(_ server: Int) {
        servers[server].connect()
        failed.remove(server)
        table.serverUp(server)
    }

    private mutating func lose(_ server: Int) {
        guard servers[server].isUp || !failed.contains(server) else { return }
        // Whoever was heard there may have missed something.
        for channel in servers[server].subscribed where wanted.contains(channel) && homes(channel).contains(server) {
            lost.insert(channel)
        }
        servers[server].lose()
        failed.insert(server)
        table.serverDown(server)
    }

    private mutating func changeRing() {
        if rings.count > 1, random.below(2) == 0 {
            rings.removeLast()
        } else {
            let ring = (0..<Self.serverCount).filter { _ in random.below(2) == 0 }
            rings.insert(ring.isEmpty ? [0] : ring, at: 0)
            rings = Array(rings.prefix(RingHistory.maximumRings))
        }
        moveAll()
    }

    private mutating func moveAll() {
        for slot in 0..<table.slotCount {
            let homes = homes
            table.moveSlot(slot) { homes($0) }
        }
    }

    private mutating func wait() {
        let answer = Answer()
        let channels = wanted.filter { _ in random.below(3) == 0 }
        let waiter = Waiter(Array(channels)) { answer.readiness = $0 }
        waiters.append((waiter, answer))
        table.wait(waiter)
    }

    /// What a bus does after everything.
    private mutating func collect() {
        for waiter in table.takeFinished() where !waiter.isFinished {
            let missing = table.missing(of: waiter)
            waiter.finish(missing: missing)
            #expect(waiter.channels.allSatisfy { missing.contains($0) || table.isReady($0) })
        }
        for interest in table.takeRestored() {
            #expect(wanted.contains(interest.channel) && table.isReady(interest.channel))
            lost.remove(interest.channel)
        }
    }

    // MARK: What must hold

    /// Who is told to be ready is heard at the current ring's server.
    func holds() -> Bool {
        table.count == wanted.count
            && wanted.allSatisfy { channel in
                let owner = servers[homes(channel)[0]]
                return !table.isReady(channel)
                    || owner.isUp && owner.subscribed.contains(channel) && !lost.contains(channel)
            }
    }

    /// Everything comes up, the last overlap ends, and all answers arrive.
    mutating func heal() {
        for server in servers.indices where !servers[server].isUp { connect(server) }
        for round in 0..<2 {
            if round == 1 {
                rings = [rings[0]]
                moveAll()
            }
            for _ in 0..<120 {
                for server in servers.indices {
                    send(server, paced: 50)
                    servers[server].work()
                    servers[server].work()
                    answer(server)
                    answer(server)
                }
                collect()
                #expect(holds())
            }
        }
    }

    func checkHealed() {
        for (number, server) in servers.enumerated() {
            #expect(server.isQuiet)
            #expect(server.subscribed == wanted.filter { homes($0) == [number] })
        }
        #expect(wanted.allSatisfy { table.isReady($0) })
        #expect(lost.isEmpty)
        #expect(waiters.allSatisfy { $0.answer.readiness != nil })
        #expect(table.queues.values.reduce(0) { $0 + $1.homes } == wanted.count)
    }
}
