/// A friend within the radius.
public struct Friend: Hashable, Sendable, Identifiable {
    public var id: String
    /// In a message `nil` if this session has been told before.
    public var profile: Profile?
    public var fix: Fix
    /// Metres from the own newest position; in a message, when it was sent.
    public var distance: Double

    public struct Profile: Hashable, Sendable {
        public var name: String
        public var avatarURL: String?

        public init(name: String, avatarURL: String?) {
            self.name = name
            self.avatarURL = avatarURL
        }
    }

    /// What people call them; the id until somebody has said.
    public var name: String { profile?.name ?? id }
    public var avatarURL: String? { profile?.avatarURL }

    public init(id: String, profile: Profile?, fix: Fix, distance: Double) {
        self.id = id
        self.profile = profile
        self.fix = fix
        self.distance = distance
    }
}

/// Nearest first, with the way to the rest.
public struct FriendsPage: Hashable, Sendable {
    public var items: [Friend]
    /// For `more`; `nil` at the end.
    public var next: String?
}

/// A friend that left the list.
public struct FriendGone: Hashable, Sendable {
    public var id: String
    public var reason: Reason

    /// Texts that are not among the constants may come from a newer server.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let outOfRange = Reason(rawValue: "out_of_range")
        public static let inactive = Reason(rawValue: "inactive")
        public static let stopped = Reason(rawValue: "stopped")
        public static let unfriended = Reason(rawValue: "unfriended")
    }
}
