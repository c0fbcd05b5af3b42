import Testing

@testable import ChannelBus

@Suite("Addresses of sentinels, and lists of addresses")
struct SentinelURLTests {
    @Test("All parts; the name is the master's, so that nothing moves when sentinels come and go")
    func parts() throws {
        let full = try RedisURL("REDISS+sentinel://worker:s%2Ccret@S1.example:5000,[::1],s3/Places_1.a-b")
        #expect(full.isEncrypted && full.user == "worker" && full.password == "s,cret" && full.database == 0)
        #expect(full.master == "Places_1.a-b" && full.name == "Places_1.a-b")
        #expect(full.endpoints.map(\.description) == ["s1.example:5000", "[::1]:26379", "s3:26379"])
        #expect(full.address == "rediss+sentinel://s1.example:5000,[::1]:26379,s3:26379/Places_1.a-b")
        #expect(try RedisURL(full.address).endpoints == full.endpoints)
        let short = try RedisURL("redis+sentinel://10.0.0.1/m")
        #expect(!short.isEncrypted && !short.hasPassword && short.endpoints.count == 1)
        #expect("\(short)" == "redis+sentinel://10.0.0.1:26379/m")
        #expect(try RedisURL("redis://10.0.0.1").master == nil)
    }

    @Test("Nothing that is printed shows the password")
    func secrecy() throws {
        let url = try RedisURL("redis+sentinel://worker:hunter2@localhost:1,localhost:2/m")
        var dumped = ""
        dump(url, to: &dumped)
        for text in ["\(url)", String(reflecting: url), dumped, url.name, url.address] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test(
        "What is no address, and why",
        arguments: [
            ("redis+sentinel://a", RedisURLError.badMaster), ("redis+sentinel://a/", .badMaster),
            ("redis+sentinel://a/m/0", .badMaster), ("redis+sentinel://a/m m", .badMaster),
            ("redis+sentinel://a/m\r\nPING", .badMaster), ("redis+sentinel://a/m:1", .badMaster),
            ("redis+sentinel:///m", .badHost), ("redis+sentinel://a,/m", .badHost),
            ("redis+sentinel://a,,b/m", .badHost),
            ("redis+sentinel://a:0/m", .badPort), ("redis+sentinel://a,b:x/m", .badPort),
            ("redis+sentinel://a,A:26379/m", .badSentinels), ("redis+sentinel://user@a/m", .badCredentials),
            ("redis+sentinel://a/m?b=c", .tooMuch), ("sentinel://a/m", .badScheme), ("redis+sentinel:a/m", .badScheme),
            ("redis://a,b", .badHost),
        ])
    func malformed(text: String, error: RedisURLError) {
        #expect(throws: error) { try RedisURL(text) }
    }

    @Test("The most sentinels and the longest name are taken, one more is not")
    func limits() throws {
        func text(_ sentinels: Int, _ length: Int) -> String {
            "redis+sentinel://" + (1...sentinels).map { "s\($0)" }.joined(separator: ",") + "/"
                + String(repeating: "m", count: length)
        }
        #expect(try RedisURL(text(9, 64)).endpoints.count == 9)
        #expect(throws: RedisURLError.badSentinels) { try RedisURL(text(10, 64)) }
        #expect(throws: RedisURLError.badMaster) { try RedisURL(text(9, 65)) }
    }

    @Test("On this machine are those whose sentinels all are")
    func loopback() throws {
        #expect(try RedisURL("redis+sentinel://127.0.0.1,localhost/m").isLoopback)
        let mixed = try RedisURL("redis+sentinel://127.0.0.1,10.0.0.1/m")
        #expect(!mixed.isLoopback)
        #expect(throws: BusError.self) { try BusRing([mixed]).check(BusSettings()) }
    }

    @Test("A comma before something without :// divides sentinels, not addresses")
    func lists() {
        let sentinels = "redis+sentinel://u:p@a:1,b:2,c/m"
        #expect(RedisURL.list(sentinels) == [sentinels])
        #expect(
            RedisURL.list("redis://x:1, \(sentinels),rediss+sentinel://d, e/n ,redis://y,")
                == ["redis://x:1", sentinels, "rediss+sentinel://d,e/n ", "redis://y"])
        #expect(RedisURL.list("") == [] && RedisURL.list(" , ") == [])
        // What was none stays none.
        for text in ["a:1,redis://b", "redis://a,b:6379"] {
            #expect(RedisURL.list(text).contains { (try? RedisURL($0)) == nil })
        }
    }
}
