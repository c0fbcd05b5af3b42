internal import NIOCore

/// Which channels the process hears, on which servers, and how far each is: a state machine without I/O.
///
/// The owner tells what is wanted, what Redis said and which server is up; ``takeCommands(for:limit:)`` says what to ask
/// Redis for, ``takeRestored()`` and ``takeFinished()`` whom to tell.
struct SubscriptionTable {
    struct Commands {
        var subscribe: [BusChannel] = []
        var unsubscribe: [BusChannel] = []
    }

    private var names = NameTable()
    private var subscriptions: [ChannelSubscription?] = []
    /// What is wanted, by slot, apart from the rest: a message needs no more.
    private var interests: [BusInterest?] = []
    private var freeSlots: [Int32] = []
    private(set) var queues: [Int: ServerQueue] = [:]
    private var restored: [BusInterest] = []
    private var finished: [Waiter] = []
    /// Channels that are wanted.
    private(set) var count = 0

    var slotCount: Int { subscriptions.count }

    // MARK: Looking up

    /// What a channel that is wanted is called, by its name. About 40 ns.
    func interest(named name: UnsafeRawBufferPointer) -> BusInterest? {
        let slot = names.slot(hash: NameTable.hash(name)) { interests[Int($0)]?.channel.isNamed(name) == true }
        return slot.flatMap { interests[Int($0)] }
    }

    private func slot(named name: UnsafeRawBufferPointer) -> Int32? {
        names.slot(hash: NameTable.hash(name)) { slot in
            subscriptions[Int(slot)]?.interest.channel.isNamed(name) == true
        }
    }

    private func slot(of channel: BusChannel) -> Int32? {
        channel.withName { slot(named: $0) }
    }

    func isReady(_ channel: BusChannel) -> Bool {
        guard let slot = slot(of: channel), let subscription = subscriptions[Int(slot)] else { return false }
        return subscription.isWanted && isReady(subscription)
    }

    /// The current ring's server must have acknowledged; of the others those that can.
    private func isReady(_ subscription: ChannelSubscription) -> Bool {
        subscription.homes.allSatisfy { home in
            if home.isAcknowledged || home.isLeaving { return true }
            return home.server != subscription.owner && queues[home.server]?.state != .up
        }
    }

    // MARK: Coming and going

    /// - Parameter homes: the numbers of the servers that the channel is on, the current ring's first.
    mutating func subscribe(_ interest: BusInterest, homes: [Int]) {
        let slot = slot(of: interest.channel) ?? makeSlot(interest, owner: homes[0])
        if subscriptions[Int(slot)]?.isWanted == false { count += 1 }
        subscriptions[Int(slot)]?.isWanted = true
        subscriptions[Int(slot)]?.interest = interest
        interests[Int(slot)] = interest
        move(slot, to: homes, isUrgent: true)
    }

    private mutating func makeSlot(_ interest: BusInterest, owner: Int) -> Int32 {
        let hash = interest.channel.withName(NameTable.hash)
        let subscription = ChannelSubscription(interest, nameHash: hash, owner: owner)
        let slot: Int32
        if let free = freeSlots.popLast() {
            slot = free
            subscriptions[Int(slot)] = subscription
        } else {
            slot = Int32(subscriptions.count)
            subscriptions.append(subscription)
            interests.append(nil)
        }
        names.insert(slot, hash: hash)
        count += 1
        return slot
    }

    mutating func unsubscribe(_ channel: BusChannel) {
        guard let slot = slot(of: channel), subscriptions[Int(slot)]?.isWanted == true else { return }
        count -= 1
        subscriptions[Int(slot)]?.isWanted = false
        interests[Int(slot)] = nil
        subscriptions[Int(slot)]?.needsFetch = false
        for at in homeIndices(slot) { want(false, slot, at, isUrgent: true) }
        tellWaiters(slot)
        sweep(slot)
    }

    // MARK: The ring

    /// Moves the channel of a slot, if there is one, to where a ring says.
    mutating func moveSlot(_ slot: Int, homes: (BusChannel) -> [Int]) {
        guard let subscription = subscriptions[slot], subscription.isWanted else { return }
        move(Int32(slot), to: homes(subscription.interest.channel), isUrgent: false)
        tellIfReady(Int32(slot))
    }

    private mutating func move(_ slot: Int32, to homes: [Int], isUrgent: Bool) {
        subscriptions[Int(slot)]?.owner = homes[0]
        for server in homes { join(slot, server, isUrgent: isUrgent) }
        for at in homeIndices(slot) {
            guard let server = subscriptions[Int(slot)]?.homes[at].server, !homes.contains(server) else { continue }
            subscriptions[Int(slot)]?.homes[at].isLeaving = true
        }
        settle(slot)
    }

