import Foundation
import Testing

@testable import Server

@Suite struct KeyFileTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/keys.json" }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func load(_ configured: ConfiguredKeys = .init()) throws -> (keys: Keys, notices: [String]) {
        try Keys.load(configured: configured, dataDirectory: directory.path)
    }

    private func mode() throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func theFileIsMadeOnce() throws {
        let first = try load()
        #expect(first.notices.isEmpty)
        #expect(try mode() == 0o600)
        #expect(first.keys.jwtSecret.bytes.count == 43)
        #expect(first.keys.apiKey.bytes.count == 43)
        #expect(first.keys.jwtSecret.bytes != first.keys.apiKey.bytes)
        let second = try load()
        #expect(second.keys.jwtSecret.bytes == first.keys.jwtSecret.bytes)
        #expect(second.keys.apiKey.bytes == first.keys.apiKey.bytes)
        // Nothing else is left behind.
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["keys.json"])
    }

    @Test func theFileIsWhatTheContractSays() throws {
        let keys = try load().keys
        let json = try JSONSerialization.jsonObject(with: try Data(contentsOf: URL(fileURLWithPath: path)))
        let members = try #require(json as? [String: String])
        #expect(members.keys.sorted() == ["api_key", "jwt_secret"])
        #expect(keys.jwtSecret.matches(try #require(members["jwt_secret"]).utf8))
        #expect(keys.apiKey.matches(try #require(members["api_key"]).utf8))
    }

    @Test func missingDirectoriesAreMadeForTheirOwnerOnly() throws {
        let deep = directory.path + "/a/b"
        _ = try Keys.load(configured: .init(), dataDirectory: deep)
        let attributes = try FileManager.default.attributesOfItem(atPath: deep)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func serversThatStartAtOnceAgree() async throws {
        let path = directory.path
        let secrets = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<32 {
                group.addTask {
                    try Keys.load(configured: .init(), dataDirectory: path).keys.jwtSecret.bytes
                }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(secrets.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["keys.json"])
    }

    @Test func aServerThatWasSlowerReplacesNothing() throws {
        let first = try load().keys
        try KeyFile(dataDirectory: directory.path).make()
        #expect(try load().keys.jwtSecret.bytes == first.jwtSecret.bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["keys.json"])
    }

    @Test func configuredKeysComeFirst() throws {
        let secret = Secret(String(repeating: "s", count: 32))
        let both = try load(.init(jwtSecret: secret, apiKey: Secret("a configured key")))
        #expect(both.keys.apiKey.matches("a configured key".utf8))
        #expect(!FileManager.default.fileExists(atPath: path))
        let one = try load(.init(jwtSecret: secret))
        #expect(one.keys.jwtSecret.bytes == secret.bytes)
        #expect(one.keys.apiKey.bytes.count == 43)
    }

    @Test func aFileOpenToOthersIsClosed() throws {
        _ = try load()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let notice = try #require(try load().notices.first)
        #expect(notice.contains("was open to others (mode 644)"))
        #expect(try mode() == 0o600)
        #expect(try load().notices.isEmpty)
    }

    @Test(arguments: [
        "", "{}", "[]", "x", #"{"jwt_secret":"0123456789012345678901234567890123"}"#,
        #"{"jwt_secret":5,"api_key":"k"}"#, #"{"jwt_secret":"canary","api_key":"k"}"#,
        #"{"jwt_secret":"0123456789012345678901234567890123","api_key":""}"#,
        #"{"jwt_secret":"0123456789012345678901234567890123","api_key":"k""#,
    ])
    func brokenFilesAreRefusedAndKept(_ json: String) throws {
        _ = try directory.write(json, to: "keys.json")
        let error = try #require(#expect(throws: KeyError.self) { try load() })
        #expect(error.description.hasPrefix(path))
        #expect(!error.description.contains("canary"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == json)
    }

    @Test func aDataDirectoryThatCannotBeIsNamed() throws {
        let file = try directory.write("", to: "file")
        let error = try #require(
            #expect(throws: KeyError.self) { try Keys.load(configured: .init(), dataDirectory: file) })
        #expect(error.description.contains("Not a directory"))
    }

    @Test func keysNeverShow() throws {
        let keys = try load().keys
        var dumped = ""
        dump(keys, to: &dumped)
        let secret = String(decoding: keys.jwtSecret.bytes, as: UTF8.self)
        for text in ["\(keys)", String(reflecting: keys), dumped] {
            #expect(!text.contains(secret))
            #expect(!text.contains("\(keys.jwtSecret.bytes)"))
        }
    }
}
