/// The distance of two boxes on the sphere.
///
/// At given latitudes two points are nearer the less their longitudes differ. So if the boxes share a
/// meridian, they are as far apart as their latitudes; otherwise the nearest points lie on the two borders
/// that face each other, at the smaller of the two differences around the Earth. Two meridians come together
/// towards the poles, so inside both borders at once there is no nearest pair: one of the two points is an
/// end of its border, and the other is the foot of the perpendicular, or the end next to it.
extension GeohashBox {
    func gap(to other: GeohashBox) -> Double {
        let difference = longitudeGap(to: other)
        if difference == 0 {
            return Earth.metres(degrees: max(0, other.south - north, south - other.north))
        }
        return min(
            other.distance(fromLatitude: south, longitudeDifference: difference),
            other.distance(fromLatitude: north, longitudeDifference: difference),
            distance(fromLatitude: other.south, longitudeDifference: difference),
            distance(fromLatitude: other.north, longitudeDifference: difference))
    }

    /// Degrees from border to border the shorter way around; 0 if the boxes share a meridian. Exact.
    private func longitudeGap(to other: GeohashBox) -> Double {
        if west <= other.east, other.west <= east { return 0 }
        let eastward = other.west - east
        let westward = west - other.east
        return min(eastward < 0 ? eastward + 360 : eastward, westward < 0 ? westward + 360 : westward)
    }

    /// Metres to this box's east or west border from a point so many degrees beside it.
    private func distance(fromLatitude latitude: Double, longitudeDifference: Double) -> Double {
        let cosine = Trigonometry.cosine(degrees: longitudeDifference)
        guard cosine > 0 else {
            // A quarter of the Earth around or more there is no foot between the poles: it is one of the ends.
            return min(
                GreatCircle.metres(
                    latitude: latitude, otherLatitude: south, longitudeDifference: longitudeDifference),
                GreatCircle.metres(
                    latitude: latitude, otherLatitude: north, longitudeDifference: longitudeDifference))
        }
        let foot = Trigonometry.arcTangent(
            y: Trigonometry.sine(degrees: latitude), x: Trigonometry.cosine(degrees: latitude) * cosine)
        return GreatCircle.metres(
            latitude: latitude, otherLatitude: min(max(foot, south), north),
            longitudeDifference: longitudeDifference)
    }
}
