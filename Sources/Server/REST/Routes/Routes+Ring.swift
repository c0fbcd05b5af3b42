import ChannelBus
import HTTPTypes
import Rings

/// The hash ring of the bus, for those who run the service. Addresses are shown without user and password.
extension Routes {
    /// As etcd has it, or as this process uses it while etcd has none that can be read.
    func getRing(_ call: Call) async throws -> Answer {
        guard let keeper = core.ringKeeper else {
            return ringAnswer((core.cluster?.settings.bus.servers ?? []).map(\.address), revision: 0)
        }
        guard let stored = try? await keeper.store.read(), let list = stored.list else {
            let used = keeper.used
            return ringAnswer(used.list.urls.map(\.address), revision: used.revision)
        }
        return ringAnswer(list.urls.map(\.address), revision: stored.revision)
    }

    /// Compares and sets: the ring that was read is the one that is replaced.
    func putRing(_ call: Call) async throws -> Answer {
        guard let keeper = core.ringKeeper else { throw Problem.noEtcd }
        let texts = try RingBody(call).servers
        for _ in 0..<Limits.ringAttempts {
            let stored = try await stored(keeper)
            if let expected = call.headers[.ifMatch], expected != "*", expected != Self.tag(stored.revision) {
                throw Problem.ringChanged
            }
            let list = try list(texts, knowing: stored.list ?? keeper.used.list, keeper)
            if list == stored.list { return ringAnswer(list.urls.map(\.address), revision: stored.revision) }
            if try await write(list, ifRevision: stored.revision, keeper) { return try await getRing(call) }
        }
        throw Problem.ringChanged
    }

    /// What is to be replaced; a value that is no ring is, too.
    private func stored(_ keeper: RingKeeper) async throws -> (list: RingList?, revision: Int64) {
        do throws(RingStoreError) {
            let stored = try await keeper.store.read()
            return (stored.list, stored.revision)
        } catch {
            guard case .stored(_, let revision) = error else { throw Problem.etcdIsAway }
            return (nil, revision)
        }
    }

    private func list(_ texts: [String], knowing known: RingList, _ keeper: RingKeeper) throws(Problem) -> RingList {
        let list: RingList
        do { list = try RingList(known.completing(texts)) } catch { throw .badRing(error) }
        guard keeper.allows(list) else { throw .badRing(.plaintext) }
        return list
    }

    private func write(
        _ list: RingList, ifRevision revision: Int64, _ keeper: RingKeeper
    ) async throws(Problem) -> Bool {
        do { return try await keeper.store.write(list, ifRevision: revision) } catch { throw .etcdIsAway }
    }

    private func ringAnswer(_ addresses: [String], revision: Int64) -> Answer {
        var json: [UInt8] = []
        json.append(json: "{")
        json.append(items: addresses, next: nil) { json, address in json.append(string: address) }
        json.append(json: #","revision":"#)
        json.append(integer: revision)
        json.append(json: "}")
        var answer = Answer.json(json)
        answer.headers[.eTag] = Self.tag(revision)
        return answer
    }

    private static func tag(_ revision: Int64) -> String { "\"\(revision)\"" }
}

extension Problem {
    fileprivate static let etcdIsAway = Problem.unavailable(.unavailable, "etcd does not answer")

    fileprivate static func badRing(_ error: RingListError) -> Problem {
        Problem(status: .badRequest, code: .badRing, detail: error.detail)
    }
}

extension RingListError {
    fileprivate var detail: StaticString {
        switch self {
        case .broken, .tooLong: "the ring is no list of addresses"
        case .empty, .last: "a ring has at least one server"
        case .tooMany: "a ring has at most 1000 servers"
        case .badAddress:
            "an address is none: redis://, rediss:// or redis+sentinel://, [user:password@]host[:port], [/database]"
        case .repeated, .known: "a server stands in the ring twice"
        case .unknown: "there is no such server"
        case .plaintext: "a server is on another machine and not rediss://"
        }
    }
}
