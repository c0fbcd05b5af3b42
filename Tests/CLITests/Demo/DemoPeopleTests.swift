import Channels
import Friends
import Testing

@testable import CLI

@Suite struct DemoPeopleTests {
    private let people = DemoPeople(seed: Demo.seed)

    @Test func everybodyIsSomebodyElse() {
        #expect(people.crowd.count == DemoPeople.count)
        #expect(Set(people.everybody.map(\.id)).count == DemoPeople.count + 2)
        #expect(Set(people.everybody.map(\.name)).count == DemoPeople.count + 2)
        #expect(people.everybody.allSatisfy { $0.id.string.hasPrefix("demo-") })
        #expect(people.crowd.count { $0.meetsStrangers } == DemoPeople.openCount)
        #expect(DemoWalk.Pace.allCases.allSatisfy { pace in people.crowd.contains { $0.pace == pace } })
    }

    @Test func aboutTenFriendsEach() {
        var counts: [UserID: Int] = [:]
        for pair in people.friendships {
            #expect(pair.a != pair.b)
            counts[pair.a, default: 0] += 1
            counts[pair.b, default: 0] += 1
        }
        #expect(Set(people.friendships.map { Set([$0.a, $0.b]) }).count == people.friendships.count)
        let crowd = people.crowd.map { counts[$0.id] ?? 0 }
        #expect((9...11).contains(crowd.reduce(0, +) / crowd.count))
        #expect(crowd.min()! >= 4)
        #expect(counts[people.you.id] == 25)
        #expect(counts[people.guest.id] == 13)
        #expect(counts.count == DemoPeople.count + 2)
    }

    @Test func theSameSeedIsTheSamePeople() {
        let again = DemoPeople(seed: Demo.seed)
        #expect(people.everybody == again.everybody)
        #expect(people.friendships == again.friendships)
        #expect(people.crowd != DemoPeople(seed: Demo.seed + 1).crowd)
    }
}
