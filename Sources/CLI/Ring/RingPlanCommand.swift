import ArgumentParser
import Rings

/// `nearby ring plan`: what a change would move, without making it.
struct RingPlanCommand: AsyncParsableCommand {
    enum Verb: String, CaseIterable, ExpressibleByArgument {
        case add, remove, replace
    }

    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Prints which share of the channels a change would move, from where to where; changes nothing.",
        discussion: """
            nearby ring plan add redis://10.0.0.4
            nearby ring plan remove 10.0.0.1:6379
            nearby ring plan replace 10.0.0.1:6379 redis://10.0.0.4
            """)

    @Argument(help: "The change: add, remove or replace.") var verb: Verb
    @Argument(help: ArgumentHelp("What it is made with, as for that verb.", valueName: "server")) var servers: [String]
    @OptionGroup var options: RingOptions
    @OptionGroup var format: RingFormat

    func validate() throws {
        let count = verb == .replace ? 2 : 1
        guard servers.count == count else {
            throw ValidationError("<server>: \(verb.rawValue) takes \(count == 1 ? "one" : "two")")
        }
        guard options.list != .standby else { throw ValidationError("--list: standbys have no channels") }
    }

    func run() async throws {
        let edit: RingEdit =
            switch verb {
            case .add: .add(try RingEdit.address(servers[0]))
            case .remove: .remove(servers[0])
            case .replace: .replace(servers[0], by: try RingEdit.address(servers[1]))
            }
        let before = try await options.withPlace { try await $0.read() }.list
        let after = try edit.apply(to: before)
        try format.write(RingText.plan(from: before, to: after), RingText.planJSON(from: before, to: after))
    }
}
