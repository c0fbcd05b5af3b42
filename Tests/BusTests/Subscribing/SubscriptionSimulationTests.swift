import Testing

@testable import ChannelBus

/// Channels that come and go, servers that come and go, and rings that change, in any order; a simulated Redis that takes
/// its time; and after every step what must hold.
@Suite("Subscriptions, simulated")
struct SubscriptionSimulationTests {
    @Test("Leaves that race rejoins, losses and ring changes", arguments: 0..<60)
    func everything(seed: Int) {
        var world = SubscriptionWorld(seed: UInt64(seed))
        for _ in 0..<600 {
            world.step()
            guard world.holds() else {
                Issue.record("it does not hold")
                return
            }
        }
        world.heal()
        world.checkHealed()
    }

    @Test("A channel that is left and joined again before Redis answers ends subscribed, by the last answer")
    func rejoin() {
        var table = SubscriptionTable()
        let interest = BusInterest.number(1)
        table.serverUp(0)
        table.subscribe(interest, homes: [0])
        #expect(table.takeCommands(for: 0, paced: 0).commands.subscribe == [interest.channel])
        table.unsubscribe(interest.channel)
        #expect(table.takeCommands(for: 0, paced: 0).commands.unsubscribe == [interest.channel])
        table.subscribe(interest, homes: [0])
        #expect(table.takeCommands(for: 0, paced: 0).commands.subscribe == [interest.channel])
        for answer in 1...3 {
            #expect(!table.isReady(interest.channel))
            interest.channel.withName { table.acknowledge($0, server: 0) }
            #expect(table.isReady(interest.channel) == (answer == 3))
        }
    }

    @Test("A leave and a rejoin within one tick ask Redis for nothing")
    func withinATick() {
        var table = SubscriptionTable()
        table.serverUp(0)
        table.subscribe(.number(1), homes: [0])
        _ = table.takeCommands(for: 0, paced: 0)
        table.unsubscribe(BusInterest.number(1).channel)
        table.subscribe(.number(1), homes: [0])
        let commands = table.takeCommands(for: 0, paced: 0).commands
        #expect(commands.subscribe.isEmpty && commands.unsubscribe.isEmpty)
    }

    @Test("What a returning server is asked for is paced; somebody who comes is not")
    func paced() {
        var table = SubscriptionTable()
        for user in 0..<100 { table.subscribe(.number(user), homes: [0]) }
        table.serverUp(0)
        #expect(table.takeCommands(for: 0, paced: 30).commands.subscribe.count == 30)
        table.subscribe(.number(1_000), homes: [0])
        #expect(table.takeCommands(for: 0, paced: 0).commands.subscribe == [BusInterest.number(1_000).channel])
        #expect(table.takeCommands(for: 0, paced: 100).commands.subscribe.count == 70)
    }

    @Test("The former server is left only after the new one has acknowledged")
    func moving() {
        var table = SubscriptionTable()
        let channel = BusInterest.number(1).channel
        for server in [0, 1] { table.serverUp(server) }
        table.subscribe(.number(1), homes: [0])
        _ = table.takeCommands(for: 0, paced: 0)
        channel.withName { table.acknowledge($0, server: 0) }
        table.moveSlot(0) { _ in [1, 0] }
        #expect(!table.isReady(channel))
        #expect(table.takeCommands(for: 1, paced: 10).commands.subscribe == [channel])
        // The overlap ends before the new server answers.
        table.moveSlot(0) { _ in [1] }
        #expect(table.takeCommands(for: 0, paced: 10).commands.unsubscribe.isEmpty)
        channel.withName { table.acknowledge($0, server: 1) }
        #expect(table.isReady(channel))
        #expect(table.takeCommands(for: 0, paced: 10).commands.unsubscribe == [channel])
        channel.withName { table.acknowledge($0, server: 0) }
        #expect(table.queues[0]?.homes == 0)
        #expect(table.takeRestored().isEmpty)
    }
}
