import Geo

/// The part of the engine that one event loop owns: channels, sessions, who follows whom, and what is
/// dirty.
///
/// Fan-out of state: a channel keeps the newest state of its user; a publication replaces it and
/// sets a bit for each session that shows the user or is to show it; a flush decides anew from the
/// newest states and hands everything that changed to the ``FrameSink`` as one frame. A client that does not
/// read costs its dirty bits and nothing else.
///
/// Owned by one event loop: every call comes from there, with `now` in monotonic milliseconds, at least 0, that
/// never go back. It knows no clock, no socket and no text. Not `Sendable`, so the compiler keeps it
/// where it was made.
public final class Shard {
    /// The most channels and sessions of one shard: address space, not memory.
    static let maximumChannels: UInt32 = 1 << 25
    static let maximumSessions: UInt32 = 1 << 21

    public let index: Int
    public let users: UserTable
    let settings: EngineSettings
    let mailboxes: [Mailbox]
    private let bus: Mailbox?

    // Flat arrays; the pointers never move.
    var channelSlab: Slab<ChannelEntry>
    var sessionSlab: Slab<SessionEntry>
    private let channelPositionMemory: Reservation<ChannelPosition>
    private let sessionPositionMemory: Reservation<SessionPosition>
    let channels: UnsafeMutablePointer<ChannelEntry>
    let channelPositions: UnsafeMutablePointer<ChannelPosition>
    let sessions: UnsafeMutablePointer<SessionEntry>
    let sessionPositions: UnsafeMutablePointer<SessionPosition>

    var channelOfUser = IndexMap()
    var wheel: InactivityWheel
    var delayed: DelayedFlushes
    let ready = ReadyList(capacity: Shard.maximumSessions)
    /// Those who were ready when the flush began; empty between ticks.
    let flushing = ReadyList(capacity: Shard.maximumSessions)
    /// Where those whose delay is over are collected; empty between ticks.
    var undelayed: ContiguousArray<UInt32> = []
    var outbox: Outbox
    /// What goes to the bus at the end of the tick; always empty in a process that is alone.
    private var remote: [Record] = []
    /// The version that was given out last.
    var lastVersion: UInt32 = 0
    /// What only a few sessions have, so that it is not in every entry.
    var rarities: [UInt32: SessionRarities] = [:]
    let items = FrameItems()
    /// What ``warm(from:)`` read, so that the compiler does not drop the reading.
    var warmth: UInt64 = 0

    /// Who gets the frames. Set once, before the first session; not owned.
    public weak var sink: (any FrameSink)?
    public var counters: ShardCounters { tally }
    var tally = ShardCounters()

    /// - Parameters:
    ///   - index: 0 ..< `mailboxes.count`.
    ///   - mailboxes: one a shard, the own included; at most 64.
    ///   - bus: what concerns other processes is left here; `nil` if there are none.
    public init(
        index: Int, users: UserTable, mailboxes: [Mailbox], bus: Mailbox? = nil, settings: EngineSettings
    ) {
        precondition(mailboxes.count <= EngineSettings.maximumShards && mailboxes.indices.contains(index))
        precondition(MemoryLayout<ChannelEntry>.stride == 64 && MemoryLayout<SessionEntry>.stride == 128)
        self.index = index
        self.users = users
        self.settings = settings
        self.mailboxes = mailboxes
        self.bus = bus
        channelSlab = Slab(capacity: Self.maximumChannels)
        sessionSlab = Slab(capacity: Self.maximumSessions)
        channelPositionMemory = Reservation(capacity: Int(Self.maximumChannels))
        sessionPositionMemory = Reservation(capacity: Int(Self.maximumSessions))
        channels = channelSlab.base
        channelPositions = channelPositionMemory.base
        sessions = sessionSlab.base
        sessionPositions = sessionPositionMemory.base
        wheel = InactivityWheel(inactivity: settings.inactivityMilliseconds)
        delayed = DelayedFlushes(longest: settings.minimumIntervalMilliseconds)
        outbox = Outbox(shardCount: mailboxes.count)
        // Channel 0 is nobody's and nowhere: free slots point to it.
        channels.initialize(to: ChannelEntry(user: 0))
        channelPositions.initialize(to: .nowhere)
    }

    deinit {
        releaseAllMemory()
    }

    // MARK: The tick

    /// Whether ``tick(now:)`` has something to do right now: sessions to flush or records to send.
    public var hasWork: Bool { ready.count > 0 || !outbox.isEmpty || !remote.isEmpty }

    /// When ``tick(now:)`` has to be called at the latest, or `nil` if nothing is waiting for time to pass.
    public var nextDue: Int64? {
        switch (wheel.nextDue, delayed.nextDue) {
        case (let a?, let b?): return min(a, b)
        case (let a, let b): return a ?? b
        }
    }

    /// Does what is due: takes the mail, expires who was silent too long, flushes, sends the mail.
    ///
    /// - Parameter roster: what to do with records that belong to the rosters of cells.
    public func tick(now: Int64, roster: (Record) -> Void = { _ in }) {
        mailboxes[index].take { record in
            tally.received += 1
            if record.kind < Record.firstRosterKind { receive(record, now: now) } else { roster(record) }
        }
        expire(now: now)
        endDelays(now: now)
        flushReady(now: now)
        outbox.send(to: mailboxes)
        sendToBus()
    }

    private func sendToBus() {
        guard !remote.isEmpty else { return }
        bus?.push(remote)
        remote.removeAll(keepingCapacity: true)
    }

    /// Tells the bus something at the end of the tick.
    @inline(__always)
    func tellBus(_ record: @autoclosure () -> Record) {
        if bus != nil { remote.append(record()) }
    }

    /// Sends a record to a shard at the end of the tick. Not for records to the own shard.
    public func post(_ record: Record, to shard: Int) {
        outbox.append(record, to: shard)
    }

    // MARK: Looking in

    /// How many sessions are open.
    public var sessionCount: Int { sessionSlab.count }
    /// How many distinct users this shard follows.
    public var channelCount: Int { channelSlab.count }

    /// The newest state of a channel that a ``FrameItem`` named.
    @inline(__always)
    public func state(ofChannel channel: UInt32) -> ChannelState {
        let entry = channels + Int(channel)
        return ChannelState(
            coordinateE7: (entry.pointee.coordinate.latitudeE7, entry.pointee.coordinate.longitudeE7),
            timestamp: entry.pointee.timestamp, version: entry.pointee.version, user: entry.pointee.user)
    }
}
