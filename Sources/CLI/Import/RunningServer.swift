import ArgumentParser
import Foundation
import Server

/// A running server that a command may call instead of doing something itself.
struct RunningServer: ParsableArguments {
    @Option(help: ArgumentHelp("A running server to call instead, http://host:port.", valueName: "url"))
    var url: String?
    @Option(
        help: ArgumentHelp(
            "The server's API key. Other users of this machine can read it here; NEARBY_API_KEY is safer.",
            valueName: "key"))
    var apiKey: String?

    func validate() throws {
        guard url == nil || address != nil else { throw ValidationError("--url: must be like http://127.0.0.1:8080") }
        guard apiKey == nil || url != nil else { throw ValidationError("--api-key: is for --url only") }
    }

    /// `nil` if no server was named.
    var address: URL? { url.flatMap(BackendAPI.parse) }

    /// The API key that was given or configured.
    func key(_ settings: Settings) -> String? {
        apiKey ?? settings.keys.apiKey.map { String(decoding: $0.bytes, as: UTF8.self) }
    }
}
