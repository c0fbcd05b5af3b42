import Etcd
import Synchronization
import TestServers
import Testing

/// Against a real etcd.
@Suite struct EtcdClientTests {
    private func withClient(_ body: (EtcdClient, EtcdServer) async throws -> Void) async throws {
        try await EtcdServer.run { server in
            let client = EtcdClient(endpoints: ["http://127.0.0.1:1", server.url])
            await untilItAnswers(client)
            do {
                try await body(client, server)
            } catch {
                await client.shutdown()
                throw error
            }
            await client.shutdown()
        }
    }

    private func untilItAnswers(_ client: EtcdClient) async {
        for _ in 0..<200 {
            if (try? await client.get("any")) != nil { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("etcd does not answer")
    }

    @Test func `values are kept with their revisions`() async throws {
        try await withClient { client, _ in
            #expect(try await client.get("a").value == nil)
            let first = try await client.put("a", "1 \u{0} é")
            let value = try #require(try await client.get("a").value)
            #expect(value.text == "1 \u{0} é" && value.modified == first && value.key == "a" && value.lease == 0)
            let second = try await client.put("a", "")
            #expect(second > first)
            #expect(try await client.get("a").value?.value == [])
            try await client.put("b/1", "x")
            try await client.put("b/2", "y")
            try await client.put("b0", "z")
            #expect(try await client.list(prefix: "b/").map(\.text) == ["x", "y"])
            #expect(try await client.get("none").revision >= second)
        }
    }

    @Test func `a transaction writes all or nothing`() async throws {
        try await withClient { client, _ in
            #expect(try await client.put(["a": "1", "b": "1"], ifUnchanged: ["a": 0]))
            #expect(try await !client.put(["a": "2"], ifUnchanged: ["a": 0]))
            let a = try #require(try await client.get("a").value)
            #expect(try await client.put(["a": "2", "b": "2"], ifUnchanged: ["a": a.modified]))
            #expect(try await !client.put(["a": "3", "b": "3"], ifUnchanged: ["a": a.modified]))
            #expect(try await client.get("b").value?.text == "2")
        }
    }

    @Test func `a key ends with its lease`() async throws {
        try await withClient { client, _ in
            let lease = try await client.grantLease(seconds: 60)
            try await client.put("mine", "1", lease: lease)
            try await client.keepAlive(lease: lease)
            #expect(try await client.get("mine").value?.lease == lease)
            try await client.revoke(lease: lease)
            #expect(try await client.get("mine").value == nil)
            await #expect(throws: EtcdError.leaseLost) { try await client.keepAlive(lease: lease) }
            await #expect(throws: EtcdError.leaseLost) { try await client.revoke(lease: lease) }
        }
    }

    @Test func `a watch tells every change in order, deletions by lease too`() async throws {
        try await withClient { client, _ in
            let first = try await client.put("w", "0")
            let lease = try await client.grantLease(seconds: 60)
            let (changes, change) = AsyncStream.makeStream(of: EtcdSnapshot.self)
            let watch = Task {
                try await client.watch("w", from: first + 1) { change.yield($0) }
            }
            for number in 1...20 { try await client.put("w", "\(number)") }
            try await client.put("w", "last", lease: lease)
            try await client.revoke(lease: lease)
            var texts: [String?] = []
            var revision = first
            for await snapshot in changes {
                #expect(snapshot.revision > revision)
                revision = snapshot.revision
                texts.append(snapshot.value?.text)
                if snapshot.value == nil { break }
            }
            #expect(texts == (1...20).map { "\($0)" } + ["last", nil])
            watch.cancel()
        }
    }

    @Test func `nothing there is said in time`() async throws {
        let client = EtcdClient(endpoints: ["http://127.0.0.1:1", "http://127.0.0.1:2/"])
        await #expect(throws: EtcdError.unreachable) { _ = try await client.get("a") }
        await #expect(throws: EtcdError.unreachable) { try await client.watch("a", from: 1) { _ in } }
        await client.shutdown()
    }

    // MARK: One key, followed

    private func follow(
        _ key: EtcdKey, _ body: (AsyncStream<EtcdKey.News>) async throws -> Void
    ) async throws {
        let (stream, news) = AsyncStream.makeStream(of: EtcdKey.News.self)
        let task = Task {
            await key.follow(pause: { _ in try await Task.sleep(for: .milliseconds(20)) }, take: { news.yield($0) })
        }
        try await body(stream)
        task.cancel()
        await task.value
    }

    private func next(of news: AsyncStream<EtcdKey.News>) async -> EtcdKey.News? {
        await news.first { _ in true }
    }

    private func value(_ news: EtcdKey.News?) -> String? {
        if case .value(let value) = news { value.text } else { nil }
    }

    @Test func `a key is followed through an outage of etcd, and each value told once`() async throws {
        try await withClient { client, server in
            try await follow(EtcdKey("ring", of: client, rereadInterval: .milliseconds(100))) { news in
                guard case .missing = await next(of: news) else {
                    Issue.record("there was no key")
                    return
                }
                try await client.put("ring", "1")
                #expect(value(await next(of: news)) == "1")
                server.kill()
                #expect(await next(of: news) == .unreachable(.unreachable))
                try await server.start()
                await untilItAnswers(client)
                try await client.put("ring", "2")
                #expect(await next(of: news) == .reachable)
                #expect(value(await next(of: news)) == "2")
                // Read again several times meanwhile; nothing but the next value is told.
                try await Task.sleep(for: .milliseconds(350))
                try await client.put("ring", "3")
                #expect(value(await next(of: news)) == "3")
            }
        }
    }
}
