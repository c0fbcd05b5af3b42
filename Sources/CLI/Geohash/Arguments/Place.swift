import ArgumentParser
import Geo

/// Where something is: a cell or a position.
enum Place: Equatable {
    case cell(Geohash)
    case position(Position)

    /// The position, or the middle of the cell.
    var position: Position {
        switch self {
        case .cell(let cell): Position(centerOf: cell)
        case .position(let position): position
        }
    }

    /// Reads one argument: `HASH` or `LAT,LON`.
    static func parse(_ text: String, name: String) throws -> Place {
        if text.contains(",") { return .position(try PositionArgument.parse(text, name: name)) }
        do {
            return .cell(try Geohash(parsing: text))
        } catch {
            throw ValidationError("\(name): is no LAT,LON, and as a geohash: \(error)")
        }
    }
}
