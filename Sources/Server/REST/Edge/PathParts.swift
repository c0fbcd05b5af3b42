import Channels
import Hummingbird

/// The parts of a path that a route leaves open.
struct PathParts: Sendable {
    private let parameters: Parameters

    init(_ parameters: Parameters) {
        self.parameters = parameters
    }

    /// The part that the route calls `name`, decoded.
    subscript(name: String) -> String {
        guard let part = parameters.get(name) else { preconditionFailure("no {\(name)} in the route") }
        // What cannot be decoded is no id either.
        return PercentEncoding.decode(part) ?? part
    }

    func user(_ name: String) throws(Problem) -> UserID {
        guard let user = UserID(self[name]) else { throw .badParameter("an id in the path is not valid") }
        return user
    }
}
