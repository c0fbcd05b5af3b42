import UnixSignals

/// SIGTERM and SIGINT: the first begins the graceful stop, the second ends the process at once, if it is the server's.
struct StopSignals {
    private let core: ServerCore
    private let forcedEnd: ForcedEnd?
    private let signals: UnixSignalsSequence

    /// From now on the signals end nothing by themselves.
    init(core: ServerCore, forcedEnd: ForcedEnd?) async {
        self.core = core
        self.forcedEnd = forcedEnd
        signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    }

    /// Acts on them until the task is cancelled.
    func run() async {
        var isFirst = true
        for await signal in signals {
            if isFirst {
                core.drainOrder.give(.stop)
            } else {
                forcedEnd?.now(bySignal: signal.rawValue)
            }
            isFirst = false
        }
    }
}
