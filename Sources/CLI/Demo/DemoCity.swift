import Foundation
import Geo

/// The streets that the demo's people move along: Manhattan from 14th to 59th Street.
///
/// A plane in metres: x along the streets, eastwards from Fifth Avenue; y up the avenues from 14th Street. The plane
/// is turned by 29° on the map, as Manhattan is.
enum DemoCity {
    struct Avenue {
        let name: String
        let x: Double
        var hasMetro = false
    }

    /// Where an avenue and a street cross.
    struct Corner: Hashable {
        /// An index of ``avenues``.
        var avenue: Int
        /// The number of the street.
        var street: Int

        var name: String { "\(DemoCity.avenues[avenue].name) & \(DemoCity.ordinal(street)) St" }
        var x: Double { DemoCity.avenues[avenue].x }
        var y: Double { Double(street - DemoCity.streets.lowerBound) * DemoCity.blockLength }
    }

    enum Heading: CaseIterable {
        case uptown, east, downtown, west

        var opposite: Heading {
            switch self {
            case .uptown: .downtown
            case .east: .west
            case .downtown: .uptown
            case .west: .east
            }
        }
    }

    /// From west to east.
    static let avenues = [
        Avenue(name: "10th Av", x: -1_406), Avenue(name: "9th Av", x: -1_132),
        Avenue(name: "8th Av", x: -858, hasMetro: true), Avenue(name: "7th Av", x: -584, hasMetro: true),
        Avenue(name: "6th Av", x: -310, hasMetro: true), Avenue(name: "5th Av", x: 0),
        Avenue(name: "Madison Av", x: 155), Avenue(name: "Park Av", x: 310),
        Avenue(name: "Lexington Av", x: 465, hasMetro: true), Avenue(name: "3rd Av", x: 620),
        Avenue(name: "2nd Av", x: 835), Avenue(name: "1st Av", x: 1_063),
    ]
    static let streets = 14...59
    /// Streets where the metro stops.
    static let metroStops: Set = [14, 23, 34, 42, 50, 59]
    static let fifthAvenueAnd42nd = Corner(avenue: 5, street: 42)

    /// Twenty blocks are a mile.
    private static let blockLength = 1_609.344 / 20
    /// The bearing of the avenues.
    private static let bearing = 29 * Double.pi / 180
    /// Fifth Avenue and 14th Street.
    private static let origin = (latitude: 40.7358, longitude: -73.9935)

    /// The next corner in a direction; `nil` at the edge.
    static func neighbor(of corner: Corner, _ heading: Heading) -> Corner? {
        var next = corner
        switch heading {
        case .uptown: next.street += 1
        case .downtown: next.street -= 1
        case .east: next.avenue += 1
        case .west: next.avenue -= 1
        }
        return streets.contains(next.street) && avenues.indices.contains(next.avenue) ? next : nil
    }

    /// The position of a point of the plane. Good to a metre in so small an area.
    static func coordinate(x: Double, y: Double) -> Coordinate {
        let north = y * cos(bearing) - x * sin(bearing)
        let east = y * sin(bearing) + x * cos(bearing)
        let metresPerDegree = Earth.meanRadius * Double.pi / 180
        return Coordinate(
            latitude: origin.latitude + north / metresPerDegree,
            longitude: origin.longitude + east / (metresPerDegree * cos(origin.latitude * Double.pi / 180)))!
    }

    private static func ordinal(_ number: Int) -> String {
        switch number % 10 {
        case 1 where number != 11: "\(number)st"
        case 2 where number != 12: "\(number)nd"
        case 3 where number != 13: "\(number)rd"
        default: "\(number)th"
        }
    }
}
