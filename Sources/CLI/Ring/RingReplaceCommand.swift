import ArgumentParser

/// `nearby ring replace`: another server in the place of one.
struct RingReplaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace", abstract: "Puts another server in the place of one, which may be dead.")

    @Argument(help: ArgumentHelp("The name, host:port, or the address of the one that goes.", valueName: "server"))
    var server: String
    @Argument(
        help: ArgumentHelp("The address of the one that comes; - reads it from standard input.", valueName: "url"))
    var address: String
    @OptionGroup var options: RingOptions
    @OptionGroup var format: RingFormat

    func run() async throws {
        let edit = RingEdit.replace(server, by: try RingEdit.address(address))
        try await RingChange(options: options, format: format).run(edit)
    }
}
