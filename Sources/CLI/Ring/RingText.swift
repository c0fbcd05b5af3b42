import ChannelBus
import Channels
import Foundation
import Rings

/// What is printed of rings and their changes.
enum RingText {
    /// A server a line, with what it has of a ring.
    static func list(_ stored: RingStore.Stored, isRing: Bool) -> String {
        let names = stored.list?.names ?? []
        let shares = isRing ? shares(of: names) : [:]
        let width = names.map(\.count).max() ?? 0
        let lines = names.map { name in
            shares[name].map { name.padding(to: width) + "  " + percent($0) } ?? name
        }
        return (lines + ["revision \(stored.revision)"]).map { $0 + "\n" }.joined()
    }

    static func json(_ stored: RingStore.Stored, isRing: Bool) -> JSONValue {
        let names = stored.list?.names ?? []
        let shares = isRing ? shares(of: names) : [:]
        let servers = names.map { name in
            let share = shares[name].map { [JSONValue.Member("share", .number($0))] } ?? []
            return JSONValue.object([.init("name", .string(name))] + share)
        }
        return ["revision": .integer(Int(stored.revision)), "servers": .array(servers)]
    }

    /// Which share of the channels goes from where to where.
    static func plan(from before: RingList?, to after: RingList) -> String {
        let (share, moves) = moves(from: before, to: after)
        let width = moves.map(\.from.count).max() ?? 0
        let other = moves.map(\.to.count).max() ?? 0
        let lines = moves.map {
            "  " + $0.from.padding(to: width) + "  ->  " + $0.to.padding(to: other) + "  " + percent($0.share)
        }
        return (["channels that move: " + percent(share).drop { $0 == " " }] + lines).map { $0 + "\n" }.joined()
    }

    static func planJSON(from before: RingList?, to after: RingList) -> JSONValue {
        let (share, moves) = moves(from: before, to: after)
        let lines: [JSONValue] = moves.map {
            ["from": .string($0.from), "to": .string($0.to), "share": .number($0.share)]
        }
        return [
            "moving": .number(share), "moves": .array(lines), "servers": .array(after.names.map { .string($0) }),
        ]
    }

    private static func moves(
        from before: RingList?, to after: RingList
    ) -> (share: Double, moves: [HashRing.Move]) {
        guard let before = before?.ring?.ring, let after = after.ring?.ring else { return (0, []) }
        return (before.share(movingTo: after), before.moves(to: after))
    }

    private static func shares(of names: [String]) -> [String: Double] {
        guard let ring = HashRing(members: names) else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(ring.members, ring.shares))
    }

    private static func percent(_ share: Double) -> String { String(format: "%5.1f %%", share * 100) }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 0))
    }
}
