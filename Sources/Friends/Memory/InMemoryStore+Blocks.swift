import Channels

extension InMemoryStore: BlockStore {
    func block(_ blocked: UserID, by blocker: UserID, as naming: Naming, now: Int64)
        throws(StoreError) -> Bool
    {
        guard blocked != blocker else { throw StoreError(.invalid, "block oneself") }
        _ = try activate(blocker)
        let key = BlockKey(blocked: blocked, naming: naming)
        if blocks[blocker]?[key] != nil { return false }
        guard blocks[blocker, default: [:]].count < StoreLimits.maximumBlocks else {
            throw StoreError(.tooManyBlocks, "block")
        }
        _ = reserve(blocked)
        blocks[blocker, default: [:]][key] = BlockEntry(id: .random(), since: now)
        blockers[blocked, default: []].insert(blocker)
        requests.hide(from: blocker, to: blocked)
        requests.hide(from: blocked, to: blocker)
        return true
    }

    func unblock(_ target: BlockTarget, by blocker: UserID) -> UserID? {
        guard let key = key(of: target, by: blocker), blocks[blocker]?.removeValue(forKey: key) != nil
        else { return nil }
        if !blocks[blocker, default: [:]].keys.contains(where: { $0.blocked == key.blocked }) {
            blockers[key.blocked]?.remove(blocker)
        }
        return key.blocked
    }

    private func key(of target: BlockTarget, by blocker: UserID) -> BlockKey? {
        switch target {
        case .user(let user): BlockKey(blocked: user, naming: .user)
        case .block(let id): blocks[blocker, default: [:]].first { $0.value.id == id }?.key
        }
    }

    func blocks(by blocker: UserID) -> [Block] {
        blocks[blocker, default: [:]]
            .map { key, entry in
                Block(id: entry.id, user: key.naming == .user ? key.blocked : nil, since: entry.since)
            }
            .sorted { ($0.since, $0.id.string) < ($1.since, $1.id.string) }
    }

    func isBlocked(_ a: UserID, _ b: UserID) -> Bool {
        blockers[a]?.contains(b) == true || blockers[b]?.contains(a) == true
    }
}
