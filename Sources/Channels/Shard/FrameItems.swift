/// Where the items of one frame are collected: who is shown from the front, who is gone from the back.
///
/// A session's dirty follows are at most ``EngineSettings/maximumFollows``, so there is always room.
/// Owned by one shard. A constant of it, for the reason given at ``ReadyList``.
struct FrameItems: ~Copyable {
    private struct Counts {
        var shown = 0
        var gone = 0
    }

    private static let capacity = EngineSettings.maximumFollows

    private let memory = Reservation<FrameItem>(capacity: capacity)
    private let counts: UnsafeMutablePointer<Counts>

    init() {
        counts = .allocate(capacity: 1)
        counts.initialize(to: Counts())
    }

    deinit { counts.deallocate() }

    @inline(__always)
    var shownCount: Int { counts.pointee.shown }
    @inline(__always)
    var goneCount: Int { counts.pointee.gone }
    @inline(__always)
    var isEmpty: Bool { shownCount + goneCount == 0 }
    var shown: UnsafeBufferPointer<FrameItem> { UnsafeBufferPointer(start: memory.base, count: shownCount) }

    @inline(__always)
    func addShown(_ item: FrameItem) {
        memory.base[shownCount] = item
        counts.pointee.shown += 1
    }

    @inline(__always)
    func addGone(_ item: FrameItem) {
        counts.pointee.gone += 1
        memory.base[Self.capacity - goneCount] = item
    }

    /// Takes all items out: those who are shown, then those who are gone; valid until the next one is added.
    func take() -> UnsafeBufferPointer<FrameItem> {
        let (base, taken) = (memory.base, counts.pointee)
        counts.pointee = Counts()
        if taken.gone > 0 {
            (base + taken.shown).update(from: base + Self.capacity - taken.gone, count: taken.gone)
        }
        return UnsafeBufferPointer(start: base, count: taken.shown + taken.gone)
    }
}
