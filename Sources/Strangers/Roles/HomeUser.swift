import Geo

/// What a user's home shard knows of it while it is among strangers.
struct HomeUser {
    /// As far as sessions of this process are concerned; `nil` if it has none.
    var own: OwnUser?
    /// What other processes said; at most one entry each. Those that are gone stay until their time is over, so that
    /// nothing older brings them back.
    var remotes: [RemotePresence] = []
    /// The order of what this process said of it last.
    var lastOrder: UInt64 = 0
    /// The claim that stands.
    var claim: Standing?
    /// The entry of the deadlines that counts; others of this user are stale.
    var armed: Int64 = .max

    /// What the owner was told last.
    struct Standing {
        var cell: BlurredCell?
        var identity: StrangerIdentity
        var minute: UInt32
        /// Whether it is suspended because the user was silent too long.
        var isSilent = false
    }

    var isEmpty: Bool { own == nil && remotes.isEmpty }

    /// What other processes say that counts.
    var visibleRemotes: some Sequence<Presence> { remotes.lazy.map(\.presence).filter(\.kind.isVisible) }

    /// The cells of precision 4 that the user is in, by this process or another, and has to be found by.
    var channels: [Geohash] {
        var channels: [Geohash] = []
        if let ownChannel { channels.append(ownChannel) }
        for presence in visibleRemotes where !channels.contains(presence.cell.channel) {
            channels.append(presence.cell.channel)
        }
        return channels
    }

    /// When something is to be done about the user, if nothing else happens.
    func nextDue(inactivity: Int64, isShared: Bool) -> Int64? {
        var due = remotes.lazy.map(\.end).min() ?? .max
        if let own { due = min(due, own.nextDue(inactivity: inactivity, isShared: isShared)) }
        return due == .max ? nil : due
    }

    /// The cell of precision 4 in which this process says the user to be.
    var ownChannel: Geohash? { own?.presence.flatMap { $0.isSilent ? nil : $0.cell?.channel } }

    // MARK: What is said

    /// Takes what another process says.
    ///
    /// - Returns: false if something newer is known of it.
    mutating func note(_ said: Presence, now: Int64) -> Bool {
        let entry = RemotePresence(presence: said, heard: now)
        guard let place = remotes.firstIndex(where: { $0.presence.process == said.process }) else {
            if remotes.count == StrangerLimits.maximumProcesses { forgetOldest() }
            remotes.append(entry)
            return true
        }
        let known = remotes[place].presence
        guard said.order >= known.order, said.order > known.order || !known.kind.isEnd else { return false }
        remotes[place] = entry
        return true
    }

    private mutating func forgetOldest() {
        guard let oldest = remotes.indices.min(by: { remotes[$0].heard < remotes[$1].heard }) else { return }
        remotes.remove(at: oldest)
    }

    /// What is to be claimed: the place that the best of all presences says, and the oldest life of all; `nil` if the
    /// user is visible by none. Every process that has heard the same comes to the same.
    func target(process: UInt64?) -> Standing? {
        let remote = visibleRemotes.max { $1.isBetter(than: $0) }
        let elder = visibleRemotes.min { $0.isOlder(than: $1) }
        guard let own, let presence = own.presence, !presence.isSilent else {
            guard let remote, let elder else { return nil }
            return Standing(remote, life: elder.identity.life)
        }
        let isYounger = elder.map(presence.isYounger) ?? false
        let life = isYounger ? elder?.identity.life ?? 0 : presence.identity.life
        if let remote, !own.isBetter(than: remote, process: process ?? 0) {
            return Standing(remote, life: life)
        }
        let identity = StrangerIdentity(number: Int64(presence.identity.number), life: life)
        return Standing(cell: presence.cell, identity: identity, minute: presence.minute)
    }
}

extension HomeUser.Standing {
    fileprivate init(_ presence: Presence, life: UInt64) {
        let number = Int64(presence.identity.number)
        self.init(
            cell: presence.cell, identity: StrangerIdentity(number: number, life: life), minute: presence.minute)
    }
}
