/// One page of a list that is read by key: ask for the next one with the key of the last item.
public struct Page<Item: Sendable>: Sendable {
    public let items: [Item]
    /// Whether there was more behind the last item when this page was read.
    public let hasMore: Bool

    /// `items` may have one item more than `limit`, which only says that there is more.
    init(_ items: [Item], limit: Int) {
        hasMore = items.count > limit
        self.items = hasMore ? Array(items.prefix(limit)) : items
    }
}

extension Page: Equatable where Item: Equatable {}
