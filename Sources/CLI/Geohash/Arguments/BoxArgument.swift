import ArgumentParser
import Geo

/// Reads `--bbox`.
enum BoxArgument {
    static func parse(_ text: String) throws -> BoundingBox {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            DecimalNumber.parse(part.filter { $0 != " " })
        }
        guard numbers.count == 4, let west = numbers[0], let south = numbers[1], let east = numbers[2],
            let north = numbers[3]
        else { throw ValidationError("--bbox: must be W,S,E,N in decimal degrees") }
        guard let box = BoundingBox(south: south, west: west, north: north, east: east) else {
            throw ValidationError(
                "--bbox: \(south > north ? "south is greater than north" : "is not within ±90 and ±180")")
        }
        return box
    }
}
