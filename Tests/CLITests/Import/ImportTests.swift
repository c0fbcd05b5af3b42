import Channels
import Foundation
import Friends
import Testing

@testable import CLI

@Suite struct ImportTests {
    private let directory: TemporaryDirectory
    private let stores = Stores.inMemory()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func importUsers(_ text: String) async throws -> UserImport.Result {
        let path = try directory.write(text, to: "users.csv")
        return try await UserImport(store: stores.users).run(path: path)
    }

    private func importFriends(_ text: String) async throws -> FriendshipImport.Result {
        let path = try directory.write(text, to: "friends.csv")
        return try await FriendshipImport(store: stores.friendships).run(path: path)
    }

    private func user(_ id: String) async throws -> User? {
        try await stores.users.user(try #require(UserID(id)))
    }

    @Test func users() async throws {
        let result = try await importUsers(
            "id,name,avatar_url\nann,Ann \"A\",https://a.example/1.png\nbob,,\n".replacing(
                "Ann \"A\"", with: "\"Ann, A\""))
        #expect(result == .init(read: 2, created: 2))
        #expect(try await user("ann")?.name == "Ann, A")
        #expect(try await user("ann")?.avatarURL == "https://a.example/1.png")
        #expect(try await user("bob")?.name == "bob")
        #expect(try await user("bob")?.avatarURL == nil)
        // Again, without pictures: the file says what holds.
        #expect(try await importUsers("name,id\nAnn,ann\n") == .init(read: 1, created: 0))
        #expect(try await user("ann")?.name == "Ann")
        #expect(try await user("ann")?.avatarURL == nil)
    }

    @Test func friendships() async throws {
        let result = try await importFriends("user_a,user_b\nann,bob\nbob,ann\nann,ann\nann,cat\n")
        #expect(result.read == 4)
        #expect(result.summary.created == 2)
        #expect(result.summary.existed == 1)
        #expect(result.summary.refused == 1)
        #expect(result.summary.usersCreated == 3)
        #expect("\(result)" == "friendships: 4 read, 2 new, 1 known, 1 refused; 3 users new")
        let (ann, cat) = (try #require(UserID("ann")), try #require(UserID("cat")))
        #expect(try await stores.friendships.areFriends(ann, cat))
    }

    @Test func batchesAddUp() async throws {
        let count = UserImport.batch + 1
        let text = "id,name\n" + (0..<count).map { "u\($0),name\n" }.joined()
        #expect(try await importUsers(text) == .init(read: count, created: count))
    }

    @Test(arguments: [
        ("id,name\nann,Ann\na b,x\n", "line 3: `id` is no id of a user"),
        ("id,name\n,x\n", "line 2: `id` is no id of a user"),
        ("id,name\nann,\(String(repeating: "x", count: 257))\n", "line 2: `name` or `avatar_url` is too long"),
        ("name\nx\n", "line 1: there is no column `id`"),
    ])
    func usersThatAreNone(_ text: String, _ reason: String) async throws {
        let error = await #expect(throws: CSVError.self) { try await importUsers(text) }
        #expect(try #require(error).description.hasSuffix("users.csv, " + reason))
    }

    @Test(arguments: [
        ("user_a,user_b\nann,bob\nann,b*b\n", "line 3: `user_b` is no id of a user"),
        ("user_a,user_b\n,bob\n", "line 2: `user_a` is no id of a user"),
        ("user_a\nann\n", "line 1: there is no column `user_b`"),
    ])
    func friendshipsThatAreNone(_ text: String, _ reason: String) async throws {
        let error = await #expect(throws: CSVError.self) { try await importFriends(text) }
        #expect(try #require(error).description.hasSuffix("friends.csv, " + reason))
    }
}
