import Channels
import Geo
import Strangers

/// How long and how far the client may stay silent, for those that asked in their `hello`.
extension Session {
    /// The `quiet` of the welcome; `nil` if this server has none, or its inactivity time is too short for any.
    func beginQuiet(_ welcomed: Welcomed) -> Quiet? {
        let settings = loop.core.settings
        guard settings.quiet, settings.inactive.milliseconds / 1_000 >= Limits.quietInactivityParts else { return nil }
        let quiet = currentQuiet(welcomed)
        self.quiet = QuietOrder(quiet, now: loop.now)
        return quiet
    }

    /// What the frame that is being written has to say, if anything. `friends` are those whom it shows.
    ///
    /// Costs a comparison a friend, and a look at the list if one of them leaves the client less room, or once a second.
    func quietNews(_ friends: Slice<UnsafeBufferPointer<FrameItem>>, now: Int64) -> Quiet? {
        guard let order = quiet, let welcomed else { return nil }
        guard order.isDue(now: now) || isTooMuch(order.told, friends, welcomed.radius) else { return nil }
        return quiet?.review(currentQuiet(welcomed), now: now)
    }

    private func isTooMuch(_ told: Quiet, _ friends: Slice<UnsafeBufferPointer<FrameItem>>, _ radius: Radius) -> Bool {
        guard told.within > 0 else { return false }
        return friends.contains { friend in
            let distance = Double(friend.centimetres) / 100
            return told.isTooMuch(nearest: distance, farthest: distance, radius: radius.metres)
        }
    }

    /// After the client moved or changed what it looks at: asks for a frame if the client has to hear something else.
    func reviewQuiet() {
        guard quiet != nil, case .welcomed(let welcomed) = phase else { return }
        if quiet?.wantsFrame(currentQuiet(welcomed), now: loop.now) == true { loop.shard.wake(welcomed.session) }
    }

    private func currentQuiet(_ welcomed: Welcomed) -> Quiet {
        Quiet(
            inactivity: loop.core.settings.inactive.milliseconds, radius: welcomed.radius.metres,
            list: loop.shard.span(of: welcomed.session), cell: cellRoom(welcomed))
    }

    /// How far the user may move within its own blurred cell; `nil` while it is not among strangers.
    ///
    /// The cell as it would be published among enough people: how many there are is nobody's to learn from this.
    private func cellRoom(_ welcomed: Welcomed) -> Double? {
        guard loop.strangers.routing(of: welcomed.session) != nil else { return nil }
        guard let cell = loop.strangers.ownCell(of: welcomed.session),
            let state = loop.core.engine.users.state(of: welcomed.user)
        else { return 0 }
        return cell.box.inset(of: state.coordinate)
    }
}
