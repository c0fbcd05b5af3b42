import ArgumentParser
import Geo

/// Reads `-p`.
enum PrecisionArgument {
    /// What a position is encoded to if nothing is said: about 1 km by 600 m.
    static let `default` = 6

    static func parse(_ text: String?) throws -> Int? {
        guard let text else { return nil }
        guard let precision = Int(text), 1...Geohash.maximumPrecision ~= precision else {
            throw ValidationError("-p: must be a whole number from 1 to \(Geohash.maximumPrecision)")
        }
        return precision
    }

    static var name: NameSpecification {
        [.customShort("p", allowingJoined: true), .customLong("precision")]
    }

    static func help(_ text: String) -> ArgumentHelp { ArgumentHelp("\(text)", valueName: "n") }
}
