import Channels

extension [UserLocation] {
    /// The newest location of each user, in the order in which the users first appear.
    func newestOfEachUser() -> [UserLocation] {
        var newest: [UserLocation] = []
        var places: [UserID: Int] = [:]
        for location in self {
            if let place = places[location.user] {
                if location.supersedes(newest[place]) { newest[place] = location }
            } else {
                places[location.user] = newest.count
                newest.append(location)
            }
        }
        return newest
    }
}
