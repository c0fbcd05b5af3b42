import Foundation

/// One measurement: states are published at an even rate, or as fast as they go, until the time is over and all have come.
struct Run {
    /// States that may wait when there is no rate.
    private static let window = 20_000

    let rate: Int?
    let published: Int
    let sent: Int
    let delivered: Int
    /// Seconds from the first publication to the last delivery.
    let wall: Double
    /// Seconds of CPU.
    let speaker: Double
    let hearer: Double
    let redis: Double

    init(_ pair: some Pair, redis: RedisProcess, users: Int, rate: Int?, seconds: Double) throws {
        let before = (try Clocks.cpu(of: pair.speaker), try Clocks.cpu(of: pair.hearer), redis.cpu())
        let begin = Clocks.now()
        var published = 0
        while Clocks.now() - begin < seconds {
            let due = rate.map { Int((Clocks.now() - begin) * Double($0)) } ?? published + Self.room(in: pair)
            while published < due {
                pair.publish(published % users, timestamp: Int64(published))
                published += 1
            }
            usleep(1_000)
        }
        wall = Self.waitForRest(pair) - begin
        self.rate = rate
        self.published = published
        (sent, delivered) = (pair.sent, pair.delivered)
        speaker = try Clocks.cpu(of: pair.speaker) - before.0
        hearer = try Clocks.cpu(of: pair.hearer) - before.1
        self.redis = redis.cpu() - before.2
    }

    private static func room(in pair: some Pair) -> Int {
        pair.waiting < window ? 2_000 : 0
    }

    /// Returns when the last delivery came: nothing more has come for a tenth of a second.
    private static func waitForRest(_ pair: some Pair) -> Double {
        var (count, last) = (-1, Clocks.now())
        while pair.delivered != count || Clocks.now() - last < 0.1 {
            if pair.delivered != count { (count, last) = (pair.delivered, Clocks.now()) }
            usleep(1_000)
        }
        return last
    }
}
