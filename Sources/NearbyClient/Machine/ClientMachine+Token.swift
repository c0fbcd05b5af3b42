/// Tokens: fetched when one is needed, and replaced before they end.
extension ClientMachine {
    func tokenIsGood(_ now: Moment) -> Bool {
        guard let token else { return false }
        guard let end = TokenClaims.expiry(of: token) else { return true }
        return end - now.wall > ClientLimits.tokenMargin
    }

    /// The token that was asked for; `nil`: nobody is signed in.
    mutating func tokenGot(_ now: Moment, _ newToken: String?) {
        note(now)
        if case .awaitingToken = phase {
            guard let newToken else { return refuse(.signedOut, nil) }
            token = newToken
            return open(now)
        }
        guard online?.isRefreshing == true else { return }
        online?.isRefreshing = false
        guard let newToken, newToken != token else { return retryRefresh(now) }
        call(.refresh(token: newToken))
    }

    /// No token was to be had.
    mutating func tokenFailed(_ now: Moment) {
        note(now)
        if case .awaitingToken = phase { waitForNextTry(now, .noToken, nil) }
        guard online?.isRefreshing == true else { return }
        online?.isRefreshing = false
        retryRefresh(now)
    }

    mutating func refresh() {
        online?.refreshAt = nil
        online?.isRefreshing = true
        act(.fetchToken)
    }

    mutating func scheduleRefresh(_ now: Moment) {
        guard let end = token.flatMap(TokenClaims.expiry(of:)) else { online?.refreshAt = nil; return }
        let left = end - now.wall
        let share = Int64(Double(left) * ClientLimits.refreshShare)
        online?.refreshAt = now.uptime + max(left - ClientLimits.refreshBefore, share, 0)
    }

    mutating func retryRefresh(_ now: Moment) {
        let spread = nextRandom() * Double(ClientLimits.refreshBefore) * ClientLimits.refreshRetryShare
        online?.refreshAt = now.uptime + ClientLimits.backoffBase + Int64(spread.rounded())
    }
}
