/// From a user to that user's channel on this shard: two array look-ups, 4 bytes a user in pages
/// of 4 KiB that are made when first needed. Owned by one shard.
struct IndexMap: ~Copyable {
    private static let pageSize = 1_024

    private var pages: ContiguousArray<UnsafeMutablePointer<UInt32>?> = []

    deinit {
        for page in pages { page?.deallocate() }
    }

    /// The channel, or 0 if there is none.
    subscript(user: UserIndex) -> UInt32 {
        @inline(__always) get {
            let page = Int(user) / Self.pageSize
            guard page < pages.count, let pointer = pages[page] else { return 0 }
            return pointer[Int(user) % Self.pageSize]
        }
        set {
            let page = Int(user) / Self.pageSize
            if page >= pages.count {
                pages.append(contentsOf: repeatElement(nil, count: page + 1 - pages.count))
            }
            if pages[page] == nil {
                let pointer = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.pageSize)
                pointer.initialize(repeating: 0, count: Self.pageSize)
                pages[page] = pointer
            }
            pages[page]![Int(user) % Self.pageSize] = newValue
        }
    }
}
