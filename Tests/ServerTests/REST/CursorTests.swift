import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct CursorTests {
    private let seal = CursorSeal(secret: Desk.keys.jwtSecret)
    private let anna = UserID("anna")!

    @Test func aCursorIsGoodForItsListItsUserAndItsServerOnly() throws {
        let cursor = seal.seal([1, 2, 3], in: .friends, of: anna)
        #expect(try seal.open(cursor, in: .friends, of: anna) == [1, 2, 3])
        #expect(throws: Problem.self) { try seal.open(cursor, in: .requests, of: anna) }
        #expect(throws: Problem.self) { try seal.open(cursor, in: .friends, of: UserID("anna2")!) }
        #expect(throws: Problem.self) { try seal.open(cursor, in: .friends, of: nil) }
        let other = CursorSeal(secret: Secret("another secret, of another server"))
        #expect(throws: Problem.self) { try other.open(cursor, in: .friends, of: anna) }
    }

    @Test func noCharacterCanBeChanged() throws {
        let cursor = Array(seal.seal([7], in: .history, of: anna).utf8)
        for index in cursor.indices {
            var changed = cursor
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: Problem.self) { try seal.open(text, in: .history, of: anna) }
        }
        for text in ["", "A", "AAAA", "page-1", String(repeating: "A", count: 513)] {
            #expect(throws: Problem.self) { try seal.open(text, in: .history, of: anna) }
        }
    }

    @Test func placesComeBackAsTheyWere() throws {
        for value in [Int64.min, -1, 0, 1, 1_800_000_000_123, .max] {
            #expect(Int64(bytes: value.bytes) == value)
        }
        #expect(UserID(bytes: anna.bytes) == anna)
        for (latitude, longitude) in [(0.0, 0.0), (-90, -180), (90, 180), (40.7128, -74.006)] {
            let place = NearbyPlace(
                center: Coordinate(latitude: latitude, longitude: longitude)!, radius: Radius(metres: 8_046.72)!,
                chordSquared: 1.25e-7, friend: anna)
            #expect(NearbyPlace(bytes: place.bytes) == place)
            #expect(NearbyPlace(bytes: Array(place.bytes.dropLast(4))) == nil)
        }
    }

    @Test(arguments: ["friends", "friend-requests", "nearby/friends", "history"])
    func listsRefuseCursorsThatAreNotTheirs(_ list: String) async throws {
        try await Desk.open { desk in
            let foreign = self.seal.seal(self.anna.bytes, in: .reports, of: self.anna)
            for cursor in ["", "x", "page-1", foreign] {
                let reply = try await desk.call(
                    .get, "/v1/users/anna/\(list)?cursor=\(cursor)", as: .user("anna"))
                #expect(reply.status == 400)
                #expect(reply.problem == "bad_cursor")
            }
        }
    }
}
