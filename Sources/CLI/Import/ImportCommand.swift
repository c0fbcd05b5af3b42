import ArgumentParser
import Foundation
import Friends
import Server

/// `nearby import`: users and friendships from CSV files into the database of a server, or through its REST.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports users and friendships from CSV files (.gz as well).",
        discussion: """
            Without --url it writes into the database that is configured (database.url), or else into the one in the \
            data directory, which is fast. A server that runs on the latter sees what was imported when a user connects \
            the next time; with PostgreSQL live sessions see it at once. An import that failed can be repeated as a whole.

            Lines that are refused, such as a friendship with oneself, are counted and the others imported; the exit status is \
            then 1.

            With --url it calls the REST of a running server, a call a line; live sessions see the new friends at \
            once. The API key comes from --api-key, NEARBY_API_KEY, the configuration file, or keys.json in the data directory.
            """)

    @Option(
        help: ArgumentHelp("Users: a file with the columns id, name and, if need be, avatar_url.", valueName: "file"))
    var users: String?
    @Option(help: ArgumentHelp("Friendships: a file with the columns user_a and user_b.", valueName: "file"))
    var friends: String?
    @OptionGroup var server: RunningServer
    @Option(help: ArgumentHelp(settingHelp: .data, "directory")) var data: String?
    @Option(help: ArgumentHelp(settingHelp: .config, "file")) var config: String?

    func validate() throws {
        guard users != nil || friends != nil else {
            throw ValidationError("--users or --friends: at least one file is needed")
        }
    }

    func run() async throws {
        var flags: [SettingName: String] = [:]
        flags[.data] = data
        flags[.config] = config
        let settings = try Settings.load(asUsage: flags).settings
        if let url = server.address {
            try await importRemotely(to: url, settings)
        } else {
            try await importLocally(settings)
        }
    }

    private func report(_ result: some CustomStringConvertible) {
        FileHandle.standardOutput.write(Data("\(result)\n".utf8))
    }
}

// MARK: Into a database

extension ImportCommand {
    private func importLocally(_ settings: Settings) async throws {
        try await settings.withStores { stores in
            if let users {
                report(try await UserImport(store: stores.users).run(path: users))
            }
            if let friends {
                let result = try await FriendshipImport(store: stores.friendships).run(path: friends)
                report(result)
                if result.summary.refused > 0 { throw ExitCode.failure }
            }
        }
    }
}

// MARK: Through REST

extension ImportCommand {
    private func importRemotely(to url: URL, _ settings: Settings) async throws {
        let refused = try await BackendAPI.run(
            url: url, key: try key(settings), connections: RemoteImport.callsAtOnce
        ) { api in
            let remote = RemoteImport(api: api) { line in FileHandle.standardError.write(Data("\(line)\n".utf8)) }
            var refused = 0
            if let users {
                let result = try await remote.users(path: users)
                report("users: \(result)")
                refused += result.refused
            }
            if let friends {
                let result = try await remote.friendships(path: friends)
                report("friendships: \(result)")
                refused += result.refused
            }
            return refused
        }
        if refused > 0 { throw ExitCode.failure }
    }

    private func key(_ settings: Settings) throws -> String {
        if let key = server.key(settings) { return key }
        // Keys that would only now be made are not those of a running server.
        let file = settings.dataDirectory + "/keys.json"
        guard FileManager.default.fileExists(atPath: file) else {
            throw BackendAPI.Failure("there is no API key: neither --api-key nor NEARBY_API_KEY nor \(file)")
        }
        let keys = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory).keys
        return String(decoding: keys.apiKey.bytes, as: UTF8.self)
    }
}
