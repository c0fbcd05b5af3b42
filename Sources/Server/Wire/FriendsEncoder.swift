import Channels
import Geo

/// Friends as the engine hands them over, encoded with the loop's kept fragments.
struct FriendsEncoder {
    let wire: Wire
    let shard: Shard
    let fragments: FragmentCache
    let people: People

    /// `[FRIEND, …]`
    func friends(_ items: some Sequence<FrameItem>) {
        wire.array(items) { item in friend(item) }
    }

    @inline(__always)
    private func friend(_ item: FrameItem) {
        wire.json("{")
        if item.kind == .introduced { profile(of: item.user) }
        let fragment = fragments.fragment(item.channel, of: shard)
        wire.append(fragment)
        wire.metres(centimetres: Int64(item.centimetres))
        wire.json("}")
    }

    private func profile(of user: UserIndex) {
        guard let person = people[user] else { return }
        person.profileJSON.withUnsafeBytes { wire.append($0) }
    }

    /// `[{"id":…,"reason":…}, …]`
    func gone(_ items: some Sequence<FrameItem>) {
        wire.array(items) { item in
            wire.json("{\"id\":")
            wire.id(shard.users.id(of: item.user))
            wire.json(",\"reason\":\"")
            wire.json(Self.reason(item.kind))
            wire.json("\"}")
        }
    }

    private static func reason(_ kind: FrameItem.Kind) -> StaticString {
        switch kind {
        case .outOfRange: "out_of_range"
        case .inactive: "inactive"
        case .unfriended: "unfriended"
        case .stopped, .shown, .introduced: "stopped"
        }
    }
}
