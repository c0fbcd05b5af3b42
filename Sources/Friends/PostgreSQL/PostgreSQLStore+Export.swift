import Channels

extension PostgreSQLStore {
    func export(_ id: UserID) async throws(StoreError) -> UserExport {
        try await snapshot("export", bulk: true) { try $0.export(id) }
    }
}

extension Transaction {
    /// Throws `notFound`, `erased`. One round trip.
    fileprivate func export(_ id: UserID) throws -> UserExport {
        let answers = try rows([
            .user(id),
            Self.ids("SELECT friend FROM friendships WHERE user_number = \(Query.numberOfFirst)", id),
            Self.ids("SELECT target FROM requests_made WHERE user_number = \(Query.numberOfFirst)", id),
            Self.ids(
                "SELECT asker FROM requests_received WHERE user_number = \(Query.numberOfFirst) AND NOT hidden",
                id),
            .blocks(by: id), .reports(by: id), .location(of: id), .allPoints(of: id),
        ])
        guard let user = try answers[0].first?.user() else { throw StoreError(.notFound, "user") }
        if user.isErased { throw StoreError(.erased, "user") }
        return UserExport(
            user: user, friends: try answers[1].map { try $0.userID(0) },
            requestsMade: try answers[2].map { try $0.userID(0) },
            requestsReceived: try answers[3].map { try $0.userID(0) },
            blocks: try answers[4].map { try $0.block() }, reports: try answers[5].map { try $0.report(1) },
            location: try answers[6].first?.location(), history: try answers[7].map { try $0.point(of: id) })
    }

    /// The ids of the numbers that `numbers` selects, sorted.
    private static func ids(_ numbers: String, _ id: UserID) -> Query {
        Query("SELECT id FROM users WHERE number IN (\(numbers)) ORDER BY id", .id(id))
    }
}
