import Channels
import Foundation
import Friends
import Geo
import Server
import Testing

@testable import CLI

@Suite struct DemoReceptionTests {
    private let people = DemoPeople(seed: Demo.seed)

    @Test func aNewcomerHasFriendsAllOverTown() throws {
        let reception = DemoReception(people: people)
        let ann = try #require(reception.welcome("  Ann   Lee "))
        #expect(ann.profile.id.string == "demo-ann-lee" && ann.profile.name == "Ann Lee")
        #expect(Set(ann.friends).count == DemoReception.friendsOfNewcomer)
        #expect(ann.start.distance(to: DemoCity.coordinate(x: 0, y: 28 * 80.4672)) < 1_000)
        #expect(reception.welcome("ann lee")?.start == ann.start)
        let ben = try #require(reception.welcome("Ben"))
        #expect(ben.friends.contains(ann.profile.id) && !ben.friends.contains(ben.profile.id))
        #expect(!reception.isTaken(ann.profile.id))
    }

    @Test func oneOfThePeopleStopsWalkingByItself() throws {
        let reception = DemoReception(people: people)
        let person = people.crowd[7]
        #expect(!reception.isTaken(person.id))
        let guest = try #require(reception.welcome(person.name.uppercased()))
        #expect(guest.profile.id == person.id && guest.friends.isEmpty)
        #expect(reception.isTaken(person.id))
        #expect(reception.welcome(people.guest.id.string)?.profile.name == "Guest")
    }

    @Test func whoIsWalkedByAnotherProcessGoesOnWalking() throws {
        let reception = DemoReception(people: people, isTheirs: false)
        for person in people.everybody {
            let guest = try #require(reception.welcome(person.name))
            #expect(guest.profile.name == person.name && !guest.friends.isEmpty)
            #expect(!people.everybody.contains { $0.id == guest.profile.id } && !reception.isTaken(person.id))
        }
    }

    @Test(arguments: ["<img src=x>", "Żółć", "a/b", "…", "名前", String(repeating: "x", count: 300)])
    func everyNameHasAnID(_ name: String) throws {
        let id = try #require(DemoReception.id(for: name))
        #expect(id.string.hasPrefix("demo-") && id.string.count <= UserID.maximumLength)
        #expect(DemoReception.id(for: name + "y") != id || name.count > 59)
    }

    @Test func thereIsRoomForSomeAndNoMore() {
        let reception = DemoReception(people: people)
        for number in 0..<500 { #expect(reception.welcome("Person \(number)") != nil) }
        #expect(reception.welcome("One more") == nil)
        #expect(reception.welcome("Person 3") != nil)
        #expect(reception.welcome("") == nil)
    }

    @Test func theStreetsAreGeoJSON() throws {
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(DemoCity.geoJSON.utf8)) as? [String: Any])
        let features = try #require(json["features"] as? [[String: Any]])
        #expect(features.count == DemoCity.avenues.count + DemoCity.streets.count)
    }
}
