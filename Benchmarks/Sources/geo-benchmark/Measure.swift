/// Nanoseconds of thread CPU time an operation takes: the median of some rounds.
///
/// - Parameters:
///   - operations: how many `body` does each time it is called.
///   - body: returns a number that depends on all it did, so that nothing of it can be left out.
@inline(never)
func nanoseconds(operations: Int, _ body: () -> UInt64) -> Double {
    let rounds = 9
    let shortestRound = 2e7
    keep(body())
    var times: [Double] = []
    for _ in 0..<rounds {
        let start = ThreadClock.now
        var (end, calls) = (start, 0)
        while end - start < shortestRound {
            for _ in 0..<8 { keep(body()) }
            calls += 8
            end = ThreadClock.now
        }
        times.append((end - start) / Double(calls * operations))
    }
    return times.sorted()[rounds / 2]
}

/// Something that the compiler cannot see through takes the number.
@inline(never) @_optimize(none)
private func keep(_ number: UInt64) {}
