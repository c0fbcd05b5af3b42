import HTTPTypes

/// One call of the API: where it is, who may make it, and what answers it.
struct Route: Sendable {
    enum Handler: Sendable {
        /// For anyone, also without credentials.
        case open(@Sendable (Call) async throws -> Answer)
        /// For the user `{id}` itself and for the backend.
        case user(@Sendable (UserCall) async throws -> Answer)
        /// For the backend alone.
        case backend(@Sendable (Call) async throws -> Answer)
    }

    let method: HTTPRequest.Method
    /// With `{name}` for a part that is open, as in OpenAPI.
    let path: String
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ handler: Handler) {
        self.method = method
        self.path = path
        self.handler = handler
    }

    /// Whether a request's path is this one's.
    func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        let own = self.path.split(separator: "/")
        return parts.count == own.count && zip(own, parts).allSatisfy { $0.first == "{" || $0 == $1 }
    }
}
