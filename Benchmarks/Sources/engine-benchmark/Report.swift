/// The table, line by line as it is measured, and at the end the same as JSON.
struct Report {
    private var entries: [String] = []

    init() {
        print(
            "Nanoseconds of thread CPU time, medians. Publish and own move: of one publication; the others: of one delivery."
        )
        print(
            Self.row([
                "people", "friends", "near", "batch", "per frame", "publish", "delivery", "own move", "naive",
            ]))
    }

    mutating func add(_ crowd: Crowd, batch: Int, _ rounds: [FanOutTimes], ownMove: Double, naive: Double) {
        let near = 100 / crowd.towns
        let perFrame = Self.median(rounds.map { Double($0.deliveries) / Double($0.frames) })
        let publish = Self.median(rounds.map(\.publication))
        let delivery = Self.median(rounds.map(\.delivery))
        print(
            Self.row([
                "\(crowd.people)", "\(crowd.friends)", "\(near) %", "\(batch)", Self.text(perFrame),
                Self.text(publish), Self.text(delivery), Self.text(ownMove), Self.text(naive),
            ]))
        entries.append(
            """
            {"people":\(crowd.people),"friends":\(crowd.friends),"near_percent":\(near),"batch":\(batch),\
            "deliveries_per_frame":\(Self.text(perFrame)),"publish_ns":\(Self.text(publish)),\
            "delivery_ns":\(Self.text(delivery)),"own_move_ns":\(Self.text(ownMove)),"naive_delivery_ns":\(Self.text(naive))}
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
