/// A point of a map in degrees. The longitude may go on beyond ±180, so that a line that crosses the antimeridian is one
/// line.
struct MapPoint: Equatable {
    var longitude: Double
    var latitude: Double
}
