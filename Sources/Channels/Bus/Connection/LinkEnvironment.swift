internal import NIOCore

/// What all links of a bus or a cache share: loop, settings, the way to connect, and chance. Lives on the loop.
final class LinkEnvironment {
    let loop: any EventLoop
    let settings: BusSettings
    let connector: RedisConnector
    /// What the server's `CLIENT LIST` shows.
    let clientName: String
    /// For the back-off; seeded in tests.
    var generator: any RandomNumberGenerator

    init(
        loop: any EventLoop, settings: BusSettings, connector: RedisConnector, clientName: String,
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) {
        self.loop = loop
        self.settings = settings
        self.connector = connector
        self.clientName = clientName
        self.generator = generator
    }
}
