import Geo

/// A way through the city without end: along the streets, now and then around a corner. The same for the same seed.
struct DemoWalk {
    enum Pace: CaseIterable {
        case walking, cycling, metro

        /// Metres a second.
        var speeds: ClosedRange<Double> {
            switch self {
            case .walking: 1.1...1.7
            case .cycling: 3.5...5.5
            case .metro: 9...12
            }
        }
    }

    /// How often somebody goes straight on where there is a choice.
    private static let straightShare = 0.7
    /// How often a walker stops at a corner, and for how many seconds.
    private static let stopShare = 0.05
    private static let stopSeconds = 10.0...40.0
    /// How long the metro stands at a stop, seconds.
    private static let metroStopSeconds = 20.0
    /// What is left of a time, in seconds, is no way any more.
    private static let negligible = 1e-9

    let pace: Pace
    /// Metres a second.
    let speed: Double
    /// The corner that was passed last.
    private(set) var corner: DemoCity.Corner
    private var heading: DemoCity.Heading
    /// Metres since ``corner``.
    private var progress = 0.0
    /// Seconds still to stand.
    private var pause = 0.0
    private var generator: SeededGenerator

    /// - Parameter start: somewhere, unless given.
    init(pace: Pace, start: DemoCity.Corner? = nil, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let avenues = DemoCity.avenues.indices.filter { pace != .metro || DemoCity.avenues[$0].hasMetro }
        self.pace = pace
        speed = .random(in: pace.speeds, using: &generator)
        corner =
            start
            ?? DemoCity.Corner(
                avenue: avenues.randomElement(using: &generator)!,
                street: .random(in: DemoCity.streets, using: &generator))
        heading = .uptown
        self.generator = generator
        heading = choice(of: options())
    }

    /// Where the walk is now.
    var coordinate: Coordinate {
        let next = DemoCity.neighbor(of: corner, heading)!
        let share = progress / length
        return DemoCity.coordinate(
            x: corner.x + (next.x - corner.x) * share, y: corner.y + (next.y - corner.y) * share)
    }

    /// The distance from ``corner`` to the next one, metres.
    private var length: Double {
        let next = DemoCity.neighbor(of: corner, heading)!
        return abs(next.x - corner.x) + abs(next.y - corner.y)
    }

    mutating func advance(seconds: Double) {
        var left = seconds
        while left > Self.negligible {
            let standing = min(left, pause)
            pause -= standing
            left -= standing
            let length = length
            let step = min(left * speed, length - progress)
            progress += step
            left -= step / speed
            if progress >= length { pass() }
        }
    }

    /// Takes the next corner.
    private mutating func pass() {
        corner = DemoCity.neighbor(of: corner, heading)!
        progress = 0
        let options = options()
        let ahead = options.filter { $0 != heading.opposite }
        let goesOn = ahead.contains(heading) && happens(Self.straightShare)
        if !goesOn { heading = choice(of: ahead.isEmpty ? options : ahead) }
        switch pace {
        case .metro where DemoCity.metroStops.contains(corner.street): pause = Self.metroStopSeconds
        case .walking where happens(Self.stopShare): pause = .random(in: Self.stopSeconds, using: &generator)
        default: break
        }
    }

    /// Where one can go from ``corner``. The metro stays on its avenue.
    private func options() -> [DemoCity.Heading] {
        DemoCity.Heading.allCases.filter { heading in
            if pace == .metro, heading == .east || heading == .west { return false }
            return DemoCity.neighbor(of: corner, heading) != nil
        }
    }

    private mutating func happens(_ share: Double) -> Bool {
        .random(in: 0..<1, using: &generator) < share
    }

    private mutating func choice(of options: [DemoCity.Heading]) -> DemoCity.Heading {
        options.randomElement(using: &generator)!
    }
}
