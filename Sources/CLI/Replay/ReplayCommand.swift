import ArgumentParser
import Foundation
import Geo
import NearbyClient
import Server

/// `nearby replay`: real tracks through real sessions, and whether everybody saw what there was to see.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Drives one WebSocket session a user along recorded tracks.",
        discussion: """
            Without --url it starts a server of its own for the time of the replay, with the friendships loaded. \
            With --url the server must know the friendships (`nearby import`). Its keys and its radius are taken from \
            --data and the environment, as `nearby serve` takes them; where more locations are sent than its \
            messages.rate allows, it takes the newest.

            Times of the tracks are mapped to now: the first fix is sent at once, the others as far apart as they were, \
            divided by --speed. With --verify, the replay stops now and then, waits until the server has nothing more to \
            say, and compares what every user sees with brute force; it exits with 1 on any difference.

            With --quiet, the clients ask the server how long and how far they may stay silent, and leave out the fixes \
            within that, in the tracks' own time; the replay compares their lists with brute force over all fixes, \
            also those that were left out, and exits with 1 if somebody is missing or too much. It starts a server \
            of its own.
            """)

    @Option(help: ArgumentHelp("Friendships: a file with the columns user_a and user_b.", valueName: "file"))
    var friends: String
    @Option(
        help: ArgumentHelp("Tracks: a file with the columns user (or track), iso_time, lat and lon.", valueName: "file")
    )
    var tracks: String
    @Option(
        help: ArgumentHelp(
            "A running server, ws://host:port. May be given several times: the users are spread over them.",
            valueName: "url"))
    var url: [String] = []
    @Option(help: ArgumentHelp("How many times faster than recorded; max for as fast as it goes.", valueName: "factor"))
    var speed = "max"
    @Flag(help: "Compare with brute force at quiet checkpoints.")
    var verify = false
    @Flag(help: "Clients stay silent as far as the server lets them; says what that saves, and what it changes.")
    var quiet = false
    @Option(help: ArgumentHelp("How many checkpoints --verify and --quiet make.", valueName: "number"))
    var checkpoints = 20
    @Option(help: ArgumentHelp(settingHelp: .data, "directory")) var data: String?

    func validate() throws {
        _ = try parsedSpeed()
        guard !quiet || (url.isEmpty && speed == "max" && !verify) else {
            throw ValidationError("--quiet: compares by itself, as fast as it goes, on a server of its own")
        }
        guard url.allSatisfy({ ServerURL($0) != nil }) else {
            throw ValidationError("--url: must be like ws://127.0.0.1:8080")
        }
        guard (1...10_000).contains(checkpoints) else {
            throw ValidationError("--checkpoints: must be from 1 to 10000")
        }
    }

    /// What the replay's own server is for.
    private var purpose: ReplayServer.Purpose { quiet ? .quiet : .plain }

    /// `nil` means as fast as it goes.
    private func parsedSpeed() throws -> Double? {
        if speed == "max" { return nil }
        guard let factor = Double(speed), factor > 0, factor.isFinite else {
            throw ValidationError("--speed: must be a number above 0, or max")
        }
        return factor
    }

    func run() async throws {
        let tracks = try Tracks(path: tracks)
        let friendships = try Friendships(path: friends)
        let speed = try parsedSpeed()
        let summary: ReplaySummary
        if !url.isEmpty {
            let settings = try Settings.load(asUsage: data.map { [.data: $0] } ?? [:]).settings
            summary = try await replay(tracks, friendships, speed, on: url.compactMap { ServerURL($0) }, settings)
        } else {
            summary = try await ReplayServer.withServer(friendships: friends, for: purpose) { port, settings in
                let server = ServerURL("ws://127.0.0.1:\(port)")!
                return try await replay(tracks, friendships, speed, on: [server], settings)
            }
        }
        FileHandle.standardOutput.write(Data("\(summary)\n".utf8))
        if !summary.isClean { throw ExitCode.failure }
    }

    private func replay(
        _ tracks: Tracks, _ friendships: Friendships, _ speed: Double?, on servers: [ServerURL],
        _ settings: Settings
    ) async throws -> ReplaySummary {
        let keys = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory).keys
        let issuer = TokenIssuer(secret: keys.jwtSecret)
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        return try await Replay(
            tracks: tracks, friendships: friendships, servers: servers, radius: settings.radius.metres, speed: speed,
            checkpoints: verify || quiet ? checkpoints : nil, isQuiet: quiet,
            token: { issuer.token(for: $0, expires: now + Self.tokenMilliseconds, issued: now) }
        ).run()
    }

    /// Longer than any replay.
    private static let tokenMilliseconds: Int64 = 7 * 24 * 3_600 * 1_000
}
