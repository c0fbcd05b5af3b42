/// Why a text is no position. It does not repeat the text: positions do not belong into messages.
enum PositionFault: LineFault {
    case shape, latitude, longitude

    var description: String {
        switch self {
        case .shape: "must be LAT LON or LAT,LON in decimal degrees"
        case .latitude: "the latitude must be a number from -90 to 90"
        case .longitude: "the longitude must be a number from -180 to 180"
        }
    }
}
