import Etcd
import Foundation
import TestServers
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// etcd that asks who calls, and etcd with TLS.
@Suite struct EtcdLoginTests {
    private func withClient(
        at url: String, _ login: EtcdLogin?, rootsFile: String? = nil,
        _ body: (EtcdClient) async throws -> Void
    ) async throws {
        let client = EtcdClient(endpoints: [url], login: login, rootsFile: rootsFile)
        do { try await body(client) } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
    }

    private func eventually(_ what: Comment, _ condition: () async throws -> Bool) async {
        for _ in 0..<200 {
            if (try? await condition()) == true { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
        Issue.record(what)
    }

    /// A call of etcd's administrator.
    private func administer(_ server: EtcdServer, _ path: String, _ json: String, token: String? = nil) async throws
        -> Data
    {
        var request = URLRequest(url: URL(string: "\(server.url)/v3/\(path)")!)
        request.httpMethod = "POST"
        request.httpBody = Data(json.utf8)
        if let token { request.setValue(token, forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200, "\(path)")
        return data
    }

    private func rootToken(_ server: EtcdServer) async throws -> String {
        struct Answer: Decodable { let token: String }
        let data = try await administer(server, "auth/authenticate", #"{"name":"root","password":"r"}"#)
        return try JSONDecoder().decode(Answer.self, from: data).token
    }

    /// Lets a user `nearby` at `/config/`, and nobody in without a name.
    private func askForNames(_ server: EtcdServer) async throws {
        try await withClient(at: server.url, nil) { client in
            await eventually("etcd does not answer") { try await client.get("a").revision > 0 }
        }
        let key = Data("/config/".utf8).base64EncodedString(), end = Data("/config0".utf8).base64EncodedString()
        for (path, json) in [
            ("auth/user/add", #"{"name":"root","password":"r"}"#), ("auth/role/add", #"{"name":"root"}"#),
            ("auth/user/grant", #"{"user":"root","role":"root"}"#),
            ("auth/user/add", #"{"name":"nearby","password":"n"}"#), ("auth/role/add", #"{"name":"config"}"#),
            (
                "auth/role/grant",
                #"{"name":"config","perm":{"permType":"READWRITE","key":"\#(key)","range_end":"\#(end)"}}"#
            ),
            ("auth/user/grant", #"{"user":"nearby","role":"config"}"#), ("auth/enable", "{}"),
        ] {
            _ = try await administer(server, path, json)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `only who logs in is served, also after etcd forgot or changed who that is`()
        async throws
    {
        try await EtcdServer.run { server in
            try await askForNames(server)
            try await withClient(at: server.url, nil) { client in
                await #expect(throws: EtcdError.refused(status: 400)) { try await client.put("/config/a", "1") }
            }
            try await withClient(at: server.url, EtcdLogin(user: "nearby", password: "bad")) { client in
                await #expect(throws: EtcdError.self) { try await client.put("/config/a", "1") }
            }
            try await withClient(at: server.url, EtcdLogin(user: "nearby", password: "n")) { client in
                try await client.put("/config/a", "1")
                await #expect(throws: EtcdError.refused(status: 403)) { try await client.put("/elsewhere", "1") }
                // Its tokens are gone with it.
                server.kill()
                try await server.start()
                await eventually("it is not served again") { try await client.get("/config/a").value?.text == "1" }
                // Tokens of before are old.
                _ = try await administer(server, "auth/role/add", #"{"name":"more"}"#, token: rootToken(server))
                #expect(try await client.get("/config/a").value?.text == "1")
                try await hearChanges(of: client)
            }
        }
    }

    private func hearChanges(of client: EtcdClient) async throws {
        let first = try await client.put("/config/a", "2")
        let (changes, change) = AsyncStream.makeStream(of: EtcdSnapshot.self)
        let watch = Task { try await client.watch("/config/a", from: first + 1) { change.yield($0) } }
        try await client.put("/config/a", "3")
        #expect(await changes.first { _ in true }?.value?.text == "3")
        watch.cancel()
    }

    @Test(.timeLimit(.minutes(1)), .enabled(if: Certificates.isPossible, "openssl is not installed"))
    func `only etcd with the right certificate is believed`() async throws {
        try await Certificates.make(for: "DNS:localhost") { certificates in
            try await EtcdServer.run(certificates: certificates) { server in
                let named = server.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
                try await withClient(at: named, nil, rootsFile: certificates.authority) { client in
                    await eventually("etcd does not answer") { try await client.put("a", "1") > 0 }
                }
                for (url, roots) in [(server.url, certificates.authority), (named, nil)] {
                    try await withClient(at: url, nil, rootsFile: roots) { client in
                        await #expect(throws: EtcdError.unreachable) { _ = try await client.get("a") }
                    }
                }
            }
        }
    }
}
