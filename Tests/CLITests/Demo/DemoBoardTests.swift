import Foundation
import Geo
import Testing
import WebSocket

@testable import CLI
@testable import NearbyClient

@Suite struct DemoBoardTests {
    private static let start: Int64 = 1_700_000_000_000
    private static let zone = TimeZone(secondsFromGMT: 0)!

    /// A board, and the client whose changes it is told. You are at the origin of the city.
    private struct Fed {
        var board: DemoBoard
        private var machine = ClientMachine { 0.5 }

        init(tellsMotion: Bool) {
            board = DemoBoard(zone: DemoBoardTests.zone, tellsMotion: tellsMotion)
            board.moved(near: "5th Av & 14th St")
            machine.move(Self.at(0), Fix(position: DemoCity.coordinate(x: 0, y: 0), timestamp: 0))
            machine.start(Self.at(0))
            machine.tokenGot(Self.at(0), "token")
            machine.opened(Self.at(0))
        }

        static func at(_ second: Int64) -> Moment {
            Moment(uptime: second * 1_000, wall: DemoBoardTests.start + second * 1_000)
        }

        mutating func tell(second: Int64, _ happen: (inout ClientMachine, Moment) -> Void) {
            happen(&machine, Self.at(second))
            board.apply(machine.takeNews().change(machine.snapshot), at: Self.at(second).wall)
        }

        mutating func takeLines() -> [String] { board.takeLines() }
        func table() -> [String] { board.table() }
    }

    private func board(tellsMotion: Bool = true) -> Fed { Fed(tellsMotion: tellsMotion) }

    private func apply(_ json: String, to fed: inout Fed, second: Int64) throws {
        var text = json
        let message = try text.withUTF8 { try ServerMessage(json: UnsafeRawBufferPointer($0)) }
        fed.tell(second: second) { machine, now in machine.received(now, message) }
    }

