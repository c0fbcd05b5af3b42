public import Channels
import Friends
import Geo
import Testing

extension UserID: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text)! }
}

let place = Coordinate(latitudeE7: 525_200_080, longitudeE7: 134_049_540)!

func location(
    _ user: UserID, ts: Int64, epoch: UInt32 = 0, sharing: Bool = true, heardAt: Int64? = nil,
    coordinate: Coordinate = place
) -> UserLocation {
    UserLocation(
        user: user, coordinate: coordinate, ts: ts, epoch: epoch, sharing: sharing,
        heardAt: heardAt ?? ts)
}

func point(_ user: UserID, ts: Int64, heardAt: Int64? = nil) -> HistoryPoint {
    HistoryPoint(location(user, ts: ts, heardAt: heardAt))
}

/// Expects that `body` throws a ``StoreError`` with this code.
func expectError(
    _ code: StoreError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let error = await #expect(throws: StoreError.self, sourceLocation: sourceLocation) {
        try await body()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}

/// All points of a user.
func history(of user: UserID, in stores: Stores) async throws -> [HistoryPoint] {
    try await stores.history.points(of: user, from: .min, to: .max, limit: 1_000_000, after: nil).items
}

/// The cached locations of these users, in the order of the ids.
func cached(_ users: Set<UserID>, in stores: Stores) async throws -> [UserLocation] {
    try await stores.cache.locations(heardSince: .min).filter { users.contains($0.user) }.sorted { $0.user < $1.user }
}

/// User ids `u0001`, `u0002`, …, which sort like their numbers.
func userIDs(_ count: Int) -> [UserID] {
    (1...count).map { number in
        let digits = String(number)
        return UserID("u" + String(repeating: "0", count: 4 - digits.count) + digits)!
    }
}
