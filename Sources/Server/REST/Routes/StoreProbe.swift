import Friends

/// Whether the stores answer. However often it is asked, at most one question at a time goes to them, so a
/// store that hangs is not asked more and more.
actor StoreProbe {
    private let stores: Stores
    private let time: Duration
    private var isAsking = false
    private var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    private var nextTicket = 0

    init(stores: Stores, time: Duration = Limits.readinessTime) {
        self.stores = stores
        self.time = time
    }

    /// `false` if the store fails, or takes longer than the time it has.
    func answers() async -> Bool {
        nextTicket += 1
        let ticket = nextTicket
        let timeOut = Task { [time] in
            try? await Task.sleep(for: time)
            resolve(ticket, false)
        }
        defer { timeOut.cancel() }
        return await withCheckedContinuation { continuation in
            waiting[ticket] = continuation
            guard !isAsking else { return }
            isAsking = true
            Task { await ask() }
        }
    }

    /// Any read will do: number 0 is nobody's.
    private func ask() async {
        let isGood: Bool
        do {
            _ = try await stores.users.user(number: 0)
            isGood = true
        } catch {
            isGood = false
        }
        isAsking = false
        for ticket in waiting.keys { resolve(ticket, isGood) }
    }

    private func resolve(_ ticket: Int, _ isGood: Bool) {
        waiting.removeValue(forKey: ticket)?.resume(returning: isGood)
    }
}
