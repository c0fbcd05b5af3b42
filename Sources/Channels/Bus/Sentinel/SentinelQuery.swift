internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Asks the sentinels of a server in turn, until one knows where the master is.
///
/// Asked anew before every connection, and nothing is remembered: a sentinel that is dead costs its patience, one that
/// has not heard of a promotion yet sends the process to a server that is gone or says that it is a replica, and the
/// next attempt begins with the next sentinel.
struct SentinelQuery: Sendable {
    let loop: any EventLoop
    let endpoints: [RedisEndpoint]
    let question: SentinelQuestion
    /// For each sentinel, from the first byte to the answer. All of them together leave time to connect to the master.
    let patience: TimeAmount
    /// For TLS: what stands before the handler.
    let secure: @Sendable (any Channel, RedisEndpoint) throws -> Void

    /// - Parameter turn: the number of the attempt; each begins with another sentinel.
    func master(turn: Int) -> EventLoopFuture<RedisEndpoint> {
        let first = turn % endpoints.count
        return ask(endpoints[first...] + endpoints[..<first])
    }

    private func ask(_ rest: ArraySlice<RedisEndpoint>) -> EventLoopFuture<RedisEndpoint> {
        guard let next = rest.first else { return loop.makeFailedFuture(RedisFailure(.unreachable, "no sentinel")) }
        let answer = ask(next)
        let others = rest.dropFirst()
        return others.isEmpty ? answer : answer.flatMapError { _ in ask(others) }
    }

    private func ask(_ sentinel: RedisEndpoint) -> EventLoopFuture<RedisEndpoint> {
        let answer = loop.makePromise(of: RedisEndpoint.self)
        let timeout = loop.scheduleTask(in: patience) {
            answer.fail(RedisFailure(.silent, "the sentinel \(sentinel)"))
        }
        let connected = ClientBootstrap(group: loop)
            .connectTimeout(patience)
            .channelInitializer { [question, secure] channel in
                channel.eventLoop.makeCompletedFuture {
                    try secure(channel, sentinel)
                    try channel.pipeline.syncOperations.addHandler(SentinelHandler(question, answer: answer))
                }
            }
            .connect(host: sentinel.host, port: sentinel.port)
        connected.whenFailure { answer.fail(RedisFailure(.unreachable, "the sentinel \(sentinel): \($0)")) }
        answer.futureResult.whenComplete { _ in
            timeout.cancel()
            connected.whenSuccess { $0.close(promise: nil) }
        }
        return answer.futureResult
    }
}
