import Foundation
import Server
import Testing

@testable import CLI

/// `inspect --server` against a real server.
@Suite struct InspectServerTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func withServer(_ body: @escaping @Sendable (_ url: String, _ key: String) async throws -> Void)
        async throws
    {
        let nobody = try directory.write("user_a,user_b\n", to: "nobody.csv")
        try await ReplayServer.withServer(friendships: nobody) { port, settings in
            let keys = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory).keys
            try await body("http://127.0.0.1:\(port)", String(decoding: keys.apiKey.bytes, as: UTF8.self))
        }
    }

    @Test func whatTheServerKnowsIsAdded() async throws {
        try await withServer { url, key in
            let json = try await Command.run([
                "geohash", "inspect", "dr5ru7", "--server", url, "--api-key", key, "--format", "json",
            ])
            #expect(json.status == 0, "\(json.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["server"] as? [String: Int] == ["members": 0, "watchers": 0])
            let text = try await Command.run(
                ["geohash", "inspect", "dr5ru7", "--server", url], environment: ["NEARBY_API_KEY": key])
            #expect(text.output.contains("members     0\n"))
        }
    }

    @Test func aWrongKeyIsSaidInOneLine() async throws {
        try await withServer { url, key in
            let run = try await Command.run([
                "geohash", "inspect", "dr5ru7", "--server", url, "--api-key", key + "x",
            ])
            #expect(run.status == 1 && run.output.isEmpty)
            #expect(run.errors == "Error: --server: the API key is not that of this server\n")
        }
    }

    @Test(arguments: [
        (["--server", "127.0.0.1:1", "--api-key", "k"], 64, "--server: must be like http://127.0.0.1:8080"),
        (["--server", "http://127.0.0.1:1"], 64, "--server: needs the API key, from --api-key or NEARBY_API_KEY"),
        (["--api-key", "k"], 64, "--api-key: needs --server"),
        (["--server", "http://127.0.0.1:1", "--api-key", "k"], 1, "--server: Connection refused"),
    ])
    func mistakes(_ arguments: [String], _ status: Int32, _ message: String) throws {
        let run = try Command(["geohash", "inspect", "dr5ru7"] + arguments)
        #expect(run.status == status && run.output.isEmpty)
        #expect(run.errors == "Error: \(message)\n")
    }
}
