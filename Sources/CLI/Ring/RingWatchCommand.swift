import ArgumentParser
import Rings

/// `nearby ring watch`: a line for the list as it is, and one for each that follows.
struct RingWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Prints the servers, and again whenever the list changes, until it is stopped.")

    @OptionGroup var options: RingOptions
    @OptionGroup var format: RingFormat

    func run() async throws {
        let (format, isRing) = (format, options.list != .standby)
        try await options.withPlace { place in
            try await place.watch { news in
                switch news {
                case .list(let stored):
                    let names = stored.list?.names.joined(separator: ", ") ?? "no list"
                    try format.write("revision \(stored.revision): \(names)\n", RingText.json(stored, isRing: isRing))
                case .trouble(let text): StandardError.write(text)
                }
            }
        }
    }
}
