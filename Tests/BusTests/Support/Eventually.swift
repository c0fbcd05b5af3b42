import Testing

/// Waits until a condition holds that a server outside has to bring about.
///
/// - Returns: how long it took; a failed expectation if it does not hold in time.
@discardableResult
func eventually(
    within limit: Duration = .seconds(60), _ what: Comment? = nil, at place: SourceLocation = #_sourceLocation,
    _ condition: () throws -> Bool
) async rethrows -> Duration {
    let clock = ContinuousClock()
    let start = clock.now
    while try !condition() {
        guard clock.now - start < limit else {
            Issue.record(what ?? "it did not come about", sourceLocation: place)
            return clock.now - start
        }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return clock.now - start
}
