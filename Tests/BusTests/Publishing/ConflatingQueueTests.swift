import Testing

@testable import ChannelBus

@Suite("The queue that conflates")
struct ConflatingQueueTests {
    /// Several numbered members, the newest value of each.
    private struct Members: Waiting, Equatable {
        var values: [Int: Int]
        var count: Int { values.count }
        mutating func merge(_ later: Members) { values.merge(later.values) { _, new in new } }
    }

    @Test("It is what a plain list would be, at any mixture of calls", arguments: 0..<40)
    func model(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        var queue = ConflatingQueue<Int, Members>(maximumCount: 12)
        var model: [(key: Int, value: Members)] = []
        for step in 0..<400 {
            let key = random.below(6)
            let value = Members(values: [random.below(2): step, 2 + random.below(2): step])
            let place = model.firstIndex { $0.key == key }
            let total = model.reduce(0) { $0 + $1.value.count }
            switch random.below(5) {
            case 0, 1:
                var merged = place.map { model[$0].value } ?? Members(values: [:])
                merged.merge(value)
                let fits = total - (place.map { model[$0].value.count } ?? 0) + merged.count <= 12
                #expect(queue.put(value, for: key) == fits)
                guard fits else { break }
                if let place { model[place].value = merged } else { model.append((key, merged)) }
            case 2:
                guard let place else { break }
                var merged = value
                merged.merge(model[place].value)
                let fits = total - model[place].value.count + merged.count <= 12
                #expect(queue.putBack(value, for: key) == fits)
                if fits { model[place].value = merged }
            default:
                let first = queue.takeFirst()
                #expect(first?.key == model.first?.key)
                #expect(first?.value == model.first?.value)
                if !model.isEmpty { model.removeFirst() }
            }
            #expect(queue.count == model.reduce(0) { $0 + $1.value.count })
            #expect(queue.isEmpty == model.isEmpty)
        }
    }

    @Test("What only renews is always taken, and nothing new when it is full")
    func full() {
        var queue = ConflatingQueue<Int, Members>(maximumCount: 2)
        #expect(queue.put(Members(values: [1: 1]), for: 1) == true)
        #expect(queue.put(Members(values: [1: 1]), for: 2) == true)
        #expect(queue.put(Members(values: [1: 1]), for: 3) == false)
        #expect(queue.put(Members(values: [1: 9]), for: 1) == true)
        #expect(queue.put(Members(values: [2: 9]), for: 1) == false)
        #expect(queue.takeFirst()?.value == Members(values: [1: 9]))
    }
}
