import Geo

/// What the pages have to know of the server before anybody has signed in: nothing that is secret.
struct PageConfiguration: Encodable {
    struct Tiles: Encodable {
        let url: String
        /// Who sees the requests; `null` for the own server.
        let host: String?
        let attribution: String
    }

    let demo: Bool
    let tiles: Tiles?
    /// Whose pictures may be shown.
    let avatars: [String]
    let precisions: [Int]
    let strangersRadiusM: Double

    init(_ settings: Settings, hasDemo: Bool) {
        demo = hasDemo
        tiles = settings.web.tiles.map {
            Tiles(url: $0.url, host: $0.host, attribution: settings.web.tilesAttribution)
        }
        avatars = settings.web.avatars
        precisions = settings.precisions
        strangersRadiusM = settings.strangers.radius.metres
    }
}
