import ChannelBus
import Foundation
import NIOCore

/// Makes a loop stand still.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func close(_ bus: RedisBus) { close(bus.whenAcknowledged([], within: .seconds(1)).eventLoop) }

    /// Returns while the loop stands.
    func close(_ loop: any EventLoop) {
        let stands = DispatchSemaphore(value: 0)
        loop.execute { [semaphore] in
            stands.signal()
            semaphore.wait()
        }
        stands.wait()
    }

    func open() { semaphore.signal() }
}
