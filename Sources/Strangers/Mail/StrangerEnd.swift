/// Why the server ended a session's strangers.
public enum StrangerEnd: String, Sendable {
    /// The opt-in is over; it lasts an hour by default.
    case expired
    /// The user does not share, or was taken out by an operator.
    case suspended
    /// The user is in a place that it keeps to itself.
    case hiddenPlace = "hidden_place"
}
