public import Channels

/// One user's complaint about another.
public struct Report: Hashable, Sendable {
    /// `nil` once the reporter was erased.
    public let reporter: UserID?
    public let reported: UserID
    /// How the reporter named the reported, and so what it may see of its own report.
    public let naming: Naming
    public let reason: String?
    /// Milliseconds since the Unix epoch.
    public let at: Int64

    public init(reporter: UserID?, reported: UserID, naming: Naming, reason: String?, at: Int64) {
        self.reporter = reporter
        self.reported = reported
        self.naming = naming
        self.reason = reason
        self.at = at
    }
}

extension Report {
    func validate() throws(StoreError) {
        let text = (reason ?? "").utf8
        guard text.count <= StoreLimits.maximumReasonLength, !text.contains(0) else {
            throw StoreError(.invalid, "reason")
        }
    }
}
