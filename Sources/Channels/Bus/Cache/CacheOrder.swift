internal import Channels
internal import NIOCore

/// What other threads want of the cache's loop.
enum CacheOrder: Sendable {
    case store(UserState, UserID)
    case fetch([UserID], within: Duration, EventLoopPromise<CacheAnswer>)
    case start(@Sendable (BusServer) -> Void)
    case change(BusRing, overlap: Duration)
    case stop(EventLoopPromise<Void>)
}
