import Testing

@testable import Server

/// What may go into a content security policy is checked when the settings are read.
@Suite struct WebSettingTests {
    @Test(arguments: [
        ("https://tile.example/{z}/{x}/{y}.png", "https://tile.example", "tile.example"),
        ("http://{s}.tile.example:8000/a/{z}/{x}/{y}{r}.png?key=1", "http://*.tile.example:8000", "tile.example:8000"),
        ("/tiles/{z}/{x}/{y}.png", "'self'", nil),
    ])
    func tiles(_ url: String, _ source: String, _ host: String?) throws {
        let tiles = try #require(TileSource(url))
        #expect(tiles.url == url && tiles.policySource == source && tiles.host == host)
    }

    @Test(arguments: [
        "", "https://tile.example/", "https://tile.example/{z}/{x}.png", "ftp://tile.example/{z}/{x}/{y}",
        "//tile.example/{z}/{x}/{y}", "https://tile.example;script-src/{z}/{x}/{y}", "https:///{z}/{x}/{y}",
        "https://tile.example {z}/{x}/{y}", "https://tile.example/{z}/{x}/{y} 'unsafe-inline'", "javascript:{z}{x}{y}",
        "https://a.{s}.example/{z}/{x}/{y}", "https://user@tile.example/{z}/{x}/{y}", "{z}{x}{y}",
    ])
    func noTiles(_ url: String) {
        #expect(TileSource(url) == nil)
    }

    @Test func origins() {
        for good in ["https://img.example", "http://127.0.0.1:9000"] { #expect(WebOrigin(good)?.text == good) }
        for bad in ["img.example", "https://img.example/", "https://*", "https://a b", "https://a;b", "'self'", ""] {
            #expect(WebOrigin(bad) == nil)
        }
    }

    @Test func badValuesStopTheServer() {
        for (name, value) in [("NEARBY_TILES_URL", "https://tile.example"), ("NEARBY_AVATARS", "https://a.example,b")] {
            #expect(throws: SettingsError.self) { try Settings.load(flags: [:], environment: [name: value]) }
        }
    }
}
