public import Channels

/// What the host app's backend says about a user.
public struct Profile: Hashable, Sendable {
    public let id: UserID
    public let name: String
    public let avatarURL: String?

    /// Throws ``StoreError/Code/invalid`` for an empty name, for more than ``StoreLimits/maximumNameLength`` or
    /// ``StoreLimits/maximumAvatarURLLength`` bytes, and for the zero character, which not every store can hold.
    public init(id: UserID, name: String, avatarURL: String? = nil) throws(StoreError) {
        guard !name.isEmpty, name.utf8.count <= StoreLimits.maximumNameLength, !name.utf8.contains(0) else {
            throw StoreError(.invalid, "name")
        }
        let avatar = (avatarURL ?? "").utf8
        guard avatar.count <= StoreLimits.maximumAvatarURLLength, !avatar.contains(0) else {
            throw StoreError(.invalid, "avatar")
        }
        self.id = id
        self.name = name
        self.avatarURL = avatarURL
    }
}
