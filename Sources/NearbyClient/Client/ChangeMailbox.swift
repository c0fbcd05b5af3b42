/// The changes that one consumer has not taken yet: one digest, never a queue. On the driver's event loop.
final class ChangeMailbox {
    private var news = NewsDigest()
    private var waiting: CheckedContinuation<NearbyChange?, Never>?
    private var isOver = false

    /// A new consumer is told of all that there is, so that its first change is the whole state.
    func begin(with snapshot: NearbySnapshot) {
        news.touch()
        for friend in snapshot.friends { news.entered(friend.id) }
    }

    /// Keeps the news for the consumer, or gives them to it if it waits.
    func put(_ later: NewsDigest, _ snapshot: () -> NearbySnapshot) {
        news.merge(later)
        guard let waiting else { return }
        self.waiting = nil
        waiting.resume(returning: take(snapshot))
    }

    /// Takes the news without waiting; `nil` if there are none.
    func poll(_ snapshot: () -> NearbySnapshot) -> NearbyChange? { news.isNews ? take(snapshot) : nil }

    /// Resumes with the next news, or with `nil` at the end.
    func next(_ continuation: CheckedContinuation<NearbyChange?, Never>, _ snapshot: () -> NearbySnapshot) {
        // Two tasks cannot share an iterator; should they, the first gives way.
        waiting?.resume(returning: nil)
        waiting = nil
        if let change = poll(snapshot) { return continuation.resume(returning: change) }
        if isOver { return continuation.resume(returning: nil) }
        waiting = continuation
    }

    /// There is nobody who listens, or nothing more to hear.
    func end() {
        isOver = true
        waiting?.resume(returning: nil)
        waiting = nil
    }

    private func take(_ snapshot: () -> NearbySnapshot) -> NearbyChange {
        defer { news = NewsDigest() }
        return news.change(snapshot())
    }
}
