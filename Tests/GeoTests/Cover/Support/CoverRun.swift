import Foundation
import Geo

/// How long the random tests run.
enum CoverRun {
    /// Points to check, from the environment (10 000 000 for a long run).
    static let points = ProcessInfo.processInfo.environment["NEARBY_GEO_POINTS"].flatMap { Int($0) } ?? 200_000
    /// Points to check for one cover.
    static let pointsPerCover = 500
    /// The most cells of a cover.
    static let mostCells = 1_500
}

extension Region {
    /// The cover of a random precision that has not too many cells.
    func randomCover(_ random: inout SeededRandom) -> (cover: Cover, precision: Int)? {
        for precision in (1...Int.random(in: 1...12, using: &random)).reversed() {
            if let cover = try? cover(precision: precision, limit: CoverRun.mostCells) { return (cover, precision) }
        }
        return nil
    }
}
