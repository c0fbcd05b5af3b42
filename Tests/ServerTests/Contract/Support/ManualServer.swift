import Synchronization

@testable import Server

/// A server whose clocks stand still until a test moves them.
struct ManualServer: Sendable {
    let live: LiveServer
    private let clock: ManualClock
    /// Two friends far from everyone: once one hears of the other, the server has looked at its clock.
    private let sender: Peer
    private let receiver: Peer

    /// - Parameter flags: besides ``LiveServer/quick``.
    static func run(
        _ flags: [SettingName: String] = [:], _ body: @Sendable @escaping (ManualServer) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        try await LiveServer.run(LiveServer.quick.merging(flags) { $1 }, clock: clock.serverClock) { live in
            let place = Place(lat: -60, lon: -120)
            try await live.befriend("clock.sender", "clock.receiver")
            let sender = try await live.client("clock.sender", at: place)
            let receiver = try await live.client("clock.receiver", at: place)
            try await body(ManualServer(live: live, clock: clock, sender: sender, receiver: receiver))
        }
    }

    var now: Int64 { live.now }

    /// Moves the clocks, and waits until the server has acted on it.
    func advance(milliseconds: Int64) async throws {
        clock.advance(milliseconds: milliseconds)
        let ts = now
        sender.move(to: Place(lat: -60, lon: -120), ts: ts)
        while try await receiver.message("updates")["friends"][0]["ts"] != .number(ts) {}
    }
}
