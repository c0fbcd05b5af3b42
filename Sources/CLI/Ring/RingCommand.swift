import ArgumentParser

/// `nearby ring`: the Redis servers that tie the processes together, as etcd has them.
struct RingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ring",
        abstract: "Shows and changes the ring of Redis servers that is kept in etcd.",
        discussion: """
            The list is in etcd: --etcd or NEARBY_CLUSTER_ETCD says where. With --url the command asks a running server \
            instead, whose API key comes from --api-key or NEARBY_API_KEY.

            A change is one transaction: it is made to the list that was read, or not at all. Every process follows \
            within a second and serves old and new places for the time of cluster.overlap, so nothing is lost. Wait \
            that long between two changes.

            Addresses are redis://[user:password@]host[:port][/database], or rediss:// with TLS; - reads the address \
            from standard input, so that no password stands on the command line. What is printed is host:port only. A \
            server that sentinels name is redis+sentinel://[user:password@]host[:port],host[:port]/master, and is \
            printed by the master's name.
            """,
        subcommands: [
            RingShowCommand.self, RingPlanCommand.self, RingAddCommand.self, RingRemoveCommand.self,
            RingReplaceCommand.self, RingWatchCommand.self,
        ])
}
