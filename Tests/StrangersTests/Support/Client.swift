import Geo
import Testing

@testable import Strangers

/// What a client of one session has been told, and checks that it was told nothing contradictory.
final class Client {
    let session: UInt32
    let user: UInt32
    let shard: Int
    var view: [Sid: Stranger] = [:]
    var isOn = false
    var readyCount = 0
    var isTooFew = true
    var reasons: [StrangerEnd] = []
    var cells: [Geohash] = []

    init(session: UInt32, user: UInt32, shard: Int) {
        self.session = session
        self.user = user
        self.shard = shard
    }

    func take(_ status: StrangerStatus) {
        isOn = true
        isTooFew = status.isTooFew
        cells = status.routing.cells
        #expect(status.items.map(\.sid) == status.items.map(\.sid).sorted())
        view = Dictionary(uniqueKeysWithValues: status.items.map { ($0.sid, $0) })
    }

    func take(_ changes: StrangerChanges) {
        #expect(changes.entered.map(\.sid) == changes.entered.map(\.sid).sorted())
        #expect(changes.gone == changes.gone.sorted())
        #expect(Set(changes.gone).isDisjoint(with: changes.entered.map(\.sid)))
        for sid in changes.gone { view[sid] = nil }
        for item in changes.entered { view[item.sid] = item }
    }
}
