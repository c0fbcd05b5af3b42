import ChannelBus
import Foundation
import NIOCore

/// Makes a bus' loop stand still.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    /// Returns while the loop stands.
    func close(_ bus: RedisBus) {
        let stands = DispatchSemaphore(value: 0)
        let loop = bus.whenAcknowledged([], within: .seconds(1)).eventLoop
        loop.execute { [semaphore] in
            stands.signal()
            semaphore.wait()
        }
        stands.wait()
    }

    func open() { semaphore.signal() }
}
