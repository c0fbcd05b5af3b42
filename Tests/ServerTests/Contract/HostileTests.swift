import Geo
import NIOCore
import NearbyClient
import Testing
import WebSocket

@testable import Server

/// One client must not harm another, whatever it sends and however slowly it reads.
@Suite struct HostileTests {
    private static let seed: UInt64 = 0x6E65_6172_6279

    @Test func nonsenseHarmsNobodyElse() async throws {
        try await LiveServer.run { server in
            var pair = try await HealthyPair(server)
            var nonsense = Nonsense(seed: Self.seed, token: server.token("fuzz"), now: server.now)
            for _ in 1...40 {
                let peer = try await server.connect()
                if Bool.random(using: &nonsense.generator) { peer.say(server.hello("fuzz", ["strangers": true])) }
                for _ in 1...25 { peer.send(bytes: nonsense.frame()) }
                peer.vanish()
                try await pair.exchange()
            }
            for _ in 1...40 {
                let peer = try await Peer.dial(port: server.port)
                peer.send(bytes: nonsense.bytes(200))
                try await pair.exchange()
                peer.vanish()
            }
        }
    }

    @Test func whoeverDoesNotReadHoldsUpNobodyAndHasTheNewestInTheEnd() async throws {
        try await LiveServer.run { server in
            var pair = try await HealthyPair(server)
            let (senders, updates) = (20, 1_000)
            var peers: [Peer] = []
            for number in 0..<senders {
                try await server.befriend("slow", "sender\(number)")
                try await server.befriend("reader", "sender\(number)")
                peers.append(try await server.client("sender\(number)"))
            }
            let slow = try await Peer.connect(port: server.port, receiveBuffer: 4_096)
            slow.say(server.hello("slow"))
            #expect(try await slow.message("welcome")["friends"]["total"] == .number(Int64(senders)))
            try await slow.setReads(false)
            let reader = try await server.client("reader")

            let start = server.now
            for update in 1...updates {
                for peer in peers { peer.move(to: Place.home.north(Double(update)), ts: start + Int64(update)) }
                if update.isMultiple(of: 100) {
                    try await Self.newest(reader, senders: senders, ts: start + Int64(update))
                    try await pair.exchange()
                }
            }
            try await slow.setReads(true)
            let end = try await Self.catchUp(slow, senders: senders, ts: start + Int64(updates))
            // What a client does not read is dirty marks, not frames.
            #expect(end.frames < senders * updates / 2)
            #expect(end.isNewest || end.code == 1013)
            peers.append(reader)
        }
    }

    private static func newest(_ peer: Peer, senders: Int, ts: Int64) async throws {
        #expect(try await catchUp(peer, senders: senders, ts: ts).isNewest)
    }

    /// Reads until a peer has the newest position of all senders, or is closed.
    private static func catchUp(
        _ peer: Peer, senders: Int, ts: Int64
    ) async throws -> (isNewest: Bool, code: Int?, frames: Int) {
        var newest: Set<String> = []
        var frames = 0
        while newest.count < senders {
            let heard = try await peer.hear()
            guard case .text(let text) = heard else {
                guard case .closed(let code, _) = heard else { continue }
                return (false, code, frames)
            }
            frames += 1
            for friend in try JSON(text: text)["friends"].items where friend["ts"] == .number(ts) {
                newest.insert(friend["id"].string ?? "-")
            }
        }
        return (true, nil, frames)
    }
}

/// Two friends, with the clients of ``NearbyClient``, who hear of each other's every move.
private struct HealthyPair {
    private let sender: NearbyConnection
    private let receiver: NearbyConnection
    private var events: AsyncStream<NearbyEvent>.Iterator
    private var ts: Int64

    init(_ server: LiveServer) async throws {
        try await server.befriend("healthy.anna", "healthy.bob")
        let url = ServerURL("ws://127.0.0.1:\(server.port)")!
        let (stream, continuation) = AsyncStream.makeStream(of: NearbyEvent.self)
        sender = try await NearbyConnector().connect(to: url) { _ in }
        receiver = try await NearbyConnector().connect(to: url) { continuation.yield($0) }
        events = stream.makeAsyncIterator()
        ts = server.now - 10_000
        hello(receiver, server.token("healthy.bob"))
        try await hear { if case .welcome = $0 { true } else { false } }
        hello(sender, server.token("healthy.anna"))
        try await hear(of: ts)
    }

