import ArgumentParser

/// `nearby ring remove`: a server less.
struct RingRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Removes a server; its channels move to the others.")

    @Argument(help: ArgumentHelp("Its name, host:port, or its address.", valueName: "server")) var server: String
    @OptionGroup var options: RingOptions
    @OptionGroup var format: RingFormat

    func run() async throws {
        try await RingChange(options: options, format: format).run(.remove(server))
    }
}
