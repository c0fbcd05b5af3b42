import Channels

/// What each version of a channel was seen to be: an edge that keeps encoded states relies on a version
/// standing for one state only.
struct StateVersions {
    private struct Key: Hashable {
        let shard: Int
        let channel: UInt32
        let version: UInt32
    }

    private var seen: [Key: ChannelState] = [:]
    private(set) var fault: String?

    mutating func see(_ state: ChannelState, channel: UInt32, shard: Int) {
        let key = Key(shard: shard, channel: channel, version: state.version)
        guard let before = seen.updateValue(state, forKey: key) else { return }
        if before.user != state.user || before.timestamp != state.timestamp
            || before.coordinateE7 != state.coordinateE7
        {
            fault = "version \(state.version) of channel \(channel) stands for two states"
        }
    }
}
