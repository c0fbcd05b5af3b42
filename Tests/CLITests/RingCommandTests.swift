import ChannelBus
import Etcd
import Rings
import TestServers
import Testing

@testable import CLI

/// `nearby ring` with a real etcd.
@Suite(.serialized, .enabled(if: EtcdServer.isInstalled, "etcd is not installed")) struct RingCommandTests {
    private static let secret = "redis://user:geheim@10.0.0.1:1"

    private func withEtcd(
        _ body: @Sendable (_ ring: ([String]) async throws -> Command, EtcdClient) async throws -> Void
    ) async throws {
        try await EtcdServer.run { etcd in
            let client = EtcdClient(endpoints: [etcd.url])
            for _ in 0..<400 where (try? await client.get("any")) == nil {
                try await Task.sleep(for: .milliseconds(50))
            }
            do {
                try await body(
                    { try await Command.run(["ring"] + $0, environment: ["NEARBY_CLUSTER_ETCD": etcd.url]) }, client)
            } catch {
                await client.shutdown()
                throw error
            }
            await client.shutdown()
        }
    }

    @Test func serversComeGoAndTakePlacesWithoutPasswordsOnAnyLine() async throws {
        try await withEtcd { ring, client in
            #expect(try await ring(["show"]).status == 1)
            #expect(try await ring(["add", Self.secret]).status == 0)
            let planned = try await ring(["plan", "add", "redis://10.0.0.2:2"])
            #expect(planned.status == 0 && planned.output.contains("10.0.0.1:1  ->  10.0.0.2:2"))
            #expect(try await client.get(RingKeys.bus).value?.text == "[\"\(Self.secret)\"]")
            #expect(try await ring(["add", "redis://10.0.0.2:2"]).output == planned.output)
            #expect(try await ring(["replace", "10.0.0.2:2", "redis://10.0.0.3:3"]).status == 0)
            let shown = try await ring(["show"])
            #expect(shown.output.hasPrefix("10.0.0.1:1  ") && shown.output.contains("\n10.0.0.3:3  "))
            #expect(!(shown.output + planned.output).contains("geheim"))
            #expect(try await client.get(RingKeys.bus).value?.text == "[\"\(Self.secret)\",\"redis://10.0.0.3:3\"]")
            #expect(try await ring(["remove", "10.0.0.1:1"]).status == 0)
            #expect(try await client.get(RingKeys.bus).value?.text == #"["redis://10.0.0.3:3"]"#)
        }
    }

    @Test func whatCannotBeIsRefusedAndChangesNothing() async throws {
        try await withEtcd { ring, client in
            _ = try await ring(["add", "redis://10.0.0.1:1"])
            let before = try await client.get(RingKeys.bus).value
            for arguments in [
                ["add", "redis://10.0.0.1:1/3"], ["remove", "10.0.0.1:1"], ["remove", "10.0.0.9:1"],
                ["replace", "10.0.0.9:1", "redis://10.0.0.2:2"],
            ] {
                let command = try await ring(arguments)
                #expect(command.status == 1 && !command.errors.isEmpty)
            }
            let usage = try await ring(["add", "http://u:geheim@10.0.0.1"])
            #expect(usage.status == 64 && usage.errors.contains("<url>") && !usage.errors.contains("geheim"))
            #expect(try await ring(["plan", "replace", "10.0.0.1:1"]).status == 64)
            #expect(try await ring(["show", "--etcd", "x"]).status == 64)
            #expect(try await client.get(RingKeys.bus).value == before)
        }
    }

    @Test func standbysMayAllGo() async throws {
        try await withEtcd { ring, client in
            #expect(try await ring(["add", "--list", "standby", "redis://10.0.0.6"]).status == 0)
            let shown = try await ring(["show", "--list", "standby", "--format", "json"])
            #expect(shown.output.contains(#""name":"10.0.0.6:6379"}"#))
            #expect(try await ring(["remove", "--list", "standby", "10.0.0.6:6379"]).status == 0)
            #expect(try await client.get(RingKeys.standbys).value?.text == "[]")
        }
    }
}
