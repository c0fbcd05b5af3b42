import ArgumentParser
import Geo

/// Reads a geohash of the command line.
enum CellArgument {
    static let name = "<hash>"

    static func parse(_ text: String, name: String = name) throws -> Geohash {
        do {
            return try Geohash(parsing: text)
        } catch {
            throw ValidationError("\(name): \(error)")
        }
    }

    static func help(_ text: String = "A geohash of 1 to 12 characters, in either case.") -> ArgumentHelp {
        ArgumentHelp("\(text)", valueName: "hash")
    }
}
