import ArgumentParser
import Geo

/// What `cover` is asked.
struct CoverRequest {
    enum Source {
        case area(CoverArea)
        case file(path: String)
    }

    let source: Source
    let precision: Int?
    let budget: Int?

    /// Without a precision and a budget, a box or polygon gets the finest precision with at most so many cells.
    static let defaultCells = 32
    /// The largest budget.
    static let maximumBudget = 10_000

    /// - Throws: `ValidationError` for a precision or a budget that does not do, `GeohashFailure` for a file.
    func answer(isExplained: Bool) throws -> CoverAnswer {
        switch source {
        case .area(let area):
            return try answer(area, outline: area.outline, isExplained)
        case .file(let path):
            let document = try polygons(path)
            return try answer(.polygons(document.region), outline: document.outline, isExplained)
        }
    }

    private func polygons(_ path: String) throws -> (region: MultiPolygon, outline: [[MapPoint]]) {
        do {
            return try GeoJSONPolygons.read(NegativeNumbers.restored(path))
        } catch {
            throw GeohashFailure("--polygon: \(error)")
        }
    }

    private func answer(_ area: CoverArea, outline: [[MapPoint]], _ isExplained: Bool) throws -> CoverAnswer {
        do {
            let (cover, precision) = try cover(area)
            return CoverAnswer(
                area: area, cover: cover, precision: precision, isExplained: isExplained, outline: outline)
        } catch {
            throw ValidationError("\(budget == nil ? "-p" : "--cells"): \(error)")
        }
    }

    private func cover(_ area: CoverArea) throws(CoverError) -> (Cover, precision: Int?) {
        let region = area.region
        if let budget {
            return (try region.cover(cells: budget, precisions: 1...(precision ?? Geohash.maximumPrecision)), nil)
        }
        if let precision { return (try region.cover(precision: precision), precision) }
        if case .disc(let disc) = area, let precision = disc.ninePrecision {
            return (try disc.cover(precision: precision), precision)
        }
        return try Self.coverWithFew(region)
    }

    private static func coverWithFew(_ region: any Region) throws(CoverError) -> (Cover, precision: Int?) {
        var best = (try region.cover(precision: 1), 1)
        for precision in 2...Geohash.maximumPrecision {
            guard let cover = try? region.cover(precision: precision, limit: defaultCells) else { break }
            best = (cover, precision)
        }
        return best
    }
}
