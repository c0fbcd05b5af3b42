import Geo

extension Fix {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var (latitude, longitude, timestamp): (Double?, Double?, Int64?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "lat": latitude = try reader.double()
            case "lon": longitude = try reader.double()
            case "ts": timestamp = try reader.integer()
            default: try reader.skip()
            }
        }
        self.init(
            position: try Coordinate(latitude, longitude, in: reader), timestamp: try reader.required(timestamp))
    }
}

extension Coordinate {
    init(_ latitude: Double?, _ longitude: Double?, in reader: JSONReader) throws(JSONError) {
        let latitude = try reader.required(latitude)
        let longitude = try reader.required(longitude)
        self = try reader.required(Coordinate(latitude: latitude, longitude: longitude))
    }
}
