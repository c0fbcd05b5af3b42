import Testing

@testable import ChannelBus

@Suite("The table of names")
struct NameTableTests {
    @Test("It finds what a dictionary finds, also with hashes that collide", arguments: 0..<20)
    func model(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        // Few hashes, so that most places are taken by somebody else.
        let hashes: UInt32 = seed % 2 == 0 ? 7 : .max
        var table = NameTable()
        var names: [Int32: (name: Int, hash: UInt32)] = [:]
        var slots: [Int: Int32] = [:]
        for step in 0..<2_000 {
            let name = random.below(300)
            let hash = UInt32(truncatingIfNeeded: name &* 2_654_435_761) % hashes
            if let slot = slots[name], random.below(2) == 0 {
                table.remove(slot, hash: hash)
                slots[name] = nil
                names[slot] = nil
            } else if slots[name] == nil {
                let slot = Int32(step)
                table.insert(slot, hash: hash)
                slots[name] = slot
                names[slot] = (name, hash)
            }
            let wanted = random.below(300)
            let wantedHash = UInt32(truncatingIfNeeded: wanted &* 2_654_435_761) % hashes
            let found = table.slot(hash: wantedHash) { names[$0]?.name == wanted }
            if found != slots[wanted] { Issue.record("another slot") }
        }
        #expect(table.count == slots.count)
        for (name, slot) in slots {
            #expect(table.slot(hash: names[slot]!.hash) { names[$0]?.name == name } == slot)
        }
    }
}
