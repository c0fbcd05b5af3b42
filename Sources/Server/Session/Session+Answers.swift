import Channels
import Friends
import Geo
import NIOCore
import Strangers
import WebSocket

/// What a welcomed session is answered.
extension Session {
    func answer(_ message: ClientMessage, _ welcomed: Welcomed, seq: Int64?) {
        switch message {
        case .more(let cursor): more(cursor, welcomed, seq: seq)
        case .subscribe(let friend): subscribe(friend, welcomed, seq: seq)
        case .unsubscribe(let friend): unsubscribe(friend, welcomed, seq: seq)
        case .settings(let radius, let sharing): change(radius: radius, sharing: sharing, welcomed, seq: seq)
        case .refresh(let token): refresh(token, welcomed, seq: seq)
        case .block(let target): block(target, welcomed, seq: seq)
        case .report(let target, let reason): report(target, reason, welcomed, seq: seq)
        case .strangers(let request): strangers(request, welcomed, seq: seq)
        case .hello, .location: break
        }
    }

    private func sendOK(seq: Int64?) {
        loop.wire.ok(seq: seq)
        send()
    }

    // MARK: The friends' list

    private func more(_ cursor: String, _ welcomed: Welcomed, seq: Int64?) {
        guard isKnown(cursor: cursor, welcomed) else { return badMessage("unknown cursor", seq: seq) }
        let page = loop.shard.nextPage(welcomed.session)
        loop.wire.begin("page", seq: seq)
        loop.wire.json(",\"items\":")
        loop.friends.friends(page.items)
        loop.wire.json(",\"next\":")
        writeCursor(after: page, welcomed)
        loop.wire.end()
        send()
    }

    private func subscribe(_ friend: UserID, _ welcomed: Welcomed, seq: Int64?) {
        if let index = loop.core.engine.users.knownIndex(of: friend),
            case .following = loop.shard.resubscribe(welcomed.session, to: index, now: loop.now)
        {
            return lookElsewhere(for: friend, index, seq: seq)
        }
        // Perhaps a friendship that is being made this moment, or one behind a block.
        later { [changes = loop.changes, me = welcomed.id] in
            try await changes.follow(friend, by: me)
        } then: { session, result in
            session.subscribed(to: friend, result, welcomed, seq: seq)
        }
    }

    private func subscribed(
        to friend: UserID, _ standing: Result<Changes.Standing, any Error>, _ welcomed: Welcomed, seq: Int64?
    ) {
        guard case .welcomed = phase else { return }
        switch standing {
        case .failure:
            sendUnavailable(seq: seq)
        case .success(.notFriends):
            sendError(.notFriend, "no friend of this user", seq: seq)
        case .success(.blocked):
            loop.wire.subscribed(to: friend, state: nil, seq: seq)
            send()
        case .success(.friends):
            // The session follows by now: the engine was told before this answer came back to the loop.
            lookElsewhere(for: friend, loop.core.engine.users.index(of: friend), seq: seq)
        }
    }

    /// What any process knows of a friend is to be in the answer.
    private func lookElsewhere(for friend: UserID, _ index: UserIndex, seq: Int64?) {
        guard let cluster = loop.core.cluster else { return answer(subscriptionTo: friend, index, seq: seq) }
        later {
            try await cluster.prepare([index]).get()
        } then: { session, _ in
            session.answer(subscriptionTo: friend, index, seq: seq)
        }
    }

    private func answer(subscriptionTo friend: UserID, _ index: UserIndex, seq: Int64?) {
        guard case .welcomed(let welcomed) = phase else { return }
        var state: UserState?
        if case .following(let known) = loop.shard.resubscribe(welcomed.session, to: index, now: loop.now) {
            state = known
        }
        loop.wire.subscribed(to: friend, state: state, seq: seq)
        send()
    }

    private func unsubscribe(_ friend: UserID, _ welcomed: Welcomed, seq: Int64?) {
        if let index = loop.core.engine.users.knownIndex(of: friend) {
            loop.shard.unsubscribe(welcomed.session, from: index)
        }
        if seq != nil { sendOK(seq: seq) }
    }

    // MARK: Settings

