import Channels

/// Pending friend requests, to be found from either side.
struct RequestTable {
    private var hiddenByAsker: [UserID: [UserID: Bool]] = [:]
    private var targets: [UserID: Set<UserID>] = [:]

    /// Who asked `target`, hidden requests left out.
    func askers(of target: UserID) -> [UserID] {
        hiddenByAsker[target, default: [:]].filter { !$0.value }.map(\.key)
    }

    /// Whom `asker` asked, hidden requests included.
    func targets(of asker: UserID) -> Set<UserID> {
        targets[asker, default: []]
    }

    func isShown(from asker: UserID, to target: UserID) -> Bool {
        hiddenByAsker[target]?[asker] == false
    }

    mutating func insert(from asker: UserID, to target: UserID, hidden: Bool) {
        hiddenByAsker[target, default: [:]][asker] = hidden
        targets[asker, default: []].insert(target)
    }

    mutating func hide(from asker: UserID, to target: UserID) {
        guard hiddenByAsker[target]?[asker] != nil else { return }
        hiddenByAsker[target]?[asker] = true
    }

    @discardableResult
    mutating func remove(from asker: UserID, to target: UserID) -> Bool {
        targets[asker]?.remove(target)
        return hiddenByAsker[target]?.removeValue(forKey: asker) != nil
    }

    mutating func removeAll(of user: UserID) {
        for target in targets(of: user) { remove(from: user, to: target) }
        for asker in hiddenByAsker[user, default: [:]].keys { remove(from: asker, to: user) }
        targets[user] = nil
        hiddenByAsker[user] = nil
    }
}
