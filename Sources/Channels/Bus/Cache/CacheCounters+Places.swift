extension CacheCounters {
    /// Adds what a server's connection did.
    mutating func add(_ place: CachePlace) {
        let pipe = place.pipe.counts
        stored += pipe.acknowledged
        outranked += pipe.outranked
        refused += pipe.refused
        dropped += pipe.dropped
        returned += pipe.returned
        waiting += place.pipe.waiting
        reconnects += max(place.pipe.openings - 1, 0)
        bytesSent += place.pipe.bytes.sent
        bytesReceived += place.pipe.bytes.received
    }

    /// Adds what servers did that are gone.
    mutating func add(_ former: CacheCounters) {
        stored += former.stored
        outranked += former.outranked
        refused += former.refused
        dropped += former.dropped
        returned += former.returned
        reconnects += former.reconnects
        bytesSent += former.bytesSent
        bytesReceived += former.bytesReceived
    }
}
