import Channels
import Geo

extension UserExport {
    /// Puts together what a store found, and leaves out whom a pseudonym stood for.
    init(
        user: User, friends: [UserID], requestsMade: [UserID], requestsReceived: [UserID],
        blocks: [Friends.Block], reports: [Friends.Report], location: UserLocation?,
        history: [HistoryPoint]
    ) {
        self.init(
            id: user.id.string, name: user.name, avatarURL: user.avatarURL, sharing: user.sharing,
            friends: friends.map(\.string), requestsMade: requestsMade.map(\.string),
            requestsReceived: requestsReceived.map(\.string), blocks: blocks.map(Block.init),
            reports: reports.map(Report.init),
            location: location.map { Place(HistoryPoint($0)) }, history: history.map(Place.init))
    }
}

extension UserExport.Place {
    public init(_ point: HistoryPoint) {
        self.init(
            lat: point.coordinate.latitude, lon: point.coordinate.longitude, ts: point.ts,
            heardAt: point.heardAt)
    }
}

extension UserExport.Block {
    fileprivate init(_ block: Block) {
        self.init(user: block.user?.string, blockID: block.id.string, since: block.since)
    }
}

extension UserExport.Report {
    fileprivate init(_ report: Report) {
        switch report.naming {
        case .user:
            self.init(user: report.reported.string, sid: nil, reason: report.reason, at: report.at)
        case .sid(let sid):
            self.init(user: nil, sid: sid, reason: report.reason, at: report.at)
        }
    }
}
