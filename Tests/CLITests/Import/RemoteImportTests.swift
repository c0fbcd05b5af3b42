import Channels
import Foundation
import Friends
import Server
import Synchronization
import Testing

@testable import CLI

/// An import through the REST of a real server.
@Suite struct RemoteImportTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Runs `body` with a server, its key and its stores.
    private func withServer(
        _ body:
            @escaping @Sendable (_ url: String, _ key: String, _ settings: Settings, _ stores: Stores) async throws ->
            Void
    ) async throws {
        let nobody = try directory.write("user_a,user_b\n", to: "nobody.csv")
        try await ReplayServer.withServer(friendships: nobody) { port, settings in
            let keys = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory).keys
            let stores = try Stores.sqlite(at: DataDirectory.database(in: settings.dataDirectory))
            try await body(
                "http://127.0.0.1:\(port)", String(decoding: keys.apiKey.bytes, as: UTF8.self), settings, stores)
        }
    }

    private func withImport(
        url: String, key: String, _ body: (RemoteImport) async throws -> Void
    ) async throws -> [String] {
        let reports = Reports()
        try await BackendAPI.run(
            url: try #require(BackendAPI.parse(url)), key: key, connections: RemoteImport.callsAtOnce
        ) { api in
            try await body(RemoteImport(api: api) { reports.append($0) })
        }
        return reports.lines
    }

    private func user(_ id: String, in stores: Stores) async throws -> User? {
        try await stores.users.user(try #require(UserID(id)))
    }

    private final class Reports: Sendable {
        private let texts = Mutex<[String]>([])
        var lines: [String] { texts.withLock { $0 } }
        func append(_ text: String) { texts.withLock { $0.append(text) } }
    }

    @Test func usersAndFriendships() async throws {
        let users = try directory.write(
            "id,name,avatar_url\nann,\"Ann, \"\"A\"\" Ünal\",https://a.example/1.png\nbob,,\n", to: "users.csv")
        let friends = try directory.write("user_a,user_b\nann,bob\nbob,ann\nann,c.a-t_1\n", to: "friends.csv")
        try await withServer { url, key, _, stores in
            let reports = try await withImport(url: url, key: key) { remote in
                #expect(try await remote.users(path: users) == .init(created: 2))
                #expect(try await remote.users(path: users) == .init(existed: 2))
                let result = try await remote.friendships(path: friends)
                #expect(result == .init(created: 2, existed: 1))
                #expect("\(result)" == "3 read, 2 new, 1 known, 0 refused")
            }
            #expect(reports.isEmpty)
            let ann = try #require(try await user("ann", in: stores))
            #expect(ann.name == "Ann, \"A\" Ünal")
            #expect(ann.avatarURL == "https://a.example/1.png")
            #expect(try await user("bob", in: stores)?.name == "bob")
            let friends = try await stores.friendships.friends(of: ann.id, limit: 10, after: nil)
            #expect(friends.items.map(\.id.string) == ["bob", "c.a-t_1"])
        }
    }

    @Test func ofTwoLinesAboutOneTheLaterHolds() async throws {
        let names = (0..<40).map { "ann,Ann \($0)\nu\($0),U\n" }.joined()
        let users = try directory.write("id,name\n" + names, to: "users.csv")
        try await withServer { url, key, _, stores in
            _ = try await withImport(url: url, key: key) { remote in
                let result = try await remote.users(path: users)
                #expect(result == .init(created: 41, existed: 39))
            }
            #expect(try await user("ann", in: stores)?.name == "Ann 39")
        }
    }

    @Test func refusedLinesAreReportedAndTheOthersImported() async throws {
        let pairs = "ann,bob\nann,ann\n\nann,cat\n"
        let friends = try directory.write("user_a,user_b\n" + pairs, to: "friends.csv")
        let alone = try directory.write(
            "user_a,user_b\n" + String(repeating: "ann,ann\n", count: RemoteImport.reportedRefusals + 1),
            to: "alone.csv")
        try await withServer { url, key, _, _ in
            let reports = try await withImport(url: url, key: key) { remote in
                let result = try await remote.friendships(path: friends)
                #expect(result == .init(created: 2, refused: 1))
            }
            #expect(reports == ["\(friends), line 3: 400, the two users in the path are one"])
            let many = try await withImport(url: url, key: key) { remote in
                let result = try await remote.friendships(path: alone)
                #expect(result.refused == RemoteImport.reportedRefusals + 1)
            }
            #expect(many.count == RemoteImport.reportedRefusals + 1)
            #expect(many.last == "\(alone): and 1 lines more")
        }
    }

    @Test func aLineThatIsNoneEndsIt() async throws {
        let wrong = try directory.write("id,name\nann,Ann\na b,x\n", to: "users.csv")
        let step = try directory.write("user_a,user_b\nann,..\n", to: "friends.csv")
        try await withServer { url, key, _, _ in
            _ = try await withImport(url: url, key: key) { remote in
                let error = await #expect(throws: CSVError.self) { try await remote.users(path: wrong) }
                #expect(error?.line == 3)
                let other = await #expect(throws: CSVError.self) { try await remote.friendships(path: step) }
                #expect(other?.description == "\(step), line 2: `..` cannot be sent in a URL")
            }
        }
    }

    @Test func aWrongKeyEndsIt() async throws {
        let users = try directory.write("id,name\nann,Ann\n", to: "users.csv")
        try await withServer { url, _, _, stores in
            _ = try await withImport(url: url, key: "another key of 16 bytes") { remote in
                let error = await #expect(throws: BackendAPI.Failure.self) { try await remote.users(path: users) }
                #expect(error?.description == "\(url): the API key is not that of this server")
            }
            #expect(try await user("ann", in: stores) == nil)
        }
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", true), ("https://api.example/", true), ("http://[::1]:80", true), ("", false),
        ("127.0.0.1:8080", false), ("ws://127.0.0.1:8080", false), ("http://", false), ("http://a/v1", false),
        ("http://a?b", false), ("http://key@a", false), ("http://a#b", false),
        ("http://a:65535", true), ("http://a:65536", false), ("http://a:0", false), ("http://a:", false),
        ("http://a:9999999999999999999999", false), ("http://[::1]", true), ("http://[::1]:99999", false),
    ])
    func addresses(_ text: String, _ isGood: Bool) {
        #expect((BackendAPI.parse(text) != nil) == isGood)
    }

    // MARK: The command

    @Test func theCommand() async throws {
        let users = try directory.write("id,name\nann,Ann\n", to: "users.csv")
        let friends = try directory.write("user_a,user_b\nann,bob\nann,ann\n", to: "friends.csv")
        try await withServer { url, key, settings, _ in
            let run = try await Command.run([
                "import", "--users", users, "--url", url, "--data", settings.dataDirectory,
            ])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output == "users: 1 read, 1 new, 0 known, 0 refused\n")
            let refused = try await Command.run(
                ["import", "--users", users, "--friends", friends, "--url", url], environment: ["NEARBY_API_KEY": key])
            #expect(refused.status == 1)
            #expect(refused.errors.hasPrefix("\(friends), line 3: 400, "))
            #expect(
                refused.output == """
                    users: 1 read, 0 new, 1 known, 0 refused
                    friendships: 2 read, 1 new, 0 known, 1 refused

                    """)
            let flag = try await Command.run(["import", "--users", users, "--url", url, "--api-key", key])
            #expect(flag.status == 0)
            let wrong = try await Command.run(["import", "--users", users, "--url", url, "--api-key", key + "x"])
            #expect(wrong.status == 1)
            #expect(!(wrong.output + wrong.errors).contains(key))
        }
    }

    @Test func withoutAServerOrAKey() throws {
        let users = try directory.write("id,name\nann,Ann\n", to: "users.csv")
        let url = "http://127.0.0.1:1"
        let unreachable = try Command(["import", "--users", users, "--url", url, "--api-key", "k"])
        #expect(unreachable.status == 1)
        #expect(unreachable.errors.contains(url))
        let keyless = try Command(["import", "--users", users, "--url", url, "--data", directory.path + "/none"])
        #expect(keyless.status == 1)
        #expect(keyless.errors.contains("there is no API key"))
        // Asking for a server's key makes none.
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/none"))
    }

    @Test(arguments: [
        (["import", "--users", "u.csv", "--url", "localhost:8080"], "--url"),
        (["import", "--users", "u.csv", "--api-key", "k"], "--api-key"),
        (["import", "--url", "http://127.0.0.1:8080"], "--users"),
    ])
    func wrongUsage(_ arguments: [String], _ named: String) throws {
        let run = try Command(arguments)
        #expect(run.status == 64)
        #expect(run.errors.split(separator: "\n").first?.contains(named) == true, "\(run.errors)")
    }
}
