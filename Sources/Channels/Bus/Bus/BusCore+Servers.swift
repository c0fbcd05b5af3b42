internal import Logging
internal import NIOCore

/// What the servers say.
extension BusCore: CommandPipeOwner {
    func pipeChanged(_ number: Int, _ failure: RedisFailure?, serverTime: Int64) {
        guard let place = places[number] else { return }
        let wasUp = place.isPipeUp
        changed(place, place.pipeChanged(failure, now: identity.clock()))
        // Somebody else may have its channels by now.
        if wasUp, failure != nil, history.isChanging { reroute(place) }
        tell()
    }

    func pipePaused() { snapshotLater() }
}

extension BusCore: SubscriberLinkOwner {
    func subscriberOpened(_ number: Int) {
        guard let place = places[number] else { return }
        table.serverUp(number)
        changed(place, place.earChanged(nil, now: identity.clock()))
        sendUrgent()
        paceSoon()
        tell()
    }

    func subscriberFailed(_ number: Int, _ failure: RedisFailure) {
        guard let place = places[number] else { return }
        if table.queues[number]?.state != .down { table.serverDown(number) }
        changed(place, place.earChanged(failure, now: identity.clock()))
        tell()
    }

    func subscriberReceived(_ number: Int, message: UnsafeRawBufferPointer, on name: UnsafeRawBufferPointer) {
        // What is wanted no more still comes for a moment.
        guard let interest = table.interest(named: name) else { return }
        let now = batchTime ?? identity.clock()
        batchTime = now
        let skip = BusMessage.read(message, on: interest, process: identity.process, now: now, into: &batch)
        switch skip {
        case nil: break
        case .echo: counters.echoes += 1
        case .unknownVersion: counters.unknownVersions += 1
        case .malformed: counters.malformed += 1
        }
    }

    func subscriberAcknowledged(_ number: Int, _ name: UnsafeRawBufferPointer) {
        table.acknowledge(name, server: number)
    }

    func subscriberRefused(_ number: Int, _ channels: ArraySlice<BusChannel>, _ reason: String) {
        counters.subscriptionsRefused += 1
        if refusing.insert(number).inserted {
            let server = places[number]?.url.name ?? ""
            identity.logger.error(
                "redis refuses subscriptions", metadata: ["server": "\(server)", "reason": "\(reason)"])
        }
        for channel in channels { table.refuse(channel, server: number) }
        guard askingAgain == nil else { return }
        askingAgain = loop.assumeIsolated().scheduleTask(in: TimeAmount(settings.refusalPause)) { [self] in
            askingAgain = nil
            for number in places.keys { table.askAgain(number) }
            paceSoon()
        }
    }

    func subscriberPaused(_ number: Int) {
        batchTime = nil
        if !batch.isEmpty {
            counters.received += batch.states.count + batch.records.count
            delegate?.busReceived(batch)
            batch.clear()
        }
        // Acknowledgements may have let a channel leave its former server.
        paceSoon()
        tell()
    }

    // MARK: Asking for channels

    /// Asks the servers for whoever came or went just now.
    func sendUrgent() {
        for (number, queue) in table.queues where !queue.urgent.isEmpty {
            places[number]?.ear.send(table.takeCommands(for: number, paced: 0).commands)
        }
    }

    func paceSoon() {
        guard pacing == nil, table.queues.values.contains(where: { !$0.paced.isEmpty }) else { return }
        pace()
    }

    /// Asks every server for a few of those that have time.
    private func pace() {
        let limit = max(settings.resubscriptionsPerSecond / 100, 1)
        for (number, queue) in table.queues where !queue.paced.isEmpty {
            let (commands, _) = table.takeCommands(for: number, paced: limit)
            counters.resubscribed += commands.subscribe.count
            places[number]?.ear.send(commands)
        }
        pacing = loop.assumeIsolated().scheduleTask(in: Self.paceInterval) { [self] in
            pacing = nil
            paceSoon()
        }
    }
}
