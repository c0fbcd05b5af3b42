internal import NIOCore

/// What other threads want of the bus' loop.
enum BusOrder: Sendable {
    case publish(Publication, BusChannel)
    case start(any BusDelegate)
    case subscribe([BusInterest])
    case unsubscribe([BusChannel])
    case wait([BusChannel], within: Duration, EventLoopPromise<BusReadiness>)
    case change(BusRing, overlap: Duration)
    case stop(EventLoopPromise<Void>)
}
