import Channels
import Geo
import Testing

@testable import ChannelBus

@Suite("What waits to be published")
struct PublicationTests {
    @Test("A state that comes back does not replace a newer one")
    func stateComesBack() {
        var queue = ConflatingQueue<BusChannel, Publication>(maximumCount: 10)
        let channel = BusChannel.user(.number(1))
        #expect(queue.put(.state(.sample(2)), for: channel) == true)
        #expect(queue.putBack(.state(.sample(1)), for: channel) == true)
        guard case .state(let state) = queue.takeFirst()?.value else {
            Issue.record("no state")
            return
        }
        #expect(state.timestamp == 2)
    }

    @Test("The members of a cell share messages: 512 one, one more a second")
    func members() {
        let form = PublishForm(process: 1)
        for (count, messages) in [(512, 1), (513, 2)] {
            let records = Dictionary(
                uniqueKeysWithValues: (0..<count).map { (UserID.number($0), Record(kind: 64, user: 0)) })
            var noted = 0
            var writer = CommandWriter()
            var queue = ConflatingQueue<BusChannel, Publication>(maximumCount: 1_000)
            #expect(queue.put(.records(records), for: .cell(Geohash("dr5ru")!)) == true)
            form.write(from: &queue, now: 0, into: &writer) { noted += $1.count > 0 && $2 ? 1 : 0 }
            #expect(noted == messages)
        }
    }
}
