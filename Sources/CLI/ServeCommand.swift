import ArgumentParser
import Foundation
import Logging
import Server

/// `nearby serve`: runs the server until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the server.",
        discussion: """
            Each setting can also stand in the environment (NEARBY_STRANGERS_K for --strangers-k) or in the \
            configuration file; flags win over the environment, that over the file. docs/settings.md lists all.

            With --demo, the server serves this machine only, from a directory that is removed at the end, unless \
            --data is given: then the made-up people, whose ids begin with demo-, are added to what is there.
            """)

    @Option(help: help(.host, "address")) var host: String?
    @Option(help: help(.port, "port")) var port: String?
    @Option(help: help(.data, "directory")) var data: String?
    @Option(help: help(.config, "file")) var config: String?
    @Flag(help: help(.demo)) var demo = false
    @Flag(help: help(.echo)) var echo = false
    @Option(help: help(.radius, "length")) var radius: String?
    @Option(help: help(.strangersRadius, "length")) var strangersRadius: String?
    @Option(help: help(.precisions, "list")) var precisions: String?
    @Option(help: help(.inactive, "time")) var inactive: String?
    @Option(help: help(.minimumInterval, "time")) var minInterval: String?
    @Option(help: help(.strangersK, "number")) var strangersK: String?
    @Option(help: help(.strangersTick, "time")) var strangersTick: String?
    @Option(help: help(.threads, "number")) var threads: String?

    func validate() throws {
        // The flags alone, so that a mistake in them is answered with this command's usage.
        _ = try Settings.load(asUsage: flags.filter { $0.key != .config }, environment: [:])
    }

    func run() async throws {
        let (settings, notices) = try Settings.load(asUsage: flags)
        let logger = Logger(label: "nearby")
        for notice in notices { logger.notice("\(notice)") }
        if settings.demo {
            try await DemoServer(settings: settings, data: data).run(logger: logger, announce: Self.announce)
        } else {
            try await NearbyServer(settings: settings, logger: logger, ownsProcess: true).run(onReady: Self.announce)
        }
    }

    /// Written at once, also into a pipe: a script may wait for this line.
    @Sendable private static func announce(_ address: ServerAddress) {
        FileHandle.standardOutput.write(Data("listening on http://\(address.authority)\n".utf8))
    }

    /// What was given on the command line; what values are allowed is the settings' business.
    var flags: [SettingName: String] {
        let given: [SettingName: String?] = [
            .host: host, .port: port, .data: data, .config: config, .demo: demo ? "true" : nil,
            .echo: echo ? "true" : nil, .radius: radius, .strangersRadius: strangersRadius,
            .precisions: precisions, .inactive: inactive, .minimumInterval: minInterval,
            .strangersK: strangersK, .strangersTick: strangersTick, .threads: threads,
        ]
        return given.compactMapValues { $0 }
    }

    private static func help(_ name: SettingName, _ value: String? = nil) -> ArgumentHelp {
        ArgumentHelp(settingHelp: name, value)
    }
}
