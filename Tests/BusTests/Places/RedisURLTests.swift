import Testing

@testable import ChannelBus

@Suite("Addresses of Redis servers")
struct RedisURLTests {
    @Test("All parts, and what they are without")
    func parts() throws {
        let full = try RedisURL("rediss://worker:s%40c%3Aret@Redis.Example:7000/4")
        #expect(full.isEncrypted && full.user == "worker" && full.password == "s@c:ret")
        #expect(full.host == "redis.example" && full.port == 7000 && full.database == 4)
        #expect(full.name == "redis.example:7000")
        let short = try RedisURL("redis://10.0.0.1")
        #expect(!short.isEncrypted && short.user == nil && short.password == nil)
        #expect(short.name == "10.0.0.1:6379" && short.database == 0)
        let address = try RedisURL("REDIS://:p@[2001:DB8::1]:1/")
        #expect(address.host == "2001:db8::1" && address.name == "[2001:db8::1]:1" && address.password == "p")
        #expect(address.user == nil)
    }

    @Test("Nothing that is printed shows the password")
    func secrecy() throws {
        let url = try RedisURL("redis://worker:hunter2@localhost:6379/1")
        var dumped = ""
        dump(url, to: &dumped)
        dump(try BusRing([url]).servers, to: &dumped)
        for text in ["\(url)", String(reflecting: url), dumped, url.name] { #expect(!text.contains("hunter2")) }
        #expect("\(url)" == "redis://localhost:6379/1")
    }

    @Test(
        "What is no address, and why",
        arguments: [
            ("http://a", RedisURLError.badScheme), ("a:6379", .badScheme), ("", .badScheme), ("redis://", .badHost),
            ("redis://a b", .badHost), ("redis://a\r\nb", .badHost), ("redis://[::1", .badHost),
            ("redis://[x]", .badHost),
            ("redis://a:0", .badPort), ("redis://a:65536", .badPort), ("redis://a:x", .badPort),
            ("redis://a:", .badPort),
            ("redis://[::1]x", .badPort), ("redis://a/x", .badDatabase), ("redis://a/1000000", .badDatabase),
            ("redis://a/-1", .badDatabase), ("redis://a/1/2", .tooMuch), ("redis://a?b=c", .tooMuch),
            ("redis://a#b", .tooMuch),
            ("redis://user@a", .badCredentials), ("redis://u:%zz@a", .badCredentials),
            ("redis://u:%ff@a", .badCredentials),
            ("redis://u:%4@a", .badCredentials), ("redis://u:%+1@a", .badCredentials),
        ])
    func malformed(text: String, error: RedisURLError) {
        #expect(throws: error) { try RedisURL(text) }
    }

    @Test("The greatest port and database are taken")
    func limits() throws {
        #expect(try RedisURL("redis://a:65535/999999").port == 65_535)
    }

    @Test("What is on this machine")
    func loopback() throws {
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"] {
            #expect(try RedisURL("redis://\(host)").isLoopback)
        }
        for host in ["127.0.0.1.example", "128.0.0.1", "127.0.0", "127.0.0.256", "localhost.example", "[::2]"] {
            #expect(try !RedisURL("redis://\(host)").isLoopback)
        }
    }

    @Test("A ring is over names: order, credentials, TLS and database move no channel, and no name stands twice")
    func ring() throws {
        let one = try BusRing(parsing: ["redis://a:1", "redis://b:2", "redis://c:3"])
        let other = try BusRing(parsing: ["rediss://u:p@c:3/2", "redis://b:2", "redis://:x@a:1"])
        #expect(one.ring == other.ring)
        #expect(one.servers.map(\.name) == ["a:1", "b:2", "c:3"])
        #expect(throws: BusError.self) { try BusRing(parsing: ["redis://a:1", "rediss://a:1"]) }
        #expect(throws: BusError.self) { try BusRing(parsing: []) }
        #expect(throws: BusError.self) { try BusRing(parsing: ["redis://a:1", "nonsense"]) }
    }
}
