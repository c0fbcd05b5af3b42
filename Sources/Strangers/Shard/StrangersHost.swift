public import Channels

/// What drives a shard of strangers: carries its records and tells the clients.
///
/// The calls about sessions come at the end of a call into the shard, when everything is consistent, so
/// they may call back.
public protocol StrangersHost: AnyObject {
    /// Takes a record to another shard, whose driver gives it to ``StrangerShard/receive(_:at:)``. Records from one
    /// shard to another must keep their order. Must not call back.
    func send(_ record: Record, toShard shard: Int)

    /// The answer to an opt-in, or to a change of one, is ready: ``StrangerShard/status(of:)``, to be called now. One
    /// call may answer several that came close together.
    func strangersReady(session: UInt32)

    /// There is something to drain: once until ``StrangerShard/drain(session:)`` is called.
    func strangersChanged(session: UInt32)

    /// `too_few` has changed: the client is to be sent ``StrangerShard/status(of:)`` unasked.
    func strangersStatusChanged(session: UInt32)

    /// The own move changed the session's cells or their precision: ``StrangerShard/routing(of:)``.
    func strangersCellsChanged(session: UInt32)

    /// The shard has ended a session's strangers; nothing of it is known any more.
    func strangersEnded(session: UInt32, reason: StrangerEnd)
}
