import HTTPTypes

/// The pages, for browsers. No part of the API: `docs/web.md` describes them.
extension Routes {
    var webRoutes: [Route] {
        [
            Route(.get, "/", .open { call in try page("map.html", call) }),
            Route(.get, "/admin", .open { call in try page("admin.html", call) }),
            Route(.get, "/nearby.js", .open { call in try library("nearby.js", call) }),
            Route(.get, "/nearby.d.ts", .open { call in try library("nearby.d.ts", call) }),
            Route(.get, "/web/config.json", .open { _ in try pageConfiguration() }),
            Route(.get, "/web/{file}", .open { call in try part(call, of: site.pages) }),
            Route(.get, "/web/leaflet/{file}", .open { call in try part(call, of: site.leaflet) }),
            Route(.get, "/web/leaflet/images/{file}", .open { call in try part(call, of: site.leaflet) }),
        ]
    }

    private func page(_ name: String, _ call: Call) throws(Problem) -> Answer {
        guard let file = site.pages[name] else {
            throw .unavailable(.unavailable, "the pages' files are missing beside the server's executable")
        }
        return answer(file, call)
    }

    private func part(_ call: Call, of files: [String: SiteFile]) throws(Problem) -> Answer {
        guard let file = files[call.path["file"]] else { throw .noSuchAddress }
        return answer(file, call)
    }

    /// The client library may be imported by pages of any origin: it knows no secrets.
    private func library(_ name: String, _ call: Call) throws(Problem) -> Answer {
        guard let file = site.pages[name] else { throw .noSuchAddress }
        var answer = answer(file, call)
        answer.headers[.accessControlAllowOrigin] = "*"
        return answer
    }

    private func answer(_ file: SiteFile, _ call: Call) -> Answer {
        var headers = pageHeaders.fields
        headers[.contentType] = file.contentType
        headers[.cacheControl] = "no-cache"
        headers[.eTag] = file.etag
        if call.headers[.ifNoneMatch] == file.etag { return Answer(status: .notModified, headers: headers) }
        return Answer(status: .ok, headers: headers, body: file.bytes)
    }

    private func pageConfiguration() throws -> Answer {
        try .json(encodable: PageConfiguration(core.settings, hasDemo: demo != nil))
    }
}
