import Channels
import Foundation
import Friends

/// Sends users and friendships from CSV files to a running server, a call a line.
struct RemoteImport {
    /// Calls on their way at a time.
    static let callsAtOnce = 16
    /// More refused lines than this are only counted.
    static let reportedRefusals = 20

    struct Result: Equatable, CustomStringConvertible {
        var created = 0
        var existed = 0
        var refused = 0
        var read: Int { created + existed + refused }
        var description: String { "\(read) read, \(created) new, \(existed) known, \(refused) refused" }
    }

    let api: BackendAPI
    /// Takes a line about a line of a file that was refused.
    let report: @Sendable (String) -> Void

    /// Throws at the first line that is no user, or when the server cannot be called; what was sent before stays.
    func users(path: String) async throws -> Result {
        try await run(path, UserImport.columns, optional: UserImport.optionalColumns, progress: "users") { row in
            let profile = try UserImport.profile(row, path: path)
            return .init(path: try Self.path(of: profile.id, row, path), body: try Self.body(profile))
        }
    }

    /// The same for friendships.
    func friendships(path: String) async throws -> Result {
        try await run(path, FriendshipImport.columns, optional: [], progress: "friendships") { row in
            let pair = try FriendshipImport.friendship(row, path: path)
            let (a, b) = (try Self.path(of: pair.a, row, path), try Self.path(of: pair.b, row, path, under: "friends"))
            return .init(path: "\(a)/\(b)")
        }
    }

    private func run(
        _ path: String, _ columns: [String], optional: [String], progress noun: String,
        call: (CSVReader.Row) throws -> BackendAPI.Call
    ) async throws -> Result {
        var result = Result()
        let counter = ProgressCounter(noun: noun)
        try await withThrowingTaskGroup(of: Sent.self) { tasks in
            var reader = try CSVReader(path: path, columns: columns, optional: optional)
            var underway: Set<String> = []
            func take(_ sent: Sent?) {
                guard let sent else { return }
                underway.remove(sent.path)
                result.count(sent.answer)
                if case .refused(let reason) = sent.answer, result.refused <= Self.reportedRefusals {
                    report("\(path), line \(sent.line): \(reason)")
                }
                counter.update(result.read)
            }
            while let row = try reader.next() {
                let call = try call(row)
                // Of two lines about the same, the later one has to come later.
                while underway.count >= Self.callsAtOnce || underway.contains(call.path) {
                    take(try await tasks.next())
                }
                underway.insert(call.path)
                tasks.addTask { [api, line = row.line] in
                    Sent(line: line, path: call.path, answer: try await api.put(call))
                }
            }
            while let sent = try await tasks.next() { take(sent) }
        }
        counter.finish()
        if result.refused > Self.reportedRefusals {
            report("\(path): and \(result.refused - Self.reportedRefusals) lines more")
        }
        return result
    }

    private struct Sent: Sendable {
        let line: Int
        let path: String
        let answer: BackendAPI.Answer
    }

    private static func body(_ profile: Profile) throws -> Data {
        var members = ["name": profile.name]
        members["avatar_url"] = profile.avatarURL
        return try JSONEncoder().encode(members)
    }

    /// An id needs no escaping, but two are steps in a path, which HTTP clients and proxies walk.
    private static func path(
        of user: UserID, _ row: CSVReader.Row, _ path: String, under collection: String = "v1/users"
    ) throws -> String {
        guard user.string != ".", user.string != ".." else {
            throw CSVError(path: path, line: row.line, reason: "`\(user)` cannot be sent in a URL")
        }
        return "\(collection)/\(user)"
    }
}

extension RemoteImport.Result {
    fileprivate mutating func count(_ answer: BackendAPI.Answer) {
        switch answer {
        case .created: created += 1
        case .existed: existed += 1
        case .refused: refused += 1
        }
    }
}