    private func change(radius: Radius?, sharing: Bool?, _ welcomed: Welcomed, seq: Int64?) {
        guard let sharing else { return changed(radius: radius, welcomed, seq: seq) }
        later { [changes = loop.changes, id = welcomed.id, user = welcomed.user] in
            try await changes.setSharing(sharing, of: id, user)
        } then: { session, result in
            guard case .welcomed = session.phase else { return }
            switch result {
            case .success: session.changed(radius: radius, welcomed, seq: seq)
            case .failure: session.sendUnavailable(seq: seq)
            }
        }
    }

    /// The answer first, then what enters and leaves by it.
    private func changed(radius: Radius?, _ welcomed: Welcomed, seq: Int64?) {
        if let radius { welcomed.radius = radius }
        let sharing = loop.core.engine.users.sharing(of: welcomed.user).sharing
        loop.wire.settings(radius: welcomed.radius, sharing: sharing, seq: seq)
        send()
        if let radius { loop.shard.setRadius(welcomed.session, radius, now: loop.now) }
        reviewQuiet()
    }

    private func refresh(_ token: String, _ welcomed: Welcomed, seq: Int64?) {
        let wall = loop.core.clock.wallMilliseconds()
        switch loop.core.verifier.verify(token, now: wall) {
        case .bad: sendError(.badToken, "the token is not valid", seq: seq)
        case .expired: sendError(.tokenExpired, "the token has expired", seq: seq)
        case .valid(let id, _) where id != welcomed.id:
            sendError(.forbidden, "the token is another user's", seq: seq)
        case .valid(_, let expires):
            let before = welcomed.deadline
            welcomed.deadline = loop.now + (expires - wall) + loop.core.settings.tokens.grace.milliseconds
            // The reminder of a deadline that was moved back asks for the next one by itself.
            if welcomed.deadline < before { loop.remind(self, at: welcomed.deadline) }
            sendOK(seq: seq)
        }
    }

    // MARK: Blocks and reports

    private func block(_ target: ClientMessage.Target, _ welcomed: Welcomed, seq: Int64?) {
        let named = name(target, welcomed)
        // Answered as soon as the block is stored: what it hides goes after the answer.
        let answer = answering { (session, result: Result<Void, any Error>) in session.acknowledge(result, seq: seq) }
        Task { [changes = loop.changes, stores = loop.core.stores, me = welcomed.id] in
            do {
                guard let other = try await named.user(in: stores), other != me else { return answer(.success(())) }
                try await changes.block(other, by: me, as: named.naming) { answer(.success(())) }
            } catch {
                answer(.failure(error))
            }
        }
    }

    private func report(_ target: ClientMessage.Target, _ reason: String, _ welcomed: Welcomed, seq: Int64?) {
        let named = name(target, welcomed)
        let at = loop.core.clock.wallMilliseconds()
        later { [stores = loop.core.stores, me = welcomed.id] in
            guard let other = try await named.user(in: stores) else { return }
            try await stores.reports.append(
                Report(reporter: me, reported: other, naming: named.naming, reason: reason, at: at))
        } then: { session, result in
            session.acknowledge(result, seq: seq)
        }
    }

    private func acknowledge(_ result: Result<Void, any Error>, seq: Int64?) {
        guard case .welcomed = phase else { return }
        switch result {
        case .success: sendOK(seq: seq)
        case .failure(let error):
            switch (error as? StoreError)?.code {
            case .erased, .notFound: sendOK(seq: seq)
            case .tooManyBlocks: sendError(.tooManyBlocks, "the user has blocked as many as it may", seq: seq)
            case .invalid: badMessage("`reason` is too long", seq: seq)
            default: sendUnavailable(seq: seq)
            }
        }
    }

    private func name(_ target: ClientMessage.Target, _ welcomed: Welcomed) -> NamedUser {
        switch target {
        case .user(let id):
            return NamedUser(naming: .user, known: .id(id))
        case .sid(let text):
            let number = Sid(text).flatMap {
                loop.core.pseudonyms.resolve(
                    $0, observer: welcomed.number, wallMilliseconds: loop.core.clock.wallMilliseconds())
            }
            return NamedUser(naming: .sid(text), known: number.map { .number($0) } ?? .nobody)
        }
    }

    /// A store did not answer: nothing was changed, and the same message may work later.
    func sendUnavailable(seq: Int64?) {
        sendError(.unavailable, "cannot be done right now", seq: seq, retryAfter: Limits.unavailableRetryMilliseconds)
    }

}
