import NIOCore
import NIOEmbedded
import Testing

@testable import WebSocket

@Suite struct WebSocketConnectionTests {
    @Test func opensOnceAndDeliversMessages() throws {
        let wire = try Wire()
        try wire.receive(.text("hello"), .binary([1, 2]), .text("").unfinished, .continuation("x", isFinal: true))
        #expect(wire.calls == [.opened, .text("hello"), .binary([1, 2]), .text("x")])
        #expect(wire.connection.isOpen)
        #expect(wire.loop.connectionCount == 1)
    }

    @Test(arguments: [WebSocketRole.server, .client])
    func sendsFramesOfItsRole(role: WebSocketRole) throws {
        let wire = try Wire(role: role)
        wire.send("hello")
        wire.send("")
        wire.frame.reset()
        wire.frame.append(byte: 0xFF)
        wire.connection.send(binary: wire.frame)
        #expect(try wire.heard() == [.text("hello"), .text(""), .binary([0xFF])])
    }

    @Test func sendingIsPossibleFromOpenedOn() throws {
        let wire = try Wire()
        wire.recorder.onText = { text in wire.send("re: \(text)") }
        try wire.receive(.text("a"), .text("b"))
        #expect(try wire.heard() == [.text("re: a"), .text("re: b")])
    }

    // MARK: Ping and pong

    @Test func answersEveryPingWithItsPayload() throws {
        let wire = try Wire()
        try wire.receive(.ping("one"), .ping(), .ping("two"))
        #expect(try wire.heard() == [.pong("one"), .pong(""), .pong("two")])
    }

    @Test func answersOnlyTheNewestPingThatCameWhileBlocked() throws {
        let wire = try Wire()
        wire.dam.shut()
        wire.send("stuck")
        try wire.receive(.ping("one"), .ping("two"), .ping("three"))
        wire.dam.open()
        #expect(try wire.heard() == [.text("stuck"), .pong("three")])
    }

    @Test func unaskedPongsAreIgnored() throws {
        let wire = try Wire()
        try wire.receive(.pong("x"))
        #expect(wire.calls == [.opened, .pong])
        #expect(try wire.heard().isEmpty)
    }

    @Test func tenControlFramesASecondPassAndOneMoreDoesNot() throws {
        let wire = try Wire()
        for _ in 0..<5 { try wire.receive(.ping(), .pong()) }
        #expect(wire.connection.isOpen)
        wire.pass(.seconds(1))
        for _ in 0..<10 { try wire.receive(.ping()) }
        #expect(wire.connection.isOpen)
        try wire.receive(.pong())
        #expect(wire.calls.last == .closed(1008, wasClean: false))
        #expect(try wire.heard().last == .close(1008))
    }

    // MARK: Being blocked

    @Test func isBlockedUntilTheOutstandingFrameHasLeft() throws {
        let wire = try Wire()
        wire.send("free")
        #expect(!wire.connection.isBlocked)
        wire.dam.shut()
        wire.send("stuck")
        #expect(wire.connection.isBlocked)
        wire.send("queued")
        wire.recorder.onWritable = { wire.send("newest") }
        wire.dam.open()
        #expect(!wire.connection.isBlocked)
        #expect(wire.calls == [.opened, .writable])
        #expect(try wire.heard() == [.text("free"), .text("stuck"), .text("queued"), .text("newest")])
    }

    @Test func theQueueBehindAnOutstandingFrameIsBounded() throws {
        var limits = WebSocketLimits.server
        limits.queuedBytes = 1000
        for (size, isOpen) in [(1000 - 2 - 500, true), (1000 - 2 - 500 + 1, false)] {
            let wire = try Wire(limits: limits)
            wire.dam.shut()
            wire.send(String(repeating: "a", count: 496))
            wire.send(String(repeating: "b", count: size - 2))
            #expect(wire.connection.isOpen == isOpen)
            #expect(wire.calls == [.opened])
            wire.settle()
            #expect(wire.calls.last == (isOpen ? .opened : .closed(1013, wasClean: false)))
        }
    }

    @Test func oneFrameMayBeOfAnySize() throws {
        let wire = try Wire()
        let text = String(repeating: "a", count: 1_000_000)
        wire.dam.shut()
        wire.send(text)
        wire.dam.open()
        #expect(try wire.heard() == [.text(text)])
    }

    @Test func aPeerThatIsNotWritableForTenSecondsIsGivenUp() throws {
        let wire = try Wire()
        wire.dam.shut()
        wire.send("stuck")
        wire.pass(.milliseconds(9_900))
        #expect(wire.connection.isOpen)
        wire.pass(.seconds(1))
        #expect(wire.calls.last == .closed(1013, wasClean: false))
        wire.pass(.seconds(4))
        #expect(!wire.channel.isActive)
    }

    @Test func progressStartsTheTimeAnew() throws {
        let wire = try Wire()
        for _ in 0..<3 {
            wire.dam.shut()
            wire.send("stuck")
            wire.pass(.milliseconds(9_000))
            wire.dam.open()
        }
        #expect(wire.connection.isOpen)
    }

    // MARK: Time

    @Test func pingsEveryTwentyFiveSecondsAndGivesUpTenSecondsLater() throws {
        let wire = try Wire()
        wire.pass(.milliseconds(24_900))
        #expect(try wire.heard().isEmpty)
        wire.pass(.milliseconds(200))
        #expect(try wire.heard() == [.ping("")])
        wire.pass(.milliseconds(9_800))
        #expect(wire.connection.isOpen)
        wire.pass(.milliseconds(200))
        #expect(wire.calls.last == .closed(4003, wasClean: false))
        #expect(try wire.heard() == [.close(4003)])
        #expect(wire.loop.connectionCount == 0)
    }

    @Test(arguments: [RawFrame.pong(), .text("x"), .ping()])
    func anythingHeardCountsAsAnAnswer(frame: RawFrame) throws {
        let wire = try Wire()
        for _ in 0..<4 {
            wire.pass(.seconds(26))
            try wire.receive(frame)
        }
        #expect(wire.connection.isOpen)
    }

    @Test func aMessageHasToEndInTime() throws {
        let wire = try Wire()
        try wire.receive(.text("begun").unfinished)
        wire.pass(.milliseconds(9_900))
        try wire.receive(.continuation("more", isFinal: false))
        #expect(wire.connection.isOpen)
        wire.pass(.milliseconds(1_200))
        #expect(wire.calls.last == .closed(1008, wasClean: false))
    }

    @Test func everyMessageHasItsOwnTime() throws {
        let wire = try Wire()
        try wire.receive(.text("one").unfinished)
        for _ in 0..<5 {
            wire.pass(.seconds(6))
            try wire.receive(.continuation("end", isFinal: true), .text("next").unfinished)
        }
        #expect(wire.connection.isOpen)
    }
}
