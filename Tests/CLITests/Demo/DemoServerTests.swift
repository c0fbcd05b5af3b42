import Channels
import Foundation
import Friends
import Server
import Testing

@testable import CLI

/// The demo as a person starts it.
@Suite struct DemoServerTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test(.timeLimit(.minutes(3))) func peopleMoveAndCtrlCEndsIt() async throws {
        let demo = try RunningCommand(["serve", "--demo", "--port", "0"], environment: ["TMPDIR": directory.path])
        #expect(await demo.firstLine { $0.hasPrefix("listening on http://127.0.0.1:") } != nil)
        let data = try #require(await demo.firstLine { $0.hasPrefix("  data ") })
        #expect(data.contains(directory.path))
        #expect(try files() == [data.split(separator: "/").last?.split(separator: " ").first.map(String.init)])
        let line = #/\d\d:\d\d:\d\d  .+ (here|[\d.]+ k?m [NESW]+), (walking|cycling|riding|standing).*/#
        for _ in 0..<3 {
            #expect(await demo.firstLine { $0.wholeMatch(of: line) != nil } != nil)
        }
        #expect(await demo.firstLine { $0.contains("friends within 1.5 km; strangers: ") } != nil)
        #expect(await demo.interrupt() == 0)
        #expect(try files().isEmpty)
    }

    @Test(.timeLimit(.minutes(3))) func itsPeopleAreAddedToOnesOwn() async throws {
        let data = directory.path + "/data"
        let ann = try #require(UserID("ann"))
        try DataDirectory.make(data)
        try await Stores.sqlite(at: DataDirectory.database(in: data)).users.put(Profile(id: ann, name: "Ann"))
        let demo = try RunningCommand(["serve", "--demo", "--port", "0", "--data", data])
        #expect(await demo.firstLine { $0.hasPrefix("listening on") } != nil)
        #expect(await demo.interrupt() == 0)
        let stores = try Stores.sqlite(at: DataDirectory.database(in: data))
        #expect(try await stores.users.user(ann)?.name == "Ann")
        #expect(try await stores.friendships.friends(of: ann, limit: 1, after: nil).items.isEmpty)
        var number: Int64 = 1
        while let user = try await stores.users.user(number: number) {
            #expect(user.id == ann || user.id.string.hasPrefix(DemoPeople.idPrefix))
            number += 1
        }
        #expect(number - 2 == DemoPeople.count + 2)
        #expect(try files() == ["data"])
    }

    /// What is only configured is not for made-up people.
    @Test func configuredDataIsLeftAlone() async throws {
        let data = directory.path + "/real"
        let demo = try RunningCommand(
            ["serve", "--demo", "--port", "0"], environment: ["NEARBY_DATA": data, "TMPDIR": directory.path])
        #expect(await demo.firstLine { $0.hasPrefix("listening on") } != nil)
        #expect(!FileManager.default.fileExists(atPath: data))
        #expect(await demo.interrupt() == 0)
    }

    @Test func itsPeopleMayBeClientsOfOtherServersOrOfNone() async throws {
        let secret = "the secret that both servers have in common"
        let other = try RunningCommand(
            ["serve", "--demo", "--port", "0", "--data", directory.path + "/data"],
            environment: ["NEARBY_DEMO_SERVERS": "none", "NEARBY_JWT_SECRET": secret])
        let line = try #require(await other.firstLine { $0.hasPrefix("listening on http://") })
        let address = line.dropFirst("listening on http://".count)
        let demo = try RunningCommand(
            ["serve", "--demo", "--port", "0", "--data", directory.path + "/own"],
            environment: ["NEARBY_DEMO_SERVERS": "ws://\(address)", "NEARBY_JWT_SECRET": secret])
        #expect(await demo.firstLine { $0.contains("friends within 1.5 km; strangers: ") } != nil)
        // They come back to a server that is not theirs, so its end does not end them; only their own does.
        #expect(await other.interrupt() == 0)
        #expect(await demo.interrupt() == 0)
        let wrong = try Command(["serve", "--demo", "--port", "0"], environment: ["NEARBY_DEMO_SERVERS": "nowhere"])
        #expect(wrong.status == 64 && wrong.errors.contains("demo_servers: must be ws:// URLs"))
    }

    @Test func onlyThisMachineIsServed() throws {
        for host in ["0.0.0.0", "192.168.1.2", "::", "example.com", "127.0.0.1.example.com"] {
            let run = try Command(["serve", "--demo", "--host", host, "--port", "0"])
            #expect(run.status == 64)
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("--host: must be 127.0.0.1, ::1 or localhost with --demo"))
        }
        for host in ["127.0.0.1", "127.9.9.9", "::1", "localhost"] { #expect(DemoServer.isLoopback(host)) }
        for host in ["127.0.0", "127.0.0.256", "127.0.0.1.1", "127...1", "", "0.0.0.0", "128.0.0.1"] {
            #expect(!DemoServer.isLoopback(host))
        }
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path)
    }
}
