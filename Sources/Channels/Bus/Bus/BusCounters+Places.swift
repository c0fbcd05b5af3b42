extension BusCounters {
    /// Adds what a server's connections did.
    mutating func add(_ place: ServerPlace) {
        let pipe = place.pipe.counts
        published += pipe.acknowledged
        refused += pipe.refused
        dropped += pipe.dropped
        returned += pipe.returned
        waiting += place.pipe.waiting
        reconnects += max(place.pipe.openings - 1, 0) + max(place.ear.openings - 1, 0)
        bytesSent += place.pipe.bytes.sent + place.ear.bytes.sent
        bytesReceived += place.pipe.bytes.received + place.ear.bytes.received
    }

    /// Adds what servers did that are gone.
    mutating func add(_ former: BusCounters) {
        published += former.published
        refused += former.refused
        dropped += former.dropped
        returned += former.returned
        reconnects += former.reconnects
        bytesSent += former.bytesSent
        bytesReceived += former.bytesReceived
    }
}
