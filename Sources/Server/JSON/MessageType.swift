/// The types of messages that a client may send.
enum MessageType: CaseIterable {
    // The one that comes most often is compared first.
    case location, hello, more, subscribe, unsubscribe, strangers, settings, refresh, block, report

    var name: StaticString {
        switch self {
        case .location: "location"
        case .hello: "hello"
        case .more: "more"
        case .subscribe: "subscribe"
        case .unsubscribe: "unsubscribe"
        case .strangers: "strangers"
        case .settings: "settings"
        case .refresh: "refresh"
        case .block: "block"
        case .report: "report"
        }
    }

    init?(_ text: JSONText) {
        if text.equals(Self.location.name) {
            self = .location
        } else if let type = Self.allCases.first(where: { text.equals($0.name) }) {
            self = type
        } else {
            return nil
        }
    }
}
