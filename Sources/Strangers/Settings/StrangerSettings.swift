public import Geo

/// What an operator can set about strangers. Always valid: ``init(precisions:radius:k:tickMilliseconds:expireMilliseconds:inactivityMilliseconds:minimumSide:sampleSize:)``
/// refuses what does not fit together.
public struct StrangerSettings: Sendable, Equatable {
    /// Why settings were refused; the case names the setting.
    public enum Problem: Error, Equatable {
        /// Not one to three different precisions within 4...6.
        case precisions
        /// Fewer than 1.
        case k
        /// Not 1 ms to a day.
        case tick
        /// Not 1 ms to a week.
        case expire
        /// Not 1 ms to a week.
        case inactivity
        /// Negative, not a number, or more than the largest cell has.
        case minimumSide
        /// Not 1 to 255.
        case sampleSize
    }

    /// The precisions that are routed by and published at, ascending, within 4...6.
    public let precisions: [Int]
    /// The radius of a session that asks for none.
    public let radius: Radius
    /// How many users share a cell before any of them is published in it.
    public let k: Int
    /// How often a session is told of changes, milliseconds.
    public let tickMilliseconds: Int64
    /// How long an opt-in lasts, milliseconds.
    public let expireMilliseconds: Int64
    /// After how long without an accepted location a user is withdrawn, milliseconds.
    public let inactivityMilliseconds: Int64
    /// The least side of a cell that may be published, metres.
    public let minimumSide: Double
    /// The most strangers that a session is shown.
    public let sampleSize: Int

    /// - Throws: ``Problem`` for the first setting that is out of its range.
    public init(
        precisions: [Int] = [4, 5, 6], radius: Radius = .strangersDefault, k: Int = 3,
        tickMilliseconds: Int64 = 30_000, expireMilliseconds: Int64 = 3_600_000,
        inactivityMilliseconds: Int64 = 600_000, minimumSide: Double = 500, sampleSize: Int = 50
    ) throws(Problem) {
        let coarse = StrangerLimits.coarsestPrecision...StrangerLimits.finestPrecision
        let day: Int64 = 86_400_000
        guard !precisions.isEmpty, precisions.allSatisfy(coarse.contains), Set(precisions).count == precisions.count
        else { throw .precisions }
        guard k >= 1 else { throw .k }
        guard 1...day ~= tickMilliseconds else { throw .tick }
        guard 1...7 * day ~= expireMilliseconds else { throw .expire }
        guard 1...7 * day ~= inactivityMilliseconds else { throw .inactivity }
        guard 0...Self.largestSide ~= minimumSide else { throw .minimumSide }
        guard 1...255 ~= sampleSize else { throw .sampleSize }
        self.precisions = precisions.sorted()
        self.radius = radius
        self.k = k
        self.tickMilliseconds = tickMilliseconds
        self.expireMilliseconds = expireMilliseconds
        self.inactivityMilliseconds = inactivityMilliseconds
        self.minimumSide = minimumSide
        self.sampleSize = sampleSize
    }

    /// The height of a cell of the coarsest precision, metres, rounded down.
    private static let largestSide = 19_500.0
}

extension Radius {
    /// 2 km, the strangers' radius where nobody sets one.
    public static let strangersDefault = Radius(metres: 2_000)!
}
