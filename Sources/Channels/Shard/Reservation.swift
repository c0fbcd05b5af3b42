#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Room for many elements at addresses that never move.
///
/// The address space for all of them is reserved at once and the kernel gives zeroed memory to the
/// pages that are touched, so growing neither copies nor pauses.
///
/// From 2 MiB on large pages are asked for: what stands here is read in random order, and with small pages looking
/// up the page then costs as much as the reading. A small process does without them, so it is not
/// charged 2 MiB for a few entries.
struct Reservation<Element: BitwiseCopyable>: ~Copyable {
    private static var smallPageBytes: Int { 2 << 20 }

    let base: UnsafeMutablePointer<Element>
    private let byteCount: Int

    /// - Parameter capacity: the most elements, a matter of address space only.
    init(capacity: Int) {
        byteCount = capacity * MemoryLayout<Element>.stride
        let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
        let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let memory, memory != MAP_FAILED else {
            fatalError("cannot reserve \(byteCount) bytes of address space; is `ulimit -v` set?")
        }
        #if os(Linux)
            if byteCount > Self.smallPageBytes {
                madvise(memory + Self.smallPageBytes, byteCount - Self.smallPageBytes, MADV_HUGEPAGE)
            }
        #endif
        base = memory.bindMemory(to: Element.self, capacity: capacity)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(base), byteCount)
    }
}
