/// Elements at addresses that never move, found by a `UInt32` index.
///
/// Index 0 is never given out: it can stand for "none". Owned by one shard.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
    private let memory: Reservation<Element>
    private let capacity: UInt32
    /// The first index that was never used.
    private var end: UInt32 = 1
    private var released: [UInt32] = []

    /// - Parameter capacity: the most elements, a matter of address space only.
    init(capacity: UInt32) {
        self.capacity = capacity
        memory = Reservation(capacity: Int(capacity))
    }

    var base: UnsafeMutablePointer<Element> { memory.base }

    /// One more than the highest index that was ever given out.
    var limit: UInt32 { end }

    /// How many elements are in use.
    var count: Int { Int(end) - 1 - released.count }

    /// An index for a new element, which is set to `element`; `nil` when the slab is full.
    mutating func take(_ element: Element) -> UInt32? {
        let index: UInt32
        if let last = released.popLast() {
            index = last
        } else {
            guard end < capacity else { return nil }
            index = end
            end += 1
        }
        (base + Int(index)).initialize(to: element)
        return index
    }

    /// Gives an index back. Its memory stays readable.
    mutating func give(_ index: UInt32) {
        released.append(index)
    }
}
