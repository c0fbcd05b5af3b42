import Channels
import Geo

/// What one client knows from the frames it got, folded in as the contract says, with checks of everything
/// that must hold for each single frame.
final class SimulatedClient {
    struct Entry: Equatable {
        var coordinate: Coordinate
        var timestamp: Int64
    }

    let name: String
    let user: UserIndex
    let shard: Int
    let session: UInt32
    /// Whether it asks for every page, so that it has an entry for each friend within the radius.
    let pagesAll: Bool
    var radius: Radius
    var muted: Set<UserIndex> = []
    /// A client that does not read: it takes one frame and then none until it is released.
    var isSlow = false
    /// Friends who may be sent again with the state that the client has.
    var mayRepeat: Set<UserIndex> = []
    /// How often the client itself moved or changed its radius; more than once, and friends may have left
    /// and returned.
    var ownChanges = 0
    private(set) var view: [UserIndex: Entry] = [:]
    private(set) var total = 0
    private(set) var framesWhileSlow = 0
    private(set) var faults: [String] = []
    private var introduced: Set<UserIndex> = []
    private var newest: [UserIndex: Int64] = [:]

    init(name: String, user: UserIndex, shard: Int, session: UInt32, radius: Radius, pagesAll: Bool) {
        self.name = name
        self.user = user
        self.shard = shard
        self.session = session
        self.radius = radius
        self.pagesAll = pagesAll
    }

    /// - Parameter isWelcome: only the welcome tells a total.
    func take(_ page: FriendsPage, isWelcome: Bool, from shard: Shard) {
        if isWelcome { total = page.total }
        for item in page.items { enter(item, shard.state(ofChannel: item.channel)) }
    }

    /// - Returns: whether it takes another frame.
    func take(_ items: UnsafeBufferPointer<FrameItem>, total: Int?, from shard: Shard) -> Bool {
        if framesWhileSlow > 0 { faults.append("a second frame to a client that does not read") }
        if Set(items.map(\.user)).count != items.count { faults.append("an id stands twice in a frame") }
        for item in items {
            if item.kind.isGone { leave(item) } else { enter(item, shard.state(ofChannel: item.channel)) }
        }
        if let total { self.total = total }
        if isSlow { framesWhileSlow += 1 }
        return !isSlow
    }

    /// Everything that happened before has been told.
    func beginStep() {
        mayRepeat = []
        ownChanges = 0
    }

    func release() {
        isSlow = false
        framesWhileSlow = 0
    }

    func forget(_ friend: UserIndex) { view[friend] = nil }

    private func enter(_ item: FrameItem, _ state: ChannelState) {
        if state.user != item.user { faults.append("the state of another user") }
        if item.kind == .shown, !introduced.contains(item.user) {
            faults.append("no profile with the first item")
        }
        if state.timestamp < newest[item.user] ?? .min { faults.append("an older ts after a newer one") }
        if item.kind == .shown, ownChanges < 2, !mayRepeat.contains(item.user),
            view[item.user]?.timestamp == state.timestamp
        {
            faults.append("sent again without news")
        }
        introduced.insert(item.user)
        newest[item.user] = state.timestamp
        let coordinate = Coordinate(
            latitudeE7: state.coordinateE7.latitude, longitudeE7: state.coordinateE7.longitude)!
        view[item.user] = Entry(coordinate: coordinate, timestamp: state.timestamp)
    }

    private func leave(_ item: FrameItem) {
        if view.removeValue(forKey: item.user) == nil, !muted.contains(item.user) {
            faults.append("gone without having been there")
        }
    }
}
