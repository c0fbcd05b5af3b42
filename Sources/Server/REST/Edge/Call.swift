import HTTPTypes
import Hummingbird
import NIOCore

/// A request taken apart.
struct Call: Sendable {
    let path: PathParts
    let query: Query
    /// The host, perhaps with a port, that the client asked for.
    let authority: String?
    let headers: HTTPFields
    let body: ByteBuffer

    init(_ request: Request, path: PathParts) async throws {
        self.path = path
        query = Query(request.uri)
        authority = request.head.authority
        headers = request.headers
        body = try await Self.body(of: request)
    }

    /// Read whole, and no further than it may be long.
    private static func body(of request: Request) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Limits.bodyBytes {
            throw Problem.tooLarge
        }
        do {
            return try await request.body.collect(upTo: Limits.bodyBytes)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge
        } catch {
            // The client broke HTTP or hung up, which is no fault of the server.
            throw Problem.badRequest("the body did not come whole")
        }
    }
}
