/// The engine alone: no socket, no text. Prints a table and one line of JSON.
///
///     engine-benchmark [--small]
///
/// `--small` leaves out the crowds of 100,000, which need about 3 GB.
@main
enum EngineBenchmark {
    private static let rounds = 5

    static func main() {
        let isSmall = CommandLine.arguments.contains("--small")
        var report = Report()
        for crowd in Crowd.all where !isSmall || crowd.people <= 10_000 {
            let engine = EngineUnderTest(crowd)
            let alone = (publication: median { engine.publication() }, ownMove: median { engine.ownMove() })
            let fanOut = crowd.batches.map { batch in (0..<rounds).map { _ in engine.fanOut(batch: batch) } }
            let naive = naive(crowd)
            for (i, batch) in crowd.batches.enumerated() {
                report.add(crowd, batch: batch, fanOut[i], alone: alone, naive: naive[i])
            }
        }
        report.finish()
    }

    /// Apart from the engine, so that not both are in memory together.
    private static func naive(_ crowd: Crowd) -> [Double] {
        let naive = NaiveFanOut(crowd)
        return crowd.batches.map { batch in median { naive.fanOut(batch: batch) } }
    }

    private static func median(_ measure: () -> Double) -> Double {
        Report.median((0..<rounds).map { _ in measure() })
    }
}
