/// Who must not see whom.
public protocol StrangerRelations: AnyObject {
    /// Whether a user is never to be among a session's strangers: a friend, or blocked either way. The session's
    /// own user is left out without being asked for.
    ///
    /// Asked up to some hundred times for each tick of a session; must not call back.
    func hides(session: UInt32, user: UInt32) -> Bool
}
