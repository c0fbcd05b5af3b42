public import Channels

/// What the host app's backend says about a user.
public struct Profile: Hashable, Sendable {
    public let id: UserID
    public let name: String
    public let avatarURL: String?

    /// Throws ``StoreError/Code/invalid`` for an empty name, or for more than
    /// ``StoreLimits/maximumNameLength`` or ``StoreLimits/maximumAvatarURLLength`` bytes.
    public init(id: UserID, name: String, avatarURL: String? = nil) throws(StoreError) {
        guard !name.isEmpty, name.utf8.count <= StoreLimits.maximumNameLength else {
            throw StoreError(.invalid, "name")
        }
        guard (avatarURL?.utf8.count ?? 0) <= StoreLimits.maximumAvatarURLLength else {
            throw StoreError(.invalid, "avatar")
        }
        self.id = id
        self.name = name
        self.avatarURL = avatarURL
    }
}
