import Channels

/// Whose credentials a call carries.
enum Caller: Equatable {
    case user(UserID)
    /// The host app's backend, which acts on anyone.
    case backend
}
