import ChannelBus
import Etcd
import Testing

@testable import Rings

@Suite struct KnownRingTests {
    private func value(_ text: String, _ revision: Int64) -> EtcdValue {
        EtcdValue(key: RingKeys.bus, value: Array(text.utf8), modified: revision, lease: 0)
    }

    @Test func goodValuesAreTakenAndNothingElse() throws {
        var known = KnownRing(settings: BusSettings())
        #expect(known.take(nil, revision: 3) == .missing)
        let first = try RingList(["redis://127.0.0.1:1"])
        #expect(known.take(value(first.json, 5), revision: 5) == .changed(first))
        #expect(known.take(value(first.json, 5), revision: 5) == .same)
        #expect(known.take(value(first.json, 6), revision: 6) == .same)
        #expect(known.revision == 6)
        // Older ones, good or not, are passed over.
        #expect(known.take(value(#"["redis://127.0.0.1:2"]"#, 4), revision: 4) == .same)
        #expect(known.take(value("[]", 7), revision: 7) == .refused(.bad(.empty)))
        #expect(known.take(value("broken", 8), revision: 8) == .refused(.bad(.broken)))
        #expect(known.take(value(#"["redis://example.com"]"#, 9), revision: 9) == .refused(.bad(.plaintext)))
        #expect(known.take(nil, revision: 10) == .refused(.removed))
        #expect(known.list == first && known.revision == 6 && known.refusals == 4)
        let second = try RingList(["redis://127.0.0.1:2"])
        #expect(known.take(value(second.json, 11), revision: 11) == .changed(second))
        #expect(known.list == second && known.refusals == 4 && known.lastRefusal == nil)
    }
}
