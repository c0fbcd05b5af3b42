public import Channels
public import Geo

/// What drives a shard of strangers: carries its records and tells the clients.
///
/// The calls about sessions come at the end of a call into the shard, when everything is consistent, so
/// they may call back.
public protocol StrangersHost: AnyObject {
    /// Takes a record to another shard, whose driver gives it to ``StrangerShard/receive(_:at:)``. Records from one
    /// shard to another must keep their order. Must not call back.
    func send(_ record: Record, toShard shard: Int)

    /// Takes a record to every other process that follows a cell, where ``StrangerExchange`` takes it. Never called in a
    /// process that is alone. Must not call back.
    func publish(_ record: Record, of user: UInt32, in cell: Geohash)

    /// From here on this shard needs, or needs no more, to hear of a cell of precision 4 from other processes. Never called
    /// in a process that is alone. Must not call back.
    func strangersInterest(in cell: Geohash, isWanted: Bool)

    /// A session is to be let in, ``StrangerShard/admit(session:at:)``, when it is known who is in these cells at other
    /// processes, or when that takes too long. Never called in a process that is alone.
    func strangersWait(session: UInt32, for cells: [Geohash])

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
