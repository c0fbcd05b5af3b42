import Foundation
import HTTPTypes
import Testing

@testable import Server

@Suite struct PageRouteTests {
    private static let pages = [
        ("/", "text/html; charset=utf-8"), ("/admin", "text/html; charset=utf-8"),
        ("/nearby.js", "text/javascript; charset=utf-8"), ("/nearby.d.ts", "text/plain; charset=utf-8"),
        ("/web/style.css", "text/css; charset=utf-8"), ("/web/land.json", "application/json"),
        ("/web/icon.svg", "image/svg+xml"),
    ]

    @Test func everybodyGetsThePages() async throws {
        try await Desk.open { (desk: Desk) async throws in
            for (path, type) in Self.pages {
                let reply = try await desk.call(.get, path, as: .none)
                #expect(reply.status == 200, "\(path)")
                #expect(reply.headers[.contentType] == type)
                #expect(!reply.text.isEmpty)
            }
        }
    }

    @Test func pagesTellBrowsersWhatNotToDo() async throws {
        try await Desk.open { (desk: Desk) async throws in
            for (path, _) in Self.pages {
                let headers = try await desk.call(.get, path, as: .none).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                #expect(
                    policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"))
                #expect(policy.contains("img-src 'self' data:;") && policy.contains("frame-ancestors 'none'"))
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[HTTPField.Name("Referrer-Policy")!] == "no-referrer")
                #expect(headers[.cacheControl] == "no-cache")
            }
        }
    }

    @Test func onlyTheLibraryIsForOtherOrigins() async throws {
        try await Desk.open { (desk: Desk) async throws in
            for (path, _) in Self.pages {
                let origin = try await desk.call(.get, path, as: .none).headers[.accessControlAllowOrigin]
                #expect(origin == (path.hasPrefix("/nearby") ? "*" : nil), "\(path)")
            }
        }
    }

    @Test func whatABrowserHasIsNotSentAgain() async throws {
        try await Desk.open { (desk: Desk) async throws in
            let first = try await desk.call(.get, "/web/page.js", as: .none)
            let tag = try #require(first.headers[.eTag])
            let again = try await desk.call(.get, "/web/page.js", as: .none, headers: [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.text.isEmpty)
            let other = try await desk.call(.get, "/web/page.js", as: .none, headers: [.ifNoneMatch: "\"x\""])
            #expect(other.status == 200)
        }
    }

    @Test func nothingElseIsServed() async throws {
        try await Desk.open { (desk: Desk) async throws in
            for path in [
                "/web/nothing.js", "/web/..%2f..%2fkeys.json", "/web/%2e%2e", "/web/leaflet/x.js", "/index.html",
            ] {
                #expect(try await desk.call(.get, path, as: .none).problem == "not_found", "\(path)")
            }
            #expect(try await desk.call(.post, "/", as: .none).status == 405)
            #expect(try await desk.call(.head, "/", as: .none).status == 200)
        }
    }

    @Test func theConfigurationSaysWhatIsSet() async throws {
        try await Desk.open { (desk: Desk) async throws in
            let plain = try await desk.call(.get, "/web/config.json", as: .none)
            #expect(plain.text == #"{"avatars":[],"demo":false,"precisions":[4,5,6],"strangers_radius_m":2000}"#)
        }
        let environment = [
            "NEARBY_TILES_URL": "https://{s}.tiles.example/{z}/{x}/{y}.png", "NEARBY_TILES_ATTRIBUTION": "Somebody",
            "NEARBY_AVATARS": "https://img.example, http://localhost:9000",
        ]
        try await Desk.open(environment: environment) { (desk: Desk) async throws in
            let reply = try await desk.call(.get, "/web/config.json", as: .none)
            #expect(reply.json["avatars"] as? [String] == ["https://img.example", "http://localhost:9000"])
            let tiles = reply.json["tiles"] as? [String: String]
            #expect(tiles?["host"] == "tiles.example" && tiles?["attribution"] == "Somebody")
            let policy = try await desk.call(.get, "/", as: .none).headers[.contentSecurityPolicy]
            #expect(
                policy?.contains(
                    "img-src 'self' data: https://*.tiles.example https://img.example http://localhost:9000;")
                    == true)
        }
    }

    @Test func aServerWithoutItsFilesSaysSo() throws {
        #expect(SiteFile(name: "notes.txt", bytes: [1]) == nil)
        #expect(SiteFile(name: "a.js", bytes: [1])?.etag != SiteFile(name: "a.js", bytes: [2])?.etag)
    }
}
