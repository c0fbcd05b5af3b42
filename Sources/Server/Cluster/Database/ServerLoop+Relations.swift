import Channels
import Logging
import WebSocket

/// What changes elsewhere do to the sessions of a loop.
extension ServerLoop {
    /// Lets a user's sessions see whom the stores say, and nobody else.
    func adopt(_ relations: Relations) {
        for index in shard.sessions(of: relations.user) {
            guard let welcomed = session(at: index)?.welcomed else { continue }
            // What is being loaded may be older.
            guard welcomed.isLoaded else {
                welcomed.isOutdated = true
                continue
            }
            adoptBlocks(relations, welcomed)
            adoptFriends(relations, welcomed)
        }
        workDone()
    }

    private func adoptBlocks(_ relations: Relations, _ welcomed: Welcomed) {
        for other in relations.blocked.symmetricDifference(welcomed.blocked) {
            blockChanged(relations.user, other, isBlocked: relations.blocked.contains(other))
        }
    }

    private func adoptFriends(_ relations: Relations, _ welcomed: Welcomed) {
        let known = Set(shard.friends(of: welcomed.session))
        for friend in known.subtracting(relations.friends) {
            let isHidden = relations.blocked.contains(friend) || core.engine.users.isErased(friend)
            core.engine.unfriend(relations.user, friend, kind: isHidden ? .stopped : .unfriended)
            friendshipChanged(relations.user, friend)
        }
        for friend in relations.friends.subtracting(known) {
            core.engine.befriend(relations.user, friend)
            friendshipChanged(relations.user, friend)
        }
    }

    /// Who has a session here that follows a user who was erased. Sessions that are being loaded load again.
    func followers(ofErased user: UserIndex) -> Set<UserIndex> {
        for session in allConnections() {
            if let welcomed = session.welcomed, !welcomed.isLoaded { welcomed.isOutdated = true }
        }
        return shard.followers(of: user)
    }

    /// Nobody knows any more whom these sessions may see: all, or those of some users.
    func endUnproven(of users: Set<UserIndex>? = nil) {
        var ended = 0
        for session in allConnections() {
            guard let welcomed = session.welcomed, users?.contains(welcomed.user) ?? true else { continue }
            wire.reconnect(afterMilliseconds: Int64.random(in: Limits.unprovenReturn), reason: "unavailable")
            session.send()
            session.end(code: .restart, reason: "the database does not answer")
            ended += 1
        }
        if ended > 0 {
            core.logger.error("sessions ended: nobody can say whom they may see", metadata: ["sessions": "\(ended)"])
        }
    }
}
