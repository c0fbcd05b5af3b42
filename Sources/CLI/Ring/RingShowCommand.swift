import ArgumentParser
import Rings

/// `nearby ring show`: the servers in their order, and what each has of the channels.
struct RingShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints the servers in their order, and which share of the channels each has.")

    @OptionGroup var options: RingOptions
    @OptionGroup var format: RingFormat

    func run() async throws {
        let stored = try await options.withPlace { try await $0.read() }
        guard stored.list != nil else { throw BackendAPI.Failure("there is no list of servers yet") }
        let isRing = options.list != .standby
        try format.write(RingText.list(stored, isRing: isRing), RingText.json(stored, isRing: isRing))
    }
}
