import Channels
import Foundation
import Geo
import NearbyClient
import Server
import Testing

@testable import CLI

/// Whole replays of ten people against a real server.
@Suite struct ReplayTests {
    private static let users = 10
    private static let fixesEach = 20

    private let directory: TemporaryDirectory
    private let tracks: String
    /// Everybody is a friend of the next two.
    private let friends: String

    init() throws {
        directory = try TemporaryDirectory()
        var walks = (0..<Self.users).map { DemoWalk(pace: .metro, seed: UInt64($0)) }
        var lines = "user,iso_time,lat,lon\n"
        for step in 0..<Self.fixesEach {
            for user in 0..<Self.users {
                let place = walks[user].coordinate
                let time = Date(timeIntervalSince1970: 1_240_000_000 + Double(step * 30)).formatted(.iso8601)
                lines += "u\(user),\(time),\(place.latitude),\(place.longitude)\n"
                walks[user].advance(seconds: 30)
            }
        }
        tracks = try directory.write(lines, to: "tracks.csv")
        let pairs = (0..<Self.users).map { "u\($0),u\(($0 + 1) % Self.users)\nu\($0),u\(($0 + 2) % Self.users)\n" }
        friends = try directory.write("user_a,user_b\n" + pairs.joined(), to: "friends.csv")
    }

    /// Replays against a server that knows the friendships of a file; brute force knows those of another one.
    private func replay(
        serverKnows known: String, of all: String? = nil, isQuiet: Bool = false
    ) async throws -> ReplaySummary {
        let tracks = try Tracks(path: tracks)
        let friendships = try Friendships(path: all ?? friends)
        return try await ReplayServer.withServer(friendships: known, for: isQuiet ? .quiet : .plain) { port, settings in
            let keys = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory).keys
            let issuer = TokenIssuer(secret: keys.jwtSecret)
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            return try await Replay(
                tracks: tracks, friendships: friendships, servers: [try #require(ServerURL("ws://127.0.0.1:\(port)"))],
                radius: settings.radius.metres, speed: nil, checkpoints: 3,
                isQuiet: isQuiet,
                token: { issuer.token(for: $0, expires: now + 3_600_000, issued: now) }
            ).run()
        }
    }

    @Test(.timeLimit(.minutes(3))) func everybodySeesWhatThereIsToSee() async throws {
        let summary = try await replay(serverKnows: friends)
        #expect(summary.isClean, "\(summary)")
        #expect(summary.users == Self.users)
        #expect(summary.sent == Self.users * (Self.fixesEach - 1))
        #expect(summary.deliveries > 0)
        // Midtown is smaller than five miles: all friendships, both ways, at each of three checkpoints.
        #expect(summary.differences?.compared == 3 * Self.users * 4)
        #expect("\(summary)".contains("missing 0, extra 0, wrong position 0"))
    }

    @Test(.timeLimit(.minutes(3))) func silentClientsShowTheSame() async throws {
        // Half of them have nobody, so they may be silent.
        let few = try directory.write("user_a,user_b\nu0,u1\nu1,u2\nu2,u3\nu3,u4\nu4,u0\n", to: "few.csv")
        let summary = try await replay(serverKnows: few, of: few, isQuiet: true)
        #expect(summary.isClean, "\(summary)")
        #expect(summary.quietFixes == Self.users * (Self.fixesEach - 1))
        #expect((1..<summary.quietFixes).contains(summary.sent))
        #expect(summary.quiet?.compared == 3 * 5 * 2)
        #expect("\(summary)".contains("missing 0, extra 0"))
        // A friendship that the server does not know is noticed here too.
        let fewer = try directory.write("user_a,user_b\nu0,u1\nu1,u2\nu2,u3\nu3,u4\n", to: "fewer-still.csv")
        let differences = try #require(try await replay(serverKnows: fewer, of: few, isQuiet: true).quiet)
        #expect(differences.missing == 2 * 3 && differences.extra == 0)
    }

    @Test(.timeLimit(.minutes(3))) func aFriendshipThatTheServerDoesNotKnowIsMissed() async throws {
        let text = try String(contentsOfFile: friends, encoding: .utf8).replacing("u3,u4\n", with: "")
        let fewer = try directory.write(text, to: "fewer.csv")
        let differences = try #require(try await replay(serverKnows: fewer).differences)
        #expect(!differences.isEmpty)
        #expect(differences.missing == 2 * 3)
        #expect(differences.extra == 0)
        #expect(differences.wrongPosition == 0)
    }

    @Test(.timeLimit(.minutes(3))) func aFriendshipThatOnlyTheServerKnowsIsTooMuch() async throws {
        let text = try String(contentsOfFile: friends, encoding: .utf8) + "u0,u5\n"
        let more = try directory.write(text, to: "more.csv")
        let differences = try #require(try await replay(serverKnows: more).differences)
        #expect(differences.extra == 2 * 3)
        #expect(differences.missing == 0)
    }

    // MARK: The command

    @Test(.timeLimit(.minutes(3))) func theCommand() async throws {
        let run = try await Command.run(
            ["replay", "--friends", friends, "--tracks", tracks, "--verify", "--checkpoints", "2"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("sessions    10\nupdates     190 in "))
        #expect(run.output.hasSuffix("missing 0, extra 0, wrong position 0\n"))
        let unchecked = try await Command.run(["replay", "--friends", friends, "--tracks", tracks])
        #expect(unchecked.status == 0)
        #expect(!unchecked.output.contains("missing"))
    }

    @Test(.timeLimit(.minutes(3))) func theCommandFailsOnADifference() async throws {
        let nobody = try directory.write("user_a,user_b\n", to: "nobody.csv")
        let arguments = ["replay", "--friends", friends, "--tracks", tracks, "--verify", "--checkpoints", "1"]
        try await ReplayServer.withServer(friendships: nobody) { port, settings in
            let run = try await Command.run(
                arguments + ["--url", "ws://127.0.0.1:\(port)", "--data", settings.dataDirectory])
            #expect(run.status == 1)
            #expect(run.output.hasSuffix("missing 40, extra 0, wrong position 0\n"), "\(run.output)\(run.errors)")
        }
    }

    @Test(arguments: [
        (["replay"], "--friends"), (["replay", "--friends", "f"], "--tracks"),
        (["replay", "--friends", "f", "--tracks", "t", "--speed", "0"], "--speed"),
        (["replay", "--friends", "f", "--tracks", "t", "--speed", "inf"], "--speed"),
        (["replay", "--friends", "f", "--tracks", "t", "--checkpoints", "0"], "--checkpoints"),
        (["replay", "--friends", "f", "--tracks", "t", "--checkpoints", "10001"], "--checkpoints"),
        (["replay", "--friends", "f", "--tracks", "t", "--url", "http://a"], "--url"),
    ])
    func wrongUsage(_ arguments: [String], _ named: String) throws {
        let run = try Command(arguments)
        #expect(run.status == 64)
        #expect(run.errors.split(separator: "\n").first?.contains(named) == true, "\(run.errors)")
    }
}
