import Geo
import NIOCore
import Strangers

/// What the cluster's loop keeps for the strangers.
struct StrangerChannels {
    var exchange: StrangerExchange
    var timer: RepeatedTask?

    init(shardCount: Int) {
        exchange = StrangerExchange(shardCount: shardCount)
    }
}
