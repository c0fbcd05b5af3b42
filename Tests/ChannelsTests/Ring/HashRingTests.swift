import Channels
import Testing

@Suite struct HashRingTests {
    private static func servers(_ numbers: some Sequence<Int>) -> [String] {
        numbers.map { "redis://10.0.0.\($0):6379" }
    }

    private static func ring(_ numbers: some Sequence<Int>) -> HashRing { HashRing(members: servers(numbers))! }

    private static let keys = (0..<100_000).map { Array("user:\($0)".utf8) }

    @Test func `the order of the list and repetitions do not matter`() throws {
        let ring = Self.ring(1...7)
        let shuffled = try #require(HashRing(members: Self.servers([3, 1, 7, 2, 2, 6, 5, 4, 1])))
        #expect(shuffled == ring)
        #expect(Self.keys.prefix(1_000).allSatisfy { ring.member(for: $0) == shuffled.member(for: $0) })
    }

    /// Another process, another version, another machine: a channel must be where it was.
    @Test(arguments: [
        ("user:ann", "redis://10.0.0.2:6379"), ("user:bob", "redis://10.0.0.3:6379"),
        ("cell:dr5ru7", "redis://10.0.0.2:6379"), ("", "redis://10.0.0.3:6379"),
    ])
    func `a key is where it always was`(_ key: String, _ server: String) {
        #expect(Self.ring(1...3).member(for: key.utf8) == server)
    }

    /// One standard deviation around the mean, as the share of all keys, over many rings.
    @Test func `loads differ by about seven in a hundred`() {
        var worst: [Double] = []
        for count in [2, 3, 5, 10, 20, 50] {
            for start in stride(from: 1, through: 1_000, by: 100) {
                let shares = Self.ring(start..<start + count).shares
                #expect((shares.reduce(0, +) - 1).magnitude < 1e-9)
                let mean = 1 / Double(count)
                let variance = shares.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count)
                worst.append(variance.squareRoot() / mean)
            }
        }
        let typical = worst.reduce(0, +) / Double(worst.count)
        #expect(typical <= 0.07)
        #expect(worst.allSatisfy { $0 < 0.12 })
    }

    @Test func `keys fall on servers as their shares say`() {
        let ring = Self.ring(1...5)
        var counts = [Double](repeating: 0, count: 5)
        for key in Self.keys { counts[ring.index(of: key)] += 1 }
        for (share, count) in zip(ring.shares, counts) {
            #expect((count / Double(Self.keys.count) - share).magnitude < 0.01)
        }
    }

    @Test func `a server that comes takes its part and moves nothing else`() {
        for count in [1, 2, 3, 9] {
            let (before, after) = (Self.ring(1...count), Self.ring(1...count + 1))
            let new = Self.servers([count + 1])[0]
            var moved = 0
            for key in Self.keys {
                let (from, to) = (before.member(for: key), after.member(for: key))
                guard from != to else { continue }
                #expect(to == new)
                moved += 1
            }
            let share = Double(moved) / Double(Self.keys.count)
            #expect((share * Double(count + 1) - 1).magnitude < 0.25)
            #expect((before.share(movingTo: after) - share).magnitude < 0.01)
            #expect(before.share(movingTo: after) == after.share(movingTo: before))
        }
        #expect(Self.ring(1...3).share(movingTo: Self.ring(1...3)) == 0)
        #expect((Self.ring(1...3).share(movingTo: Self.ring(4...6)) - 1).magnitude < 1e-9)
    }

    @Test func `the limits pass and one more fails`() {
        #expect(HashRing(members: []) == nil)
        #expect(HashRing(members: [""]) == nil)
        #expect(HashRing(members: ["a", ""]) == nil)
        #expect(HashRing(members: ["a"])?.member(for: "x".utf8) == "a")
        #expect(HashRing(members: Self.servers(1...HashRing.maximumMembers)) != nil)
        #expect(HashRing(members: Self.servers(1...HashRing.maximumMembers + 1)) == nil)
    }
}