    private mutating func join(_ slot: Int32, _ server: Int, isUrgent: Bool) {
        if let at = homeIndex(slot, server) {
            subscriptions[Int(slot)]?.homes[at].isLeaving = false
            want(true, slot, at, isUrgent: isUrgent)
            return
        }
        subscriptions[Int(slot)]?.homes.append(ChannelHome(server: server))
        queues[server, default: ServerQueue()].homes += 1
        if queues[server]?.state == .down { subscriptions[Int(slot)]?.needsFetch = true }
        want(true, slot, homeIndices(slot).upperBound - 1, isUrgent: isUrgent)
    }

    /// Leaves the servers of former rings once every other has acknowledged, and not sooner.
    private mutating func settle(_ slot: Int32) {
        guard let subscription = subscriptions[Int(slot)], subscription.homes.contains(where: \.isLeaving) else {
            return
        }
        guard subscription.homes.allSatisfy({ $0.isLeaving || $0.isAcknowledged }) else { return }
        for at in homeIndices(slot) where subscriptions[Int(slot)]?.homes[at].isLeaving == true {
            want(false, slot, at, isUrgent: false)
        }
        sweep(slot)
    }

    // MARK: Servers

    mutating func serverUp(_ server: Int) {
        queues[server, default: ServerQueue()].state = .up
        askAgain(server)
    }

    /// All that the connection carried is lost, and so is what was asked on it.
    mutating func serverDown(_ server: Int) {
        queues[server, default: ServerQueue()].state = .down
        queues[server]?.urgent.removeAll()
        queues[server]?.paced.removeAll()
        for slot in subscriptions.indices {
            guard let at = homeIndex(Int32(slot), server) else { continue }
            lose(Int32(slot), at)
        }
    }

    private mutating func lose(_ slot: Int32, _ at: Int) {
        subscriptions[Int(slot)]?.homes[at].isAsked = false
        subscriptions[Int(slot)]?.homes[at].unanswered = 0
        subscriptions[Int(slot)]?.homes[at].isQueued = false
        guard let subscription = subscriptions[Int(slot)], subscription.isWanted else { return sweep(slot) }
        subscriptions[Int(slot)]?.needsFetch = true
        if subscription.homes[at].server == subscription.owner { tellWaiters(slot) }
        sweep(slot)
        tellIfReady(slot)
    }

    mutating func forgetServer(_ server: Int) {
        queues[server] = nil
    }

    // MARK: Redis

    /// What to ask a server for now, at most `limit` channels. Urgent ones first; of the paced at most `paced`.
    mutating func takeCommands(for server: Int, paced limit: Int) -> (commands: Commands, paced: Int) {
        var commands = Commands()
        while let slot = queues[server]?.urgent.popFirst() { ask(slot, server, &commands) }
        var taken = 0
        while taken < limit, let slot = queues[server]?.paced.popFirst() {
            ask(slot, server, &commands)
            taken += 1
        }
        return (commands, taken)
    }

    private mutating func ask(_ slot: Int32, _ server: Int, _ commands: inout Commands) {
        guard let at = homeIndex(slot, server), var home = subscriptions[Int(slot)]?.homes[at],
            let channel = subscriptions[Int(slot)]?.interest.channel
        else { return }
        home.isQueued = false
        if home.isWanted != home.isAsked {
            home.isAsked = home.isWanted
            home.unanswered += 1
            if home.isAsked { commands.subscribe.append(channel) } else { commands.unsubscribe.append(channel) }
        }
        subscriptions[Int(slot)]?.homes[at] = home
        sweep(slot)
    }

    /// Redis has answered one `SUBSCRIBE` or `UNSUBSCRIBE` of a channel.
    mutating func acknowledge(_ name: UnsafeRawBufferPointer, server: Int) {
        guard let slot = slot(named: name), let at = homeIndex(slot, server),
            let home = subscriptions[Int(slot)]?.homes[at], home.unanswered > 0
        else { return }
        subscriptions[Int(slot)]?.homes[at].unanswered -= 1
        guard home.unanswered == 1 else { return }
        settle(slot)
        sweep(slot)
        tellIfReady(slot)
    }

    /// Redis has refused to subscribe a channel. It is asked again when ``askAgain(_:)`` says so.
    mutating func refuse(_ channel: BusChannel, server: Int) {
        guard let slot = slot(of: channel), let at = homeIndex(slot, server),
            let home = subscriptions[Int(slot)]?.homes[at], home.unanswered > 0
        else { return }
        subscriptions[Int(slot)]?.homes[at].unanswered -= 1
        // A later command is on its way, and decides.
        guard home.unanswered == 1 else { return }
        subscriptions[Int(slot)]?.homes[at].isAsked = false
        if interests[Int(slot)] != nil { subscriptions[Int(slot)]?.needsFetch = true }
        // It may be refused for good.
        if server == subscriptions[Int(slot)]?.owner { tellWaiters(slot) }
        sweep(slot)
    }