    /// A friend so many metres up the avenue.
    private func friend(_ id: String, _ name: String? = nil, up metres: Double, second: Int64) -> String {
        let place = DemoCity.coordinate(x: 0, y: metres)
        let profile = name.map { #""name":"\#($0)","avatar_url":null,"# } ?? ""
        return #"{"id":"\#(id)",\#(profile)"lat":\#(place.latitude),"lon":\#(place.longitude),"#
            + #""ts":\#(Self.start + second * 1_000),"distance_m":\#(metres)}"#
    }

    private func welcome(_ friends: [String], strangers: String = #"{"on":false}"#) -> String {
        #"{"type":"welcome","user":"you","session":"s","protocol":1,"sharing":true,"radius_m":1500,"#
            + #""stale_after_s":600,"update_every_s":30,"friends":{"total":\#(friends.count),"items":["#
            + friends.joined(separator: ",") + #"],"next":null},"strangers":\#(strangers)}"#
    }

    private func updates(_ friends: [String], gone: String = "[]") -> String {
        #"{"type":"updates","friends":[\#(friends.joined(separator: ","))],"friends_gone":\#(gone)}"#
    }

    @Test func comingMovingLeaving() throws {
        var board = board()
        try apply(welcome([friend("ada", "Ada Byron", up: 1_200, second: 0)]), to: &board, second: 0)
        #expect(board.takeLines() == ["22:13:20  Ada Byron          1.2 km NE"])
        try apply(updates([friend("ada", up: 1_186, second: 10)]), to: &board, second: 10)
        #expect(board.takeLines() == ["22:13:30  Ada Byron          1.2 km NE, walking towards you"])
        try apply(updates([], gone: #"[{"id":"ada","reason":"out_of_range"}]"#), to: &board, second: 20)
        #expect(board.takeLines() == ["22:13:40  Ada Byron          left (out of range)"])
        // Who is unknown cannot leave.
        try apply(updates([], gone: #"[{"id":"ada","reason":"inactive"}]"#), to: &board, second: 21)
        #expect(board.takeLines().isEmpty)
        // Profiles are told once a session.
        try apply(updates([friend("ada", up: 1_100, second: 30)]), to: &board, second: 30)
        #expect(board.takeLines() == ["22:13:50  Ada Byron          1.1 km NE"])
    }

    @Test func onlyNewsIsTold() throws {
        var board = board()
        try apply(welcome([friend("ada", "Ada", up: 1_000, second: 0)]), to: &board, second: 0)
        try apply(updates([friend("ada", up: 995, second: 3)]), to: &board, second: 3)
        #expect(board.takeLines().count == 2)
        // Turns round, but too soon to be told; then the same way on, which is no news.
        try apply(updates([friend("ada", up: 1_000, second: 6)]), to: &board, second: 6)
        #expect(board.takeLines().isEmpty)
        try apply(updates([friend("ada", up: 1_005, second: 9)]), to: &board, second: 9)
        #expect(board.takeLines().count == 1)
        try apply(updates([friend("ada", up: 1_030, second: 20)]), to: &board, second: 20)
        #expect(board.takeLines().isEmpty)
        // A change of the distance is.
        try apply(updates([friend("ada", up: 1_200, second: 100)]), to: &board, second: 100)
        #expect(board.takeLines().count == 1)
    }

    @Test func theTableIsNearestFirst() throws {
        var board = board(tellsMotion: false)
        let strangers =
            #"{"on":true,"radius_m":2000,"precision":6,"cell":"dr5ru6","cells":["dr5ru6"],"expires_at":1,"#
            + #""too_few":false,"items":[{"sid":"x","cell":"dr5ru6","lat":40.7,"lon":-73.9,"ts":0,"distance_m":1}]}"#
        try apply(
            welcome(
                [friend("bob", "Bob", up: 900, second: 0), friend("ada", "Ada", up: 100, second: 0)],
                strangers: strangers), to: &board, second: 0)
        try apply(updates([friend("ada", up: 90, second: 10)]), to: &board, second: 10)
        #expect(
            board.table() == [
                "", "You are near 5th Av & 14th St; 2 friends within 1.5 km",
                "  Ada                90 m NE    walking towards you", "  Bob                900 m NE   ",
                "Strangers, by cell: 1 in dr5ru6",
            ])
        #expect(
            board.board.summary(at: Self.start)
                == "22:13:20  You are near 5th Av & 14th St; 2 friends within 1.5 km; strangers: 1 in dr5ru6")
        // What moves is in the table, not in lines.
        #expect(board.takeLines().count == 2)
    }

    @Test func theTableEnds() throws {
        for (count, more) in [(DemoBoard.maximumRows, false), (DemoBoard.maximumRows + 1, true)] {
            var board = board()
            #expect(board.table().isEmpty)
            let friends = (0..<count).map { friend("f\($0)", "F\($0)", up: Double($0 * 10 + 10), second: 0) }
            try apply(welcome(friends), to: &board, second: 0)
            #expect(board.table().contains("  and 1 more") == more)
            #expect(board.table().allSatisfy { $0.count < 80 })
        }
    }

    @Test func linesThatNobodyTakesAreBounded() throws {
        var board = board()
        try apply(welcome([]), to: &board, second: 0)
        for number in 0...DemoBoard.maximumLines {
            try apply(updates([friend("f\(number)", "F\(number)", up: 100, second: 0)]), to: &board, second: 0)
        }
        let lines = board.takeLines()
        #expect(lines.count == DemoBoard.maximumLines)
        #expect(lines.first?.contains("F1 ") == true)
        #expect(lines.last?.contains("F\(DemoBoard.maximumLines) ") == true)
    }

    @Test func refusalsAndTheEndOfTheConnectionAreTold() throws {
        var board = board()
        try apply(welcome([friend("ada", "Ada", up: 100, second: 0)]), to: &board, second: 0)
        try apply(#"{"type":"error","code":"bad_message","message":"no"}"#, to: &board, second: 0)
        _ = board.table()
        board.tell(second: 1) { machine, now in machine.closed(now, .restart) }
        board.tell(second: 2) { machine, now in machine.tick(now) }
        board.tell(second: 2) { machine, now in machine.closed(now, .abnormal) }
        #expect(
            board.takeLines() == [
                "22:13:20  Ada                100 m NE", "22:13:20  the server         refused a message: bad_message",
                "22:13:21  the server         is away: restart",
            ])
        // Who was there is still shown.
        #expect(board.table().count == 4)
    }

    @Test func aTableIsDrawnOverTheLastOne() {
        var screen = DemoScreen(isTerminal: true)
        #expect(screen.text(lines: ["a"], table: ["t", "u"]) == "a\nt\nu\n")
        #expect(screen.text(lines: ["b"], table: ["v"]) == "\u{1B}[2A\r\u{1B}[Jb\nv\n")
        #expect(screen.text(lines: [], table: []) == "\u{1B}[1A\r\u{1B}[J")
        #expect(screen.text(lines: ["c"], table: []) == "c\n")
    }
}
