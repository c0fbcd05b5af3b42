internal import NIOCore
internal import Synchronization

/// What other threads leave for an event loop: in order, and the loop is woken once however much it is.
final class Inbox<Item: Sendable>: Sendable {
    private struct Content {
        var items: [Item] = []
        /// Whether the loop knows.
        var isTold = false
    }

    private let loop: any EventLoop
    private let content = Mutex(Content())

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    /// - Parameter look: called on the loop, to ``take(into:)``.
    func leave(_ item: Item, _ look: @escaping @Sendable () -> Void) {
        let isFirst = content.withLock { content in
            content.items.append(item)
            defer { content.isTold = true }
            return !content.isTold
        }
        if isFirst { loop.execute(look) }
    }

    /// Changes places with an empty array, so that both keep their room.
    func take(into items: inout [Item]) {
        content.withLock { content in
            swap(&content.items, &items)
            content.isTold = false
        }
    }
}
