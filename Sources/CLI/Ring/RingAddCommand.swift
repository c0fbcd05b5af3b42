import ArgumentParser

/// `nearby ring add`: one more server.
struct RingAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Adds a server at the end of the list.")

    @Argument(help: ArgumentHelp("Its address; - reads it from standard input.", valueName: "url")) var address: String
    @OptionGroup var options: RingOptions
    @OptionGroup var format: RingFormat

    func run() async throws {
        try await RingChange(options: options, format: format).run(.add(try RingEdit.address(address)))
    }
}
