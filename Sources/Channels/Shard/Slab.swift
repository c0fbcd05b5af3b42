#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Elements at addresses that never move, found by a `UInt32` index.
///
/// The address space for all elements is reserved at once and the kernel gives memory to the
/// pages that are touched, so growing neither copies nor pauses. Index 0 is never given out: it can
/// stand for "none". Owned by one shard.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
    let base: UnsafeMutablePointer<Element>
    private let capacity: UInt32
    private let byteCount: Int
    /// The first index that was never used.
    private var end: UInt32 = 1
    private var released: [UInt32] = []

    /// - Parameter capacity: the most elements, a matter of address space only.
    init(capacity: UInt32) {
        self.capacity = capacity
        byteCount = Int(capacity) * MemoryLayout<Element>.stride
        let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
        let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let memory, memory != MAP_FAILED else {
            fatalError("cannot reserve \(byteCount) bytes of address space; is `ulimit -v` set?")
        }
        base = memory.bindMemory(to: Element.self, capacity: Int(capacity))
    }

    deinit {
        munmap(UnsafeMutableRawPointer(base), byteCount)
    }

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
