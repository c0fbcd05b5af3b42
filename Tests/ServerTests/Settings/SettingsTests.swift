import Foundation
import Geo
import Testing

@testable import Server

@Suite struct SettingsTests {
    private func load(
        _ flags: [SettingName: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws -> Settings {
        let directory = try TemporaryDirectory()
        var flags = flags
        if let file { flags[.config] = try directory.write(file, to: "nearby.json") }
        return try Settings.load(flags: flags, environment: environment).settings
    }

    private func error(
        _ flags: [SettingName: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws -> SettingsError {
        try #require(
            #expect(throws: SettingsError.self) { _ = try load(flags, environment: environment, file: file) })
    }

    // MARK: Values

    @Test func defaults() throws {
        let settings = try load()
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.dataDirectory == "./nearby-data")
        #expect(!settings.demo && !settings.echo)
        #expect(settings.threads == nil)
        #expect(settings.origins.isEmpty)
        #expect(settings.radius == Radius("5mi"))
        #expect(settings.inactive == .seconds(600))
        #expect(settings.minimumInterval == .milliseconds(250))
        #expect(settings.updateEvery == .seconds(30))
        #expect(settings.precisions == [4, 5, 6])
        #expect(settings.strangers.radius == Radius("2km"))
        #expect(settings.strangers.k == 3)
        #expect(settings.strangers.tick == .seconds(30))
        #expect(settings.strangers.expire == .seconds(3_600))
        #expect(settings.strangers.sample == 50)
        #expect(settings.strangers.minimumSide == Radius("500m"))
        #expect(settings.sessions.perUser == 5)
        #expect(settings.sessions.helloTimeout == .seconds(10))
        #expect(settings.sessions.pingInterval == .seconds(25))
        #expect(settings.sessions.pongTimeout == .seconds(10))
        #expect(settings.messages.perSecond == 5)
        #expect(settings.messages.burst == 20)
        #expect(settings.messages.maximumBytes == 16 * 1024)
        #expect(settings.history.retention == .seconds(30 * 86_400))
        #expect(settings.history.buffer == 200_000)
        #expect(settings.tokens.leeway == .seconds(30))
        #expect(settings.tokens.grace == .zero)
        #expect(settings.tokens.issuer == nil && settings.tokens.audience == nil)
        #expect(settings.keys.jwtSecret == nil && settings.keys.apiKey == nil && settings.keys.jwksFile == nil)
        #expect(settings.drain == .seconds(10))
    }

    /// Every default is a value of its own setting, so that the list of settings can be believed.
    @Test func everyDefaultIsAllowed() throws {
        for name in SettingName.allCases {
            guard let fallback = name.definition.fallback, !fallback.isEmpty else { continue }
            _ = try load([name: fallback])
        }
    }

    @Test func everySettingIsRead() throws {
        for name in SettingName.allCases where name != .config {
            switch name.definition.kind {
            case .text, .list: continue
            default: #expect("\(try error([name: "?"]))".hasPrefix(name.flag + ": must be "))
            }
        }
    }

    @Test func flagsComeBeforeEnvironmentBeforeFileBeforeDefault() throws {
        let file = #"{"port": 3, "host": "c", "radius": "3km", "inactive": "3s"}"#
        let environment = ["NEARBY_PORT": "2", "NEARBY_HOST": "b", "NEARBY_RADIUS": "2km"]
        let settings = try load([.port: "1", .host: "a"], environment: environment, file: file)
        #expect(settings.port == 1)
        #expect(settings.host == "a")
        #expect(settings.radius == Radius("2km"))
        #expect(settings.inactive == .seconds(3))
        #expect(settings.strangers.k == 3)
    }

    @Test func environmentHasEverySettingUnderItsName() throws {
        let settings = try load(environment: [
            "NEARBY_STRANGERS_K": "7", "NEARBY_MIN_INTERVAL": "1s", "NEARBY_STRANGERS_MINIMUM_SIDE": "1km",
            "NEARBY_SESSIONS_PER_USER": "9", "NEARBY_PRECISIONS": "6, 4", "NEARBY_ORIGINS": "https://a,https://b",
            "NEARBY_DEMO": "true", "NEARBY_THREADS": "2", "NEARBY_HOST": "",
        ])
        #expect(settings.strangers.k == 7)
        #expect(settings.minimumInterval == .seconds(1))
        #expect(settings.strangers.minimumSide == Radius("1km"))
        #expect(settings.sessions.perUser == 9)
        #expect(settings.precisions == [4, 6])
        #expect(settings.origins == ["https://a", "https://b"])
        #expect(settings.demo)
        #expect(settings.threads == 2)
        // Empty is not set.
        #expect(settings.host == "127.0.0.1")
    }

    @Test func theEnvironmentMayNameTheFile() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(#"{"port": 3}"#, to: "nearby.json")
        let settings = try Settings.load(flags: [:], environment: ["NEARBY_CONFIG": path]).settings
        #expect(settings.port == 3)
    }

    @Test func filesMayNestAndListAndSpellLikeFlags() throws {
        let settings = try load(
            file: """
                {
                  "strangers": {"k": 5, "tick": "1s", "minimum_side": "1km"},
                  "strangers.sample": 10, "strangers-expire": "2h", "min-interval": "0s", "UPDATE_EVERY": "2s",
                  "precisions": [6, 5], "origins": ["https://a"], "echo": true
                }
                """)
        #expect(settings.strangers.k == 5)
        #expect(settings.strangers.tick == .seconds(1))
        #expect(settings.strangers.minimumSide == Radius("1km"))
        #expect(settings.strangers.sample == 10)
        #expect(settings.strangers.expire == .seconds(7_200))
        #expect(settings.minimumInterval == .zero)
        #expect(settings.updateEvery == .seconds(2))
        #expect(settings.precisions == [5, 6])
        #expect(settings.origins == ["https://a"])
        #expect(settings.echo)
    }

    // MARK: Ranges, at each end in pairs

    @Test func integersEndWhereTheTableSays() throws {
        for name in SettingName.allCases {
            guard case .integer(let range) = name.definition.kind else { continue }
            _ = try load([name: "\(range.lowerBound)"])
            _ = try load([name: "\(range.upperBound)"])
            #expect(try error([name: "\(range.lowerBound - 1)"]).description.contains(name.flag))
            #expect(try error([name: "\(range.upperBound + 1)"]).description.contains(name.flag))
        }
    }

    @Test func durationsEndWhereTheTableSays() throws {
        for name in SettingName.allCases {
            guard case .duration(let range) = name.definition.kind else { continue }
            // What one setting may be beside another is tested by itself.
            let beside: [SettingName: String] =
                name == .pongTimeout ? [.pingInterval: "1h"] : name == .pingInterval ? [.pongTimeout: "100ms"] : [:]
            for end in [range.lowerBound, range.upperBound] {
                _ = try load(beside.merging([name: DurationText.format(end)]) { $1 })
            }
            let below = range.lowerBound - .milliseconds(1)
            if below > .zero { _ = try error([name: DurationText.format(below)]) }
            _ = try error([name: DurationText.format(range.upperBound + .milliseconds(1))])
        }
    }

    @Test func aPongIsAwaitedForLessThanThePingInterval() throws {
        _ = try load([.pingInterval: "10001ms", .pongTimeout: "10s"])
        #expect(try error([.pingInterval: "10s", .pongTimeout: "10s"]).description.contains("sessions.pong_timeout"))
    }

    @Test func radiiEndWithTheGreatest() throws {
        _ = try load([.radius: "100km"])
        _ = try error([.radius: "100.001km"])
        _ = try error([.radius: "0m"])
    }

    @Test func precisionsAreDifferentAndInRange() throws {
        #expect(try load([.precisions: "4,6"]).precisions == [4, 6])
        for text in ["", "3", "7", "4,4", "4,,5", "4;5", "x"] {
            _ = try error([.precisions: text])
        }
    }

    @Test func secretsHaveALeastLength() throws {
        let long = String(repeating: "s", count: 32)
        #expect(try load(environment: ["NEARBY_JWT_SECRET": long]).keys.jwtSecret?.bytes == Array(long.utf8))
        _ = try error(environment: ["NEARBY_JWT_SECRET": String(long.dropLast())])
        #expect(try load(environment: ["NEARBY_API_KEY": String(long.prefix(16))]).keys.apiKey != nil)
        _ = try error(environment: ["NEARBY_API_KEY": String(long.prefix(15))])
    }

    // MARK: Errors

    @Test func errorsNameTheSettingAndItsPlace() throws {
        let flag = try error([.strangersK: "none"])
        #expect(flag.description == "--strangers-k: must be a whole number, 1 to 1000")
        #expect(flag.isUsage)
        let variable = try error(environment: ["NEARBY_INACTIVE": "10"])
        #expect(variable.description.hasPrefix("NEARBY_INACTIVE: must be a time such as "))
        #expect(!variable.isUsage)
        let file = try error(file: #"{"strangers": {"radius": 5}}"#)
        #expect(file.description.hasPrefix("strangers.radius (in "))
        #expect(file.description.contains("nearby.json"))
        #expect(!file.isUsage)
    }

    @Test(arguments: [
        (#"{"strangers": {"kk": 3}}"#, "`strangers.kk`"), (#"{"prot": 1}"#, "`prot`"), (#"{"": 1}"#, "``"),
        (#"{"strangers": 3}"#, "`strangers`"), (#"{"port": {"x": 1}}"#, "`port.x`"),
        (#"{"config": "other.json"}"#, "`config`"),
    ])
    func unknownSettingsInTheFileAreNamed(_ file: String, _ name: String) throws {
        #expect(try error(file: file).description.hasSuffix("has \(name), which is no setting"))
    }

    @Test(arguments: [
        #"{"port": 1, "port": 2}"#, #"{"port": 1, "PORT": 2}"#, #"{"strangers.k": 1, "strangers": {"k": 1}}"#,
        #"{"strangers": {"k": 1}, "strangers": {"k": 2}}"#,
    ])
    func noSettingStandsInTheFileTwice(_ file: String) throws {
        #expect(try error(file: file).description.contains("twice"))
    }

    @Test(arguments: ["", "[]", "{", "{} x", #"{"port": null}"#, #"{"port": [[1]]}"#, #"{"host": NaN}"#])
    func brokenFilesAreRefused(_ file: String) throws {
        #expect(try error(file: file).description.contains("nearby.json"))
    }

    @Test func aMissingFileIsNamed() throws {
        let error = try error([.config: "/nowhere/nearby.json"])
        #expect(error.description == "config: cannot read /nowhere/nearby.json: No such file or directory")
    }

    @Test func variablesThatAreNoSettingsAreOnlyNoted() throws {
        let (_, notices) = try Settings.load(
            flags: [:], environment: ["NEARBY_SERVICE_HOST": "10.0.0.1", "HOME": "/", "NEARBY_PORT": "1"])
        #expect(notices == ["NEARBY_SERVICE_HOST is no setting and was ignored"])
    }

    // MARK: Secrets

    @Test func secretsNeverShow() throws {
        let canary = "canary-canary-canary-canary-canary"
        let settings = try load(environment: ["NEARBY_JWT_SECRET": canary, "NEARBY_API_KEY": canary])
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped, "\(settings.keys.jwtSecret!)"] {
            #expect(!text.contains("canary"))
            // Nor as a list of bytes.
            #expect(!text.contains("99, 97, 110"))
        }
        let error = try error(environment: ["NEARBY_JWT_SECRET": "canary"])
        #expect(!error.description.contains("canary"))
    }

    @Test func secretsMatchOnlyThemselves() {
        let secret = Secret("0123456789abcdef")
        #expect(secret.matches("0123456789abcdef".utf8))
        for other in ["", "0123456789abcde", "0123456789abcdef0", "1123456789abcdef", "0123456789abcdeF"] {
            #expect(!secret.matches(other.utf8))
        }
    }
}
