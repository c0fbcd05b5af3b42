import NIOCore

/// What happens to a client, for one consumer: an asynchronous sequence that never lags behind.
///
/// The first element is the whole state. Whoever is slow gets fewer, newer elements: what happened since the last one
/// is folded into one change with the newest state. So a consumer costs a fixed amount of memory, however slow it is
/// and however much happens: an entry for each friend in the list or known to the consumer, and at most
/// ``NearbyChange/maximumErrors`` errors. Every iteration has its own place; it ends when its task is cancelled or
/// the ``Nearby`` is released.
public struct NearbyChanges: AsyncSequence, Sendable {
    public typealias Element = NearbyChange
    public typealias Failure = Never

    let handle: ClientHandle

    public func makeAsyncIterator() -> Iterator { Iterator(place: Place(handle: handle)) }

    public struct Iterator: AsyncIteratorProtocol {
        let place: Place

        public mutating func next() async -> NearbyChange? { await place.next() }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> NearbyChange? { await place.next() }
    }
}

extension NearbyChanges {
    /// A consumer's place; leaves when the iterator is released.
    final class Place: Sendable {
        private let handle: ClientHandle
        private let mailbox: NIOLoopBoundBox<ChangeMailbox?>

        init(handle: ClientHandle) {
            self.handle = handle
            mailbox = .makeEmptyBox(valueType: ChangeMailbox.self, eventLoop: handle.eventLoop)
            handle.perform { [mailbox] driver in
                let new = ChangeMailbox()
                mailbox.value = new
                guard let driver else { return new.end() }
                driver.add(new)
            }
        }

        func next() async -> NearbyChange? {
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    handle.perform { [mailbox] driver in
                        guard let mailbox = mailbox.value, let driver else {
                            return continuation.resume(returning: nil)
                        }
                        mailbox.next(continuation) { driver.snapshot }
                    }
                }
            } onCancel: {
                leave()
            }
        }

        private func leave() {
            handle.perform { [mailbox] driver in
                guard let mailbox = mailbox.value else { return }
                if let driver { driver.remove(mailbox) } else { mailbox.end() }
            }
        }

        deinit { leave() }
    }
}
