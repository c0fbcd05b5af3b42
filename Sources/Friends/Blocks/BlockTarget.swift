public import Channels

/// Which block to lift.
public enum BlockTarget: Hashable, Sendable {
    /// The block of this user by user id.
    case user(UserID)
    /// Any block, by its own id.
    case block(BlockID)

    /// `nil` if `text` is neither a user id nor a block id.
    public init?(_ text: some StringProtocol) {
        if let block = BlockID(text) {
            self = .block(block)
        } else if let user = UserID(text) {
            self = .user(user)
        } else {
            return nil
        }
    }
}
