import Geo
import Testing

@testable import Strangers

@Suite struct PseudonymsTests {
    let pseudonyms = Pseudonyms(secret: Array(0..<32))
    let cell = PublishedCell(BlurredCell(Geohash("u33dc1")!)!, precision: 6)!
    let other = PublishedCell(BlurredCell(Geohash("u33dc3")!)!, precision: 6)!
    let start: Int64 = 1_760_000_000_000

    private func sid(target: Int64, observer: Int64, at wall: Int64, cell: PublishedCell? = nil) -> Sid {
        pseudonyms.sid(
            of: StrangerIdentity(number: target, life: 1), at: cell ?? self.cell,
            for: StrangerIdentity(number: observer, life: 2),
            lifetime: pseudonyms.lifetime(ofObserver: UInt64(observer), wallMilliseconds: wall))
    }

    @Test(arguments: [0, 1, 77, StrangerLimits.maximumUserNumber])
    func resolvesForItsObserver(number: Int64) {
        #expect(
            pseudonyms.resolve(sid(target: number, observer: 5, at: start), observer: 5, wallMilliseconds: start)
                == number)
        #expect(
            pseudonyms.resolve(sid(target: 9, observer: number, at: start), observer: number, wallMilliseconds: start)
                == 9)
    }

    @Test func refusesOthers() {
        let sid = sid(target: 9, observer: 5, at: start)
        for observer in [4, 6, 9, 0, -1, Int64.max, .min] as [Int64] {
            #expect(pseudonyms.resolve(sid, observer: observer, wallMilliseconds: start) == nil)
        }
        #expect(Pseudonyms(secret: Array(1..<33)).resolve(sid, observer: 5, wallMilliseconds: start) == nil)
        for bit in 0..<64 {
            let forged = Sid(high: sid.high ^ 1 << UInt64(bit), low: sid.low)
            #expect(pseudonyms.resolve(forged, observer: 5, wallMilliseconds: start) == nil)
        }
    }

    @Test func aDayPassesALifetimeMoreFails() {
        let (day, lifetime) = (Int64(86_400_000), Int64(900_000))
        for offset in stride(from: Int64(0), to: lifetime, by: 61_000) {
            let sid = sid(target: 9, observer: 5, at: start + offset)
            #expect(pseudonyms.resolve(sid, observer: 5, wallMilliseconds: start + offset + day) == 9)
            #expect(pseudonyms.resolve(sid, observer: 5, wallMilliseconds: start + offset + day + lifetime) == nil)
            #expect(pseudonyms.resolve(sid, observer: 5, wallMilliseconds: start + offset - lifetime) == 9)
            #expect(pseudonyms.resolve(sid, observer: 5, wallMilliseconds: start + offset - 2 * lifetime) == nil)
        }
    }

    @Test func differentForEverything() {
        var seen: Set<Sid> = []
        var count = 0
        for target in Int64(1)...20 {
            for observer in Int64(1)...20 {
                for slot in Int64(0)..<5 {
                    for cell in [cell, other] {
                        let wall = start + slot * StrangerLimits.pseudonymMilliseconds
                        seen.insert(sid(target: target, observer: observer, at: wall, cell: cell))
                        count += 1
                    }
                }
            }
        }
        #expect(seen.count == count)
    }

    @Test func livesDiffer() {
        let one = StrangerIdentity(number: 7, life: 1)
        let two = StrangerIdentity(number: 7, life: 2)
        let observer = StrangerIdentity(number: 8, life: 3)
        let sids = [(one, observer), (two, observer), (one, StrangerIdentity(number: 8, life: 4))].map {
            pseudonyms.sid(of: $0.0, at: cell, for: $0.1, lifetime: 5)
        }
        #expect(Set(sids).count == 3)
    }

    /// Each observer's pseudonyms change at a time of its own, all after 15 minutes.
    @Test func phasesDiffer() {
        let length = StrangerLimits.pseudonymMilliseconds
        var changes: Set<Int64> = []
        for observer in UInt64(1)...50 {
            let first = pseudonyms.lifetime(ofObserver: observer, wallMilliseconds: start)
            #expect(pseudonyms.lifetime(ofObserver: observer, wallMilliseconds: start + length) == first + 1)
            var (low, high) = (start, start + length)
            while high - low > 1 {
                let middle = (low + high) / 2
                if pseudonyms.lifetime(ofObserver: observer, wallMilliseconds: middle) == first {
                    low = middle
                } else {
                    high = middle
                }
            }
            changes.insert(high)
        }
        #expect(changes.count > 45)
    }

    @Test func textRoundTripsAndSortsAsNumbersDo() throws {
        var random = SeededGenerator(seed: 3)
        var sids = (0..<500).map { _ in Sid(high: random.next(), low: random.next()) }
        sids += [Sid(high: 0, low: 0), Sid(high: .max, low: .max), Sid(high: 0, low: 1), Sid(high: 1, low: 0)]
        for sid in sids {
            let text = sid.description
            #expect(text.utf8.count == 22 && Sid(text) == sid)
            #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        }
        #expect(
            sids.sorted().map(\.description)
                == sids.map { Array($0.description.utf8) }
                .sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) })
    }

    @Test(arguments: [
        "", "abc", String(repeating: "-", count: 21), String(repeating: "-", count: 23),
        String(repeating: "z", count: 22), String(repeating: "-", count: 21) + "1", String(repeating: "*", count: 22),
        String(repeating: "é", count: 11),
    ])
    func refusesOtherTexts(text: String) { #expect(Sid(text) == nil) }
}
