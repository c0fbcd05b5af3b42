import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A server's REST, called as the host app's backend calls it.
struct BackendAPI: Sendable {
    /// What a call does.
    struct Call: Sendable {
        let path: String
        var body: Data?
    }

    /// How a call ended.
    enum Answer: Equatable, Sendable {
        case created, existed
        /// The server does not want it; others may be welcome.
        case refused(reason: String)
    }

    /// How often a call is tried that the server puts off.
    static let attempts = 5
    private static let timeout = TimeAmount.seconds(30)
    /// The longest pause that a server may ask for, seconds.
    private static let longestPause = 60.0
    /// The longest answer, bytes.
    private static let longestAnswer = 64 * 1_024

    private let url: URL
    private let key: String
    private let client: HTTPClient

    /// Runs `body` with connections to a server, which are closed when it ends.
    ///
    /// - Parameters:
    ///   - url: with nothing but scheme, host and port; see ``parse(_:)``.
    ///   - connections: the most at a time.
    static func run<Value: Sendable>(
        url: URL, key: String, connections: Int, _ body: (BackendAPI) async throws -> Value
    ) async throws -> Value {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(BackendAPI(url: url, key: key, client: client))
        }
    }

    /// `http://host:port`, or `https:`; `nil` for anything else.
    static func parse(_ text: String) -> URL? {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", parts.host?.isEmpty == false, ["", "/"].contains(parts.path),
            parts.query == nil, parts.fragment == nil, parts.user == nil, hasGoodPort(text, parts)
        else { return nil }
        return parts.url
    }

    /// A port that is no number of 16 bits is none, or would end in a trap.
    private static func hasGoodPort(_ text: String, _ parts: URLComponents) -> Bool {
        if let port = parts.port { return 1...65_535 ~= port }
        let authority = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
        return !authority.drop { $0 != "]" }.dropFirst().contains(":")
            && (authority.hasPrefix("[") || !authority.contains(":"))
    }

    /// Throws ``Failure`` if no call would succeed.
    func put(_ call: Call) async throws -> Answer {
        for attempt in 1... {
            let response = try await send(call)
            switch response.status.code {
            case 201: return .created
            case 200: return .existed
            case 401: throw Failure("\(url.absoluteString): the API key is not that of this server")
            case 429 where attempt < Self.attempts, 503 where attempt < Self.attempts:
                try await Task.sleep(for: .seconds(Self.pause(response)))
            default: return .refused(reason: Self.reason(response))
            }
        }
        preconditionFailure("the last attempt returns")
    }

    private struct Response {
        let status: HTTPResponseStatus
        let headers: HTTPHeaders
        let body: ByteBuffer
    }

    private func send(_ call: Call) async throws -> Response {
        var request = HTTPClientRequest(url: url.appendingPathComponent(call.path).absoluteString)
        request.method = .PUT
        request.headers.add(name: "X-API-Key", value: key)
        if let body = call.body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: body))
        }
        do {
            let response = try await client.execute(request, timeout: Self.timeout)
            let body = try await response.body.collect(upTo: Self.longestAnswer)
            return Response(status: response.status, headers: response.headers, body: body)
        } catch let error where !(error is CancellationError) {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw Failure("\(url.absoluteString): \(reason)")
        }
    }

    private static func pause(_ response: Response) -> Double {
        let seconds = response.headers.first(name: "Retry-After").flatMap(Double.init) ?? 1
        return min(max(seconds, 0), longestPause)
    }

    /// What the server says about it (RFC 9457), or the status alone.
    private static func reason(_ response: Response) -> String {
        struct Problem: Decodable { let detail: String }
        let problem = try? JSONDecoder().decode(Problem.self, from: response.body)
        return problem.map { "\(response.status.code), \($0.detail)" } ?? "\(response.status.code)"
    }
}

extension BackendAPI {
    /// Why nothing can be called.
    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
