/// The days of UTC into which the history is cut. Times are in milliseconds since the Unix epoch.
enum HistoryPartitions {
    static let day: Int64 = 24 * 60 * 60 * 1_000
    /// Days for which there is a partition, today's included.
    static let daysAhead: Int64 = 3

    /// How far there are partitions, as far as this process knows.
    struct Horizon {
        private(set) var end = Int64.min
        private var nextAttempt = Int64.min

        /// After a failure there is time: there are partitions for days yet.
        private static let pause: Int64 = 60 * 1_000

        /// Whether it is time to make partitions. Says so once, and again after a while.
        mutating func isDue(_ now: Int64) -> Bool {
            guard end < now + day, now >= nextAttempt else { return false }
            nextAttempt = now + Self.pause
            return true
        }

        mutating func reach(_ end: Int64) { self.end = max(self.end, end) }
    }

    /// Where the days begin for which there should be a partition.
    static func starts(_ now: Int64) -> [Int64] {
        let today = now - (now % day + day) % day
        return (0..<daysAhead).map { today + $0 * day }
    }

    /// `history_20260131`, for the day that begins at `start`.
    static func name(_ start: Int64) -> String {
        // The proleptic Gregorian calendar, counted from 1 March of the year 0, so that a leap day ends a year.
        let days = start / day + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let date = [
            yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1,
        ]
        return "history_" + date.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    }
}
