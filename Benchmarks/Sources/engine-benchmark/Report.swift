/// The table, line by line as it is measured, and at the end the same as JSON.
struct Report {
    private var entries: [String] = []

    init() {
        print(
            "Nanoseconds of thread CPU time, medians. Alone, own move and publish: of one publication; delivery and naive: of one delivery."
        )
        print(
            Self.row([
                "people", "friends", "near", "batch", "per frame", "alone", "own move", "publish", "delivery", "naive",
            ]))
    }

    mutating func add(
        _ crowd: Crowd, batch: Int, _ rounds: [FanOutTimes], alone: (publication: Double, ownMove: Double),
        naive: Double
    ) {
        let near = 100 / crowd.towns
        let perFrame = Self.median(rounds.map { Double($0.deliveries) / Double($0.frames) })
        let publish = Self.median(rounds.map(\.publication))
        let delivery = Self.median(rounds.map(\.delivery))
        print(
            Self.row([
                "\(crowd.people)", "\(crowd.friends)", "\(near) %", "\(batch)", Self.text(perFrame),
                Self.text(alone.publication), Self.text(alone.ownMove), Self.text(publish), Self.text(delivery),
                Self.text(naive),
            ]))
        entries.append(
            """
            {"people":\(crowd.people),"friends":\(crowd.friends),"near_percent":\(near),"batch":\(batch),\
            "deliveries_per_frame":\(Self.text(perFrame)),"publish_ns":\(Self.text(publish)),\
            "delivery_ns":\(Self.text(delivery)),"alone_ns":\(Self.text(alone.publication)),"own_move_ns":\(Self.text(alone.ownMove)),\
            "naive_delivery_ns":\(Self.text(naive))}
            """)
    }

    func finish() {
        print("{\"engine\":[\(entries.joined(separator: ","))]}")
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private static func row(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
    }
}
