import ArgumentParser
import Channels
import Foundation
import Server

/// `nearby token`: prints tokens for users, one a line.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Prints a token (JWT, HS256) a line for users, in their order.",
        discussion: """
            The tokens are signed with the secret that the server would use: the configured one, or that of \
            keys.json in the data directory, which is made if it is missing.
            """)

    /// How long a token may be good.
    private static let ttlRange = Duration.seconds(1) ... .seconds(3_650 * 86_400)

    @Argument(help: ArgumentHelp("Ids of users; - reads ids from standard input, one a line.", valueName: "user"))
    var users: [String]
    @Option(help: ArgumentHelp("How long the tokens are good: 90s, 10min, 24h, 30d.", valueName: "time"))
    var ttl = "24h"
    @Option(help: ArgumentHelp(settingHelp: .data, "directory")) var data: String?
    @Option(help: ArgumentHelp(settingHelp: .config, "file")) var config: String?

    func validate() throws {
        guard let ttl = DurationText.parse(ttl), Self.ttlRange.contains(ttl) else {
            throw ValidationError("--ttl: must be a time such as 90s, 10min, 24h or 30d, 1s to 3650d")
        }
        for user in users where user != "-" && UserID(user) == nil {
            throw ValidationError("<user>: every id must be 1 to 64 of A-Z a-z 0-9 . _ -")
        }
    }

    func run() async throws {
        var flags: [SettingName: String] = [:]
        flags[.data] = data
        flags[.config] = config
        let settings = try Settings.load(asUsage: flags).settings
        let (keys, notices) = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory)
        for notice in notices { FileHandle.standardError.write(Data((notice + "\n").utf8)) }
        var printer = TokenPrinter(issuer: TokenIssuer(secret: keys.jwtSecret), ttl: DurationText.parse(ttl)!)
        defer { printer.flush() }
        for user in users {
            if user == "-" {
                try printStandardInput(&printer)
            } else {
                printer.print(UserID(user)!)
            }
        }
    }

    private func printStandardInput(_ printer: inout TokenPrinter) throws {
        var line = 0
        while let text = readLine() {
            line += 1
            let name = text.trimmingCharacters(in: .whitespaces)
            if name.isEmpty { continue }
            guard let user = UserID(name) else { throw InputError(line: line) }
            printer.print(user)
        }
    }

    struct InputError: Error, CustomStringConvertible {
        let line: Int
        var description: String { "standard input, line \(line): no id of a user (1 to 64 of A-Z a-z 0-9 . _ -)" }
    }
}
