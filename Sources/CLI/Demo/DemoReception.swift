import Channels
import Friends
import Geo
import Server
import Synchronization

/// Lets people into the demo by name at the map page: as one of the made-up people, who then stops walking by itself,
/// or as somebody new with friends all over the city.
final class DemoReception: Sendable {
    /// People who may come in under a new name, while the server runs.
    private static let maximumNewcomers = 500
    /// Made-up people who become friends of a newcomer: more than a page of them near its start.
    static let friendsOfNewcomer = 48
    /// Newcomers who become friends of the next one, so that two windows show each other.
    private static let friendsAmongNewcomers = 20
    /// So that not everybody stands on the same corner: blocks around it.
    private static let spread = 3
    /// Small enough that friends come and go.
    static let radius = Radius(metres: 1_500)!

    private struct Book {
        var taken: Set<UserID> = []
        var newcomers: [UserID] = []
    }

    private let people: DemoPeople
    /// Whether the people walk in this process, and so stop walking when somebody comes in as one of them.
    private let isTheirs: Bool
    private let book = Mutex(Book())

    init(people: DemoPeople, isTheirs: Bool = true) {
        self.people = people
        self.isTheirs = isTheirs
    }

    var desk: DemoDesk { DemoDesk(streets: DemoCity.geoJSON) { self.welcome($0) } }

    /// Whether somebody came in as this person.
    func isTaken(_ id: UserID) -> Bool { book.withLock { $0.taken.contains(id) } }

    /// Who comes in by a name, whatever its case; by an id as well. `nil` if there is no room for more.
    func welcome(_ name: String) -> DemoDesk.Guest? {
        let name = String(name.split(separator: " ").joined(separator: " "))
        let namesakes = isTheirs ? people.everybody : []
        if let person = namesakes.first(where: { Self.isCalled(name, $0) }) {
            book.withLock { _ = $0.taken.insert(person.id) }
            return guest(person.id, person.name, friends: [])
        }
        guard var id = Self.id(for: name) else { return nil }
        // Somebody else of the same name, who is walked elsewhere.
        if people.everybody.contains(where: { $0.id == id }), let other = Self.id(for: name + " too") { id = other }
        let others: [UserID]? = book.withLock { book in
            if !book.newcomers.contains(id) {
                guard book.newcomers.count < Self.maximumNewcomers else { return nil }
                book.newcomers.append(id)
            }
            return Array(book.newcomers.suffix(Self.friendsAmongNewcomers + 1)).filter { $0 != id }
        }
        return others.flatMap { guest(id, name, friends: crowd + $0) }
    }

    private var crowd: [UserID] {
        (0..<Self.friendsOfNewcomer).map { people.crowd[$0 * people.crowd.count / Self.friendsOfNewcomer].id }
    }

    private func guest(_ id: UserID, _ name: String, friends: [UserID]) -> DemoDesk.Guest? {
        guard let profile = try? Profile(id: id, name: name) else { return nil }
        return DemoDesk.Guest(
            profile: profile, friends: friends, start: Self.start(of: id), radius: Self.radius)
    }

    /// A corner near Fifth Avenue and 42nd Street, always the same for the same id.
    private static func start(of id: UserID) -> Coordinate {
        var generator = SeededGenerator(seed: id.string.utf8.reduce(5_381) { $0 &* 33 &+ UInt64($1) })
        var corner = DemoCity.fifthAvenueAnd42nd
        corner.avenue += Int.random(in: -1...1, using: &generator)
        corner.street += Int.random(in: -spread...spread, using: &generator)
        return DemoCity.coordinate(x: corner.x, y: corner.y)
    }

    private static func isCalled(_ name: String, _ person: DemoPerson) -> Bool {
        [person.name, person.id.string].contains { $0.lowercased() == name.lowercased() }
    }

    /// `demo-ann-lee` for Ann Lee: never the id of somebody real. What an id cannot hold is spelled in hexadecimal digits.
    static func id(for name: String) -> UserID? {
        var slug = ""
        for byte in name.lowercased().utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                slug.append(Character(Unicode.Scalar(byte)))
            case UInt8(ascii: " "): slug.append("-")
            default: slug += String(byte, radix: 16)
            }
        }
        let room = UserID.maximumLength - DemoPeople.idPrefix.count
        return slug.isEmpty ? nil : UserID(DemoPeople.idPrefix + slug.prefix(room))
    }
}
