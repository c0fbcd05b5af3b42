import Foundation
import Testing

/// The manual page is made from what the command says of itself; this finds one that was not made again.
@Suite struct ManualTests {
    private struct Dump: Decodable {
        let command: Entry
    }

    private struct Entry: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable {
                let kind: String
                let name: String
            }

            let names: [Name]?
            let shouldDisplay: Bool?
        }

        let commandName: String
        let abstract: String?
        let arguments: [Argument]?
        let subcommands: [Entry]?
    }

    @Test func itHasEveryCommandAndOption() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/man/nearby.1")
        let page = try String(contentsOf: file.standardized, encoding: .utf8).replacing("\\-", with: "-")
        let dump = try Command(["--experimental-dump-help"])
        let root = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command
        var count = 0
        func check(_ entry: Entry, path: String) {
            let path = "\(path) \(entry.commandName)"
            #expect(page.contains(" \(path)\n".replacing("  ", with: " ")), "\(path)")
            #expect(page.contains(entry.abstract ?? "-"), "\(path)")
            for name in (entry.arguments ?? []).filter({ $0.shouldDisplay != false }).compactMap(\.names?.last)
            where !["help", "version"].contains(name.name) {
                count += 1
                #expect(page.contains((name.kind == "long" ? "--" : "-") + name.name), "\(path) \(name.name)")
            }
            for sub in entry.subcommands ?? [] where sub.commandName != "help" { check(sub, path: path) }
        }
        for command in root.subcommands ?? [] where command.commandName != "help" {
            check(command, path: root.commandName)
        }
        #expect(count > 30)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAreMade(_ shell: String) throws {
        let run = try Command(["--generate-completion-script", shell])
        #expect(run.status == 0)
        #expect(run.output.contains("geohash") && run.output.contains("strangers-k"))
    }
}
