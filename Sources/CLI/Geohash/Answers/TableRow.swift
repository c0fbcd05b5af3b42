import Geo

/// What the cells of one precision are like at a latitude.
struct TableRow {
    let precision: Int
    let bits: Int
    /// Along the parallel, and along the meridian, in metres.
    let width: Double
    let height: Double
    /// Half the height and half the width, in degrees.
    let latitudeError: Double
    let longitudeError: Double
    /// The largest radius, in metres, that nine cells cover wherever in its cell the centre is.
    let nineRadius: Double

    init(precision: Int, latitude: Double) {
        let cell = Geohash(latitude: latitude, longitude: 0, precision: precision)!
        self.precision = precision
        bits = cell.bits.count
        width = cell.box.width(atLatitude: latitude)
        height = cell.box.height
        latitudeError = cell.box.latitudeError
        longitudeError = cell.box.longitudeError
        nineRadius = NineCellRule.largestRadius(precision: precision, latitude: latitude)
    }

    var json: JSONValue {
        [
            "precision": .integer(precision), "bits": .integer(bits), "width_m": .number(width),
            "height_m": .number(height), "lat_error": .number(latitudeError), "lon_error": .number(longitudeError),
            "nine_radius_m": .number(nineRadius),
        ]
    }

    var columns: [String] {
        [
            String(precision), String(bits), LengthText.length(width), LengthText.length(height),
            "±" + LengthText.degrees(latitudeError), "±" + LengthText.degrees(longitudeError),
            LengthText.length(nineRadius),
        ]
    }

    static let headings = ["p", "bits", "width", "height", "lat error", "lon error", "nine cover"]
}
