internal import Channels
internal import NIOCore

/// One read of several users, while some server still has to answer. Lives on the cache's loop.
final class CacheFetch {
    private(set) var states: [UserState?]
    /// Places of which some answer is due or will not come.
    private var due: [Int]
    private var questions = 0
    private var finish: ((CacheAnswer) -> Void)?
    private var timeout: Scheduled<Void>?

    init(count: Int, finish: @escaping (CacheAnswer) -> Void) {
        states = [UserState?](repeating: nil, count: count)
        due = [Int](repeating: 0, count: count)
        self.finish = finish
    }

    var isOver: Bool { finish == nil }

    func limit(_ timeout: Scheduled<Void>) {
        self.timeout = timeout
    }

    /// A server is asked for the users at `places`.
    func asked(_ places: [Int]) {
        questions += 1
        for place in places { due[place] += 1 }
    }

    /// The server has answered for these; `state` says what, and may be called once a place.
    func answered(_ places: [Int], _ state: (Int) -> UserState?) {
        guard !isOver else { return }
        for (number, place) in places.enumerated() {
            due[place] -= 1
            guard let found = state(number) else { continue }
            if let known = states[place], CacheRank(known) >= CacheRank(found) { continue }
            states[place] = found
        }
        closeQuestion()
    }

    /// The server will not answer.
    func lost() { closeQuestion() }

    private func closeQuestion() {
        questions -= 1
        if questions == 0 { end() }
    }

    /// Tells what there is; once.
    func end() {
        guard let finish else { return }
        self.finish = nil
        timeout?.cancel()
        finish(CacheAnswer(states: states, unknown: due.indices.filter { due[$0] > 0 && states[$0] == nil }))
    }
}
