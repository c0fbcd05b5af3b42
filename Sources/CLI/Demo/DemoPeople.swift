import Channels
import Friends

/// Everybody in the demo and who is whose friend. The same for the same seed.
struct DemoPeople {
    /// All ids begin with it, so that they can be told from those of real people.
    static let idPrefix = "demo-"
    static let count = 200
    /// How many meet strangers.
    static let openCount = 30
    /// Friends that everybody chooses; being chosen makes it about ten each.
    private static let chosenFriends = 5
    /// You have more friends, so that there is something to see.
    private static let friendsOfYou = 24
    private static let friendsOfGuest = 12

    /// Whose view of the city is shown.
    let you: DemoPerson
    /// A free place for whoever wants to join.
    let guest: DemoPerson
    let crowd: [DemoPerson]
    let friendships: [Friendship]

    var everybody: [DemoPerson] { crowd + [you, guest] }

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let names = DemoNames.all.shuffled(using: &generator).prefix(Self.count)
        var crowd: [DemoPerson] = []
        for (index, name) in names.enumerated() {
            crowd.append(
                DemoPerson(
                    id: Self.id(name), name: name, pace: Self.pace(of: index), meetsStrangers: index < Self.openCount,
                    seed: generator.next()))
        }
        you = DemoPerson(
            id: Self.id("you"), name: "You", pace: .walking, meetsStrangers: true, seed: generator.next())
        guest = DemoPerson(
            id: Self.id("guest"), name: "Guest", pace: .walking, meetsStrangers: true, seed: generator.next())
        var friendships: Set<Friendship> = [Friendship(guest.id, you.id)]
        for person in crowd {
            for friend in crowd.shuffled(using: &generator).prefix(Self.chosenFriends) where friend != person {
                friendships.insert(Friendship(min(person.id, friend.id), max(person.id, friend.id)))
            }
        }
        // Every n-th, so that all paces are among them.
        for (person, count) in [(you, Self.friendsOfYou), (guest, Self.friendsOfGuest)] {
            for index in 0..<count {
                friendships.insert(Friendship(crowd[index * Self.count / count].id, person.id))
            }
        }
        self.crowd = crowd
        self.friendships = friendships.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// `demo-ada-byron` for Ada Byron.
    private static func id(_ name: String) -> UserID {
        UserID(idPrefix + name.lowercased().replacing(" ", with: "-"))!
    }

    /// Of ten, six walk, three cycle and one takes the metro.
    private static func pace(of index: Int) -> DemoWalk.Pace {
        switch index * 7 % 10 {
        case 0..<6: .walking
        case 6..<9: .cycling
        default: .metro
        }
    }
}
