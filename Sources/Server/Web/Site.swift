import Foundation
import Logging

/// The files of the map page, the operator's page and `nearby.js`, read once at the start. So a request never
/// reaches the disk, and no path of a request is ever one of the file system.
struct Site: Sendable {
    /// Longer files than this belong to no page.
    private static let maximumFileBytes = 2 * 1_024 * 1_024
    /// Where the package manager puts the folder `Site`, beside the executable; named after the package and its target.
    private static let bundles = ["nearby_Server.resources", "nearby_Server.bundle"]

    /// The package's own files, by their names.
    let pages: [String: SiteFile]
    /// Leaflet's, by their names; those in its folder `images` without it.
    let leaflet: [String: SiteFile]

    /// Whether the page can draw a map.
    var hasLeaflet: Bool { leaflet["leaflet.js"] != nil && leaflet["leaflet.css"] != nil }

    /// Reads what is there. What is missing is logged once, and told by the page or in its place.
    init(leafletDirectory: String, logger: Logger) {
        pages = Self.folder.map(Self.files) ?? [:]
        leaflet = Self.files(in: leafletDirectory).filter { ["leaflet.js", "leaflet.css"].contains($0.key) }
            .merging(Self.files(in: leafletDirectory + "/images").filter { $0.key.hasSuffix(".png") }) { own, _ in own }
        if pages.isEmpty {
            logger.warning(
                "the pages' files are missing: keep the folder \(Self.bundles[0]) beside the executable")
        } else if !hasLeaflet {
            logger.notice(
                "the map page has no map: Leaflet is not in \(leafletDirectory) (Debian: apt-get install libjs-leaflet)"
            )
        }
    }

    private static var folder: String? {
        bundles.map { Bundle.main.bundleURL.appendingPathComponent($0).appendingPathComponent("Site").path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }

    private static func files(in folder: String) -> [String: SiteFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var files: [String: SiteFile] = [:]
        for name in names {
            guard let file = try? OpenFile(reading: folder + "/" + name),
                let bytes = try? file.bytes(limit: maximumFileBytes)
            else { continue }
            files[name] = SiteFile(name: name, bytes: bytes)
        }
        return files
    }
}
