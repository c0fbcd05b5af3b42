import Geo

/// Requests that were made without a connection, or lost with one, and must not be: said after the next welcome.
struct Backlog {
    struct Settings {
        var radius: Radius?
        var sharing: Bool?
        var waiting: [Int] = []
    }

    private(set) var settings: Settings?
    private(set) var strangers: [Int] = []

    /// What is asked for later wins.
    mutating func add(radius: Radius?, sharing: Bool?, waiting: [Int]) {
        let before = settings ?? Settings()
        settings = Settings(
            radius: radius ?? before.radius, sharing: sharing ?? before.sharing, waiting: before.waiting + waiting)
    }

    /// A request that was lost on its way: what was asked for since is newer.
    mutating func addLost(radius: Radius?, sharing: Bool?, waiting: [Int]) {
        let newer = settings ?? Settings()
        settings = Settings(
            radius: newer.radius ?? radius, sharing: newer.sharing ?? sharing, waiting: newer.waiting + waiting)
    }

    /// The next `hello` says what is wanted.
    mutating func addStrangers(waiting: [Int]) { strangers += waiting }

    mutating func take() -> Backlog {
        defer { self = Backlog() }
        return self
    }
}
