import Foundation
import Testing

@testable import CLI

/// The command as a shell sees it: output, messages and exit status.
@Suite struct CommandTests {
    private let directory: TemporaryDirectory
    private var data: [String] { ["--data", directory.path + "/data"] }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func claims(_ token: Substring) throws -> (sub: String?, iat: Int, exp: Int) {
        var payload = String(try #require(token.split(separator: ".").dropFirst().first))
            .replacing("-", with: "+").replacing("_", with: "/")
        payload += String(repeating: "=", count: (4 - payload.count % 4) % 4)
        let json = try JSONSerialization.jsonObject(with: try #require(Data(base64Encoded: payload)))
        let members = try #require(json as? [String: Any])
        return (
            members["sub"] as? String, try #require(members["iat"] as? Int), try #require(members["exp"] as? Int)
        )
    }

    @Test func versionAndHelp() throws {
        let version = try Command(["--version"])
        #expect(version.status == 0)
        #expect(version.output == Nearby.version + "\n")
        for arguments in [["--help"], ["serve", "--help"], ["token", "--help"], ["import", "--help"]] {
            let help = try Command(arguments)
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: nearby"))
        }
        let serve = try Command(["serve", "--help"]).output
        for flag in [
            "--host", "--port", "--data", "--config", "--demo", "--echo", "--radius", "--strangers-radius",
            "--precisions", "--inactive", "--min-interval", "--strangers-k", "--strangers-tick", "--threads",
        ] {
            #expect(serve.contains("  \(flag) "), "\(flag)")
        }
    }

    @Test func tokensInOrder() throws {
        let run = try Command(["token", "ann", "-", "bob"] + data, input: "cat\n\n dog \r\nann\n")
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last == "")
        let users = try lines.dropLast().map { try claims($0) }
        #expect(users.map(\.sub) == ["ann", "cat", "dog", "ann", "bob"])
        #expect(users.allSatisfy { $0.exp - $0.iat == 86_400 })
    }

    @Test func manyTokensAreQuick() throws {
        let count = 20_000
        let run = try Command(["token", "-"] + data, input: (0..<count).map { "user\($0)\n" }.joined())
        #expect(run.status == 0)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == count)
        #expect(try claims(try #require(lines.last)).sub == "user19999")
    }

    @Test func tokensLiveAsLongAsAsked() throws {
        for (ttl, seconds) in [("1s", 1), ("90min", 5_400), ("3650d", 315_360_000)] {
            let run = try Command(["token", "ann", "--ttl", ttl] + data)
            let claims = try claims(try #require(run.output.split(separator: "\n").first))
            #expect(claims.exp - claims.iat == seconds)
        }
    }

    @Test func theConfiguredSecretSigns() throws {
        let secret = ["NEARBY_JWT_SECRET": String(repeating: "s", count: 32)]
        let both = secret.merging(["NEARBY_API_KEY": "a key of 16 bytes"]) { $1 }
        #expect(try Command(["token", "ann"] + data, environment: both).status == 0)
        // Nothing was missing, so nothing was made.
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/data"))
        #expect(try Command(["token", "ann"] + data, environment: secret).status == 0)
        #expect(FileManager.default.fileExists(atPath: directory.path + "/data/keys.json"))
    }

    @Test func anImportIsReported() throws {
        let users = try directory.write("id,name\nann,Ann\n", to: "users.csv")
        let friends = try directory.write("user_a,user_b\nann,bob\n", to: "friends.csv")
        let run = try Command(["import", "--users", users, "--friends", friends] + data)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output == """
                users: 1 read, 1 new
                friendships: 1 read, 1 new, 0 known, 0 refused; 1 users new

                """)
    }

    // MARK: Exit status

    @Test(arguments: [
        (["bogus"], "bogus"), (["serve", "--bogus"], "--bogus"), (["serve", "--port"], "--port"),
        (["serve", "--port", "x"], "--port"), (["serve", "--port", "65536"], "--port"),
        (["serve", "--strangers-k", "0"], "--strangers-k"), (["serve", "--radius", "5"], "--radius"),
        (["serve", "--inactive", "10m"], "--inactive"), (["serve", "--precisions", "4,x"], "--precisions"),
        (["serve", "--min-interval", "-1s"], "--min-interval"), (["serve", "--threads", "0"], "--threads"),
        (["serve", "extra"], "extra"), (["token"], "<user>"), (["token", "a b"], "<user>"),
        (["token", String(repeating: "a", count: 65)], "<user>"), (["token", "ann", "--ttl", "24"], "--ttl"),
        (["token", "ann", "--ttl", "0s"], "--ttl"), (["token", "ann", "--ttl", "3651d"], "--ttl"),
        (["import"], "--users"), (["import", "--friends"], "--friends"),
    ])
    func wrongUsage(_ arguments: [String], _ named: String) throws {
        let run = try Command(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.split(separator: "\n").first?.contains(named) == true, "\(run.errors)")
    }

    @Test func failures() throws {
        func expectFailure(
            _ arguments: [String], _ named: String, input: String = "", environment: [String: String] = [:]
        ) throws {
            let run = try Command(arguments, input: input, environment: environment)
            #expect(run.status == 1)
            #expect(run.errors.contains(named), "\(run.errors)")
        }
        try expectFailure(["serve"], "NEARBY_PORT", environment: ["NEARBY_PORT": "x"])
        try expectFailure(["serve", "--config", "/nowhere.json"], "/nowhere.json")
        let config = try directory.write(#"{"prot": 1}"#, to: "nearby.json")
        try expectFailure(["serve", "--config", config], "`prot`")
        try expectFailure(["token", "-"] + data, "standard input, line 3", input: "ann\n\na b\n")
        try expectFailure(["import", "--users", "/nowhere.csv"] + data, "/nowhere.csv")
        let keys = try directory.write("{}", to: "keys.json")
        try expectFailure(["token", "ann", "--data", directory.path], keys)
    }

    @Test func nothingOfASecretIsPrinted() throws {
        let canary = "canary-canary-canary-canary-canary"
        _ = try directory.write(#"{"jwt_secret":"\#(canary)","api_key":5}"#, to: "keys.json")
        for run in [
            try Command(["token", "ann", "--data", directory.path]),
            try Command(["serve"], environment: ["NEARBY_JWT_SECRET": "canary"]),
            try Command(["serve", "--port", "x"], environment: ["NEARBY_JWT_SECRET": canary]),
        ] {
            #expect(run.status != 0)
            #expect(!(run.output + run.errors).contains("canary"))
        }
    }
}
