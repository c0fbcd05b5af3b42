public import Channels
public import Friends
public import Geo

/// How the map page of a demo lets anybody in by name alone. Only a server that listens on loopback has one.
public struct DemoDesk: Sendable {
    /// Whoever came in: somebody new, or one of the made-up people.
    public struct Guest: Sendable {
        public let profile: Profile
        /// Friends that the guest is to have from now on, besides those it has.
        public let friends: [UserID]
        public let start: Coordinate
        /// Friends within it are nearby, unless the guest asks otherwise.
        public let radius: Radius

        public init(profile: Profile, friends: [UserID], start: Coordinate, radius: Radius) {
            self.profile = profile
            self.friends = friends
            self.start = start
            self.radius = radius
        }
    }

    /// Who comes in by a name; `nil` if there is no room for more.
    let welcome: @Sendable (String) -> Guest?
    /// The streets of the demo's city, as GeoJSON.
    let streets: String

    public init(streets: String, welcome: @escaping @Sendable (String) -> Guest?) {
        self.streets = streets
        self.welcome = welcome
    }
}