    /// Queues what a server that is up is not asked for.
    mutating func askAgain(_ server: Int) {
        guard queues[server]?.state == .up else { return }
        for slot in subscriptions.indices {
            guard let at = homeIndex(Int32(slot), server) else { continue }
            enqueue(Int32(slot), at, isUrgent: false)
        }
    }

    // MARK: Telling

    /// Makes a waiter wait, or finishes it at once.
    mutating func wait(_ waiter: Waiter) {
        for channel in waiter.channels {
            guard let slot = slot(of: channel), let subscription = subscriptions[Int(slot)], subscription.isWanted,
                !isReady(subscription), queues[subscription.owner]?.state != .down
            else { continue }
            // Those whose time was over.
            subscriptions[Int(slot)]?.waiters.removeAll(where: \.isFinished)
            subscriptions[Int(slot)]?.waiters.append(waiter)
            waiter.outstanding += 1
        }
        if waiter.outstanding == 0 { finished.append(waiter) }
    }

    /// What a waiter does not get; ``takeRestored()`` will tell of it.
    mutating func missing(of waiter: Waiter) -> [BusChannel] {
        waiter.channels.filter { channel in
            guard let slot = slot(of: channel), let subscription = subscriptions[Int(slot)], subscription.isWanted
            else { return true }
            if isReady(subscription) { return false }
            subscriptions[Int(slot)]?.needsFetch = true
            return true
        }
    }

    /// Everybody who still waits.
    var allWaiters: [Waiter] {
        finished + subscriptions.flatMap { $0?.waiters ?? [] }
    }

    mutating func takeRestored() -> [BusInterest] {
        defer { restored = [] }
        return restored
    }

    mutating func takeFinished() -> [Waiter] {
        defer { finished = [] }
        return finished
    }

    private mutating func tellIfReady(_ slot: Int32) {
        guard let subscription = subscriptions[Int(slot)], subscription.isWanted, isReady(subscription) else { return }
        tellWaiters(slot)
        guard subscription.needsFetch else { return }
        subscriptions[Int(slot)]?.needsFetch = false
        restored.append(subscription.interest)
    }

    private mutating func tellWaiters(_ slot: Int32) {
        guard let waiters = subscriptions[Int(slot)]?.waiters, !waiters.isEmpty else { return }
        subscriptions[Int(slot)]?.waiters = []
        for waiter in waiters {
            waiter.outstanding -= 1
            if waiter.outstanding == 0 { finished.append(waiter) }
        }
    }

    // MARK: Homes

    private func homeIndices(_ slot: Int32) -> Range<Int> { subscriptions[Int(slot)]?.homes.indices ?? 0..<0 }

    private func homeIndex(_ slot: Int32, _ server: Int) -> Int? {
        subscriptions[Int(slot)]?.homes.firstIndex { $0.server == server }
    }

    private mutating func want(_ isWanted: Bool, _ slot: Int32, _ at: Int, isUrgent: Bool) {
        subscriptions[Int(slot)]?.homes[at].isWanted = isWanted
        enqueue(slot, at, isUrgent: isUrgent)
    }

    /// Puts it into the server's queue if there is something to ask.
    private mutating func enqueue(_ slot: Int32, _ at: Int, isUrgent: Bool) {
        guard let home = subscriptions[Int(slot)]?.homes[at], home.isWanted != home.isAsked, !home.isQueued,
            queues[home.server]?.state == .up
        else { return }
        subscriptions[Int(slot)]?.homes[at].isQueued = true
        if isUrgent {
            queues[home.server]?.urgent.append(slot)
        } else {
            queues[home.server]?.paced.append(slot)
        }
    }

    /// Forgets homes that are left, and with the last one the channel.
    private mutating func sweep(_ slot: Int32) {
        guard let subscription = subscriptions[Int(slot)] else { return }
        for home in subscription.homes where home.isOver && !home.isQueued {
            queues[home.server]?.homes -= 1
        }
        subscriptions[Int(slot)]?.homes.removeAll { $0.isOver && !$0.isQueued }
        guard !subscription.isWanted, subscriptions[Int(slot)]?.homes.isEmpty == true else { return }
        names.remove(slot, hash: subscription.nameHash)
        subscriptions[Int(slot)] = nil
        freeSlots.append(slot)
    }
}
