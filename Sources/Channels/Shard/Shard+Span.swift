import Geo

extension Shard {
    /// How near and how far the friends are whom a session shows, or will show with its next frame; `nil` if there are none.
    ///
    /// Friends who are out of the radius, blocked, silent or not sharing make no difference to it. Costs a look at every follow.
    public func span(of session: UInt32) -> ListSpan? {
        guard let view = SessionView(sessions + Int(session)) else { return nil }
        let receiver = sessionPositions[Int(session)]
        var nearest = Double.infinity
        var farthest = -Double.infinity
        // Whoever may not be shown, and the free slots' channel, are outside of every radius.
        for slot in 0..<view.slotCount {
            let distance = receiver.chordSquared(to: channelPositions[Int(view.follows[slot].channel)])
            guard distance <= receiver.limit else { continue }
            nearest = min(nearest, distance)
            farthest = max(farthest, distance)
        }
        guard nearest <= farthest else { return nil }
        return ListSpan(
            nearest: Earth.metres(chordSquared: nearest), farthest: Earth.metres(chordSquared: farthest))
    }
}
