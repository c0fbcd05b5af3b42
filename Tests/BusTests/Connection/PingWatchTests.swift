import NIOCore
import Testing

@testable import ChannelBus

@Suite("Whether a server still answers")
struct PingWatchTests {
    private static let interval = TimeAmount.milliseconds(500)

    private func at(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(0) + .milliseconds(10_000 + milliseconds)
    }

    private func watch() -> PingWatch {
        PingWatch(interval: Self.interval, patience: .seconds(1), now: at(0))
    }

    @Test("One question at a time; asked again when it was answered")
    func asks() {
        var watch = watch()
        #expect(watch.look(now: at(500)) == .ping)
        #expect(watch.look(now: at(1_000)) == .none)
        watch.answered()
        #expect(watch.look(now: at(1_400)) == .ping)
    }

    @Test("Given up at the end of the patience, not before; whenever it froze within 2 s")
    func givesUp() {
        var watch = watch()
        #expect(watch.look(now: at(500)) == .ping)
        #expect(watch.look(now: at(999)) == .none)
        #expect(watch.look(now: at(1_499)) == .none)
        #expect(watch.look(now: at(1_500)) == .giveUp)
    }

    @Test("A server that says anything is alive, though its answer is late")
    func busy() {
        var watch = watch()
        _ = watch.look(now: at(500))
        for time in stride(from: Int64(900), through: 9_900, by: 500) {
            watch.hear(now: at(time))
            #expect(watch.look(now: at(time + 100)) == .none)
        }
    }

    @Test("A stall of the own process is no fault of the server")
    func stall() {
        var watch = watch()
        _ = watch.look(now: at(500))
        #expect(watch.look(now: at(30_000)) == .none)
        #expect(watch.look(now: at(30_500)) == .none)
        #expect(watch.look(now: at(31_000)) == .giveUp)
    }
}
