import HTTPTypes
import Hummingbird
import NIOCore

/// What a call is answered with.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body: [UInt8] = []

    static let noContent = Answer(status: .noContent)

    static func json(_ body: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, headers: [.contentType: "application/json"], body: body)
    }

    var response: Response {
        guard !body.isEmpty else {
            var response = Response(status: status, headers: headers)
            // RFC 9110, 8.6: no length where there can be no content.
            if status == .noContent { response.headers[.contentLength] = nil }
            return response
        }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
