import ArgumentParser
import Foundation
import Friends
import Server

/// `nearby import`: users and friendships from CSV files into the database of a server.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports users and friendships from CSV files (.gz as well).",
        discussion: """
            Writes into the database in the data directory. A server that runs on it sees what was imported when \
            a user connects the next time. An import that failed can be repeated as a whole.
            """)

    @Option(
        help: ArgumentHelp("Users: a file with the columns id, name and, if need be, avatar_url.", valueName: "file"))
    var users: String?
    @Option(help: ArgumentHelp("Friendships: a file with the columns user_a and user_b.", valueName: "file"))
    var friends: String?
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
        try DataDirectory.make(settings.dataDirectory)
        let stores = try Stores.sqlite(at: DataDirectory.database(in: settings.dataDirectory))
        if let users {
            report(try await UserImport(store: stores.users).run(path: users))
        }
        if let friends {
            report(try await FriendshipImport(store: stores.friendships).run(path: friends))
        }
    }

    private func report(_ result: some CustomStringConvertible) {
        FileHandle.standardOutput.write(Data("\(result)\n".utf8))
    }
}