    private static let position = Coordinate(latitude: 1, longitude: 1)!

    private func hello(_ connection: NearbyConnection, _ token: String) {
        connection.send(.hello(.init(token: token, fix: Fix(position: Self.position, timestamp: ts))))
    }

    /// One moves, the other hears of it.
    mutating func exchange() async throws {
        ts += 1
        sender.send(.location(Fix(position: Self.position, timestamp: ts)))
        try await hear(of: ts)
    }

    private mutating func hear(of ts: Int64) async throws {
        try await hear { message in
            guard case .updates(let updates) = message else { return false }
            return updates.friends.contains { $0.fix.timestamp == ts }
        }
    }

    /// Takes messages until one is meant.
    private mutating func hear(until isMeant: (ServerMessage) -> Bool) async throws {
        let limit = receiver.eventLoop.scheduleTask(in: Peer.limit) { [receiver] in receiver.close(code: .abandoned) }
        defer { limit.cancel() }
        while let event = await events.next(isolation: nil) {
            switch event {
            case .message(let message, _, _): if isMeant(message) { return }
            case .unreadable: throw Unexpected("the server cannot be understood")
            case .closed(let code, _): throw Unexpected("the healthy client was closed with \(code.rawValue)")
            }
        }
    }
}

extension CloseCode {
    /// With this a client gives up that has waited too long.
    fileprivate static let abandoned = CloseCode(rawValue: 4_999)
}

/// Random frames and messages, valid ones with something changed among them.
private struct Nonsense {
    var generator: SeededGenerator
    private let valid: [String]

    init(seed: UInt64, token: String, now: Int64) {
        generator = SeededGenerator(seed: seed)
        valid = [
            #"{"type":"hello","token":"\#(token)","lat":40.75,"lon":-73.98,"ts":\#(now),"strangers":true}"#,
            #"{"type":"location","lat":40.75,"lon":-73.98,"ts":\#(now + 1),"accuracy_m":5,"seq":1}"#,
            #"{"type":"more","cursor":"page-1","seq":2}"#, #"{"type":"subscribe","friend":"healthy.anna"}"#,
            #"{"type":"unsubscribe","friend":"healthy.anna","seq":3}"#,
            #"{"type":"strangers","on":true,"radius_m":2000,"precision":5,"seq":4}"#,
            #"{"type":"settings","radius_m":500,"sharing":true,"seq":5}"#,
            #"{"type":"refresh","token":"\#(token)","seq":6}"#, #"{"type":"block","user":"nobody","seq":7}"#,
            #"{"type":"report","sid":"0123456789abcdef","reason":"spam","seq":8}"#,
        ]
    }

    private static let splinters = [
        "null", "-9223372036854775808", "9223372036854775807", "1e308", "-1e-320", "1e999", "\"", "{", "}", "[", "]",
        ",", ":", "\\u0000", "\\ud800", "true", "\"type\"", "\"hello\"", "\u{FFFD}", "0", "-0", "90", "-180",
        "\"lat\":90,", "\"ts\":-9223372036854775808,", "\"precision\":-9223372036854775808,", "\"on\":false",
    ]

    /// A frame, mostly a well-formed one.
    mutating func frame() -> [UInt8] {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return bytes(40)
        case 1: return Frame(kind: .text, payload: bytes(100)).bytes
        case 2: return Frame(kind: .ping, payload: bytes(30)).bytes
        case 3: return broken(Frame.text(valid.randomElement(using: &generator)!).bytes)
        case 4: return Frame.text(valid.randomElement(using: &generator)!).bytes
        default: return Frame(kind: .text, payload: mutated()).bytes
        }
    }

    mutating func bytes(_ most: Int) -> [UInt8] {
        let count = Int.random(in: 0...most, using: &generator)
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// A valid message with splinters where other characters were.
    private mutating func mutated() -> [UInt8] {
        var text = Array(valid.randomElement(using: &generator)!.utf8)
        for _ in 0...Int.random(in: 0...2, using: &generator) {
            let start = Int.random(in: 0...text.count, using: &generator)
            let end = min(text.count, start + Int.random(in: 0...12, using: &generator))
            text.replaceSubrange(start..<end, with: Self.splinters.randomElement(using: &generator)!.utf8)
        }
        return text
    }

    /// Bytes with one of them changed.
    private mutating func broken(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.indices.randomElement(using: &generator)!] = UInt8.random(in: .min ... .max, using: &generator)
        return bytes
    }
}
