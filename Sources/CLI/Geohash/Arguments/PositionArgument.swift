import ArgumentParser

/// Reads a position of the command line: two arguments, or one with a comma.
enum PositionArgument {
    static func parse(_ texts: [String]) throws -> Position {
        guard let first = texts.first else { throw ValidationError("<lat>: is missing") }
        if texts.count == 1, first.contains(",") { return try parse(first, name: "<lat>,<lon>") }
        guard texts.count > 1 else { throw ValidationError("<lon>: is missing") }
        guard texts.count == 2 else { throw ValidationError("<lat> <lon>: there are \(texts.count) arguments") }
        guard let latitude = DecimalNumber.parse(first), latitude.magnitude <= 90 else {
            throw ValidationError("<lat>: must be a number from -90 to 90")
        }
        guard let longitude = DecimalNumber.parse(texts[1]), longitude.magnitude <= 180 else {
            throw ValidationError("<lon>: must be a number from -180 to 180")
        }
        return try Position(latitude: latitude, longitude: longitude)
    }

    static func parse(_ text: String, name: String) throws -> Position {
        do {
            return try Position(parsing: text)
        } catch {
            throw ValidationError("\(name): \(error)")
        }
    }

    static let help = ArgumentHelp("Latitude and longitude in decimal degrees.", valueName: "lat> <lon")
}
