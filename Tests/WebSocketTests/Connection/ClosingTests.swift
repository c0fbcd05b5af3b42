import NIOCore
import NIOEmbedded
import Testing

@testable import WebSocket

@Suite struct ClosingTests {
    @Test(arguments: [1000, 1001, 3000, 4999] as [UInt16])
    func thePeersCodeIsEchoed(code: UInt16) throws {
        let wire = try Wire()
        try wire.receive(.close(code, "bye"), .text("late"))
        #expect(try wire.heard() == [.close(code)])
        #expect(wire.calls == [.opened, .closed(code, wasClean: true)])
        #expect(!wire.channel.isActive)
        #expect(wire.loop.connectionCount == 0)
    }

    @Test func aCloseFrameWithoutACodeIsEchoedWithoutOne() throws {
        let wire = try Wire()
        try wire.receive(RawFrame(opcode: 8))
        #expect(try wire.heard() == [.close(1005)])
        #expect(wire.calls.last == .closed(1005, wasClean: true))
    }

    @Test func anEndWithoutACloseFrameIsAbnormal() throws {
        let wire = try Wire()
        try wire.channel.close().wait()
        #expect(wire.calls == [.opened, .closed(1006, wasClean: false)])
        #expect(wire.connection.delegate == nil)
    }

    @Test func ourCloseWaitsForThePeersAndHearsNothingElse() throws {
        let wire = try Wire()
        wire.connection.close(code: .tokenExpired, reason: "the token expired")
        wire.send("ignored")
        wire.connection.close(code: .normal)
        try wire.receive(.text("ignored"), .ping("ignored"))
        #expect(!wire.connection.isOpen)
        #expect(wire.calls == [.opened])
        #expect(try wire.heard() == [.close(4001)])
        try wire.receive(.close(4001))
        #expect(wire.calls == [.opened, .closed(4001, wasClean: true)])
        #expect(!wire.channel.isActive)
    }

    @Test func ourCloseDoesNotWaitForEver() throws {
        let wire = try Wire()
        wire.connection.close(code: .badToken)
        wire.pass(.milliseconds(2_900))
        #expect(wire.channel.isActive)
        wire.pass(.milliseconds(1_200))
        #expect(wire.calls == [.opened, .closed(4501, wasClean: false)])
        #expect(!wire.channel.isActive)
    }

    @Test func whenThePeerLeavesAfterOurCloseTheCodeIsOurs() throws {
        let wire = try Wire()
        wire.connection.close(code: .restart)
        try wire.channel.close().wait()
        #expect(wire.calls == [.opened, .closed(1012, wasClean: false)])
    }

    @Test func closingWithinACallbackStopsDelivery() throws {
        let wire = try Wire()
        wire.recorder.onText = { _ in wire.connection.close(code: .policyViolation) }
        try wire.receive(.text("one"), .text("two"), .ping(), .close(1008))
        #expect(wire.calls == [.opened, .text("one"), .closed(1008, wasClean: true)])
        #expect(try wire.heard() == [.close(1008)])
    }

    @Test func closingInOpened() throws {
        let wire = try Wire { connection in connection.close(code: .overloaded) }
        #expect(try wire.heard() == [.close(1013)])
    }

    @Test func aViolationIsAnsweredAndNothingFollows() throws {
        let wire = try Wire()
        try wire.receive(.text("fine"), .text("not masked").unmasked, .text("late"))
        #expect(wire.calls == [.opened, .text("fine"), .closed(1002, wasClean: false)])
        #expect(try wire.heard() == [.close(1002)])
        try wire.receive(.text("later"))
        #expect(wire.calls.count == 3)
        wire.pass(.seconds(4))
        #expect(!wire.channel.isActive)
    }

    @Test(
        arguments: [
            (RawFrame(opcode: 1, payload: [0xFF]), 1007), (RawFrame(opcode: 1, announced: 16 * 1024 + 1), 1009),
            (RawFrame(opcode: 1, announced: .max), 1002), (RawFrame(opcode: 3), 1002), (.close(1005), 1002),
        ] as [(RawFrame, UInt16)])
    func everyViolationHasItsCode(frame: RawFrame, code: UInt16) throws {
        let wire = try Wire()
        try wire.receive(frame)
        #expect(try wire.heard() == [.close(code)])
        #expect(wire.calls.last == .closed(code, wasClean: false))
    }

    @Test func aViolationAfterOurCloseIsNotAnswered() throws {
        let wire = try Wire()
        wire.connection.close(code: .normal)
        try wire.receive(.text("x").unmasked)
        #expect(try wire.heard() == [.close(1000)])
        #expect(wire.calls.last == .closed(1000, wasClean: false))
    }

    @Test func aClientWaitsForTheServerToEndTheStream() throws {
        let wire = try Wire(role: .client, limits: .client)
        try wire.receive(.close(1012))
        #expect(wire.calls.last == .closed(1012, wasClean: true))
        wire.pass(.seconds(4))
        #expect(!wire.channel.isActive)
    }

    @Test func quiescingClosesWhatIsNotClosingYet() throws {
        let wire = try Wire()
        wire.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(try wire.heard() == [.close(1001)])
        let draining = try Wire()
        draining.connection.close(code: .restart)
        draining.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(try draining.heard() == [.close(1012)])
    }

    @Test func halfClosureIsAnEnd() throws {
        let wire = try Wire()
        wire.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(wire.calls == [.opened, .closed(1006, wasClean: false)])
        #expect(!wire.channel.isActive)
    }

    @Test func aCloseFrameWaitsBehindAnOutstandingFrame() throws {
        let wire = try Wire()
        wire.dam.shut()
        wire.send("stuck")
        try wire.receive(.close(1000))
        #expect(wire.calls.last == .closed(1000, wasClean: true))
        wire.dam.open()
        #expect(try wire.heard() == [.text("stuck"), .close(1000)])
        #expect(!wire.calls.contains(.writable))
    }
}
