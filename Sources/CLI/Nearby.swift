import ArgumentParser

/// The `nearby` command. What it does is done by its subcommands.
///
/// Exit status: 0 done, 1 failed, 64 wrong usage.
@main struct Nearby: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "nearby",
        abstract: "Shows people who of their friends, and which strangers, are nearby, live.",
        version: version,
        subcommands: [
            ServeCommand.self, TokenCommand.self, ImportCommand.self, GeohashCommand.self, ReplayCommand.self,
            RingCommand.self,
        ])

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Negative numbers are values there.
        if arguments.first == "geohash" { await GeohashLauncher.run(arguments, of: self) }
        await main(arguments)
    }
}
