import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server's REST, called as the host app's backend calls it. Holds connections until ``close()``.
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
    private static let timeout: TimeInterval = 30
    /// The longest pause that a server may ask for, seconds.
    private static let longestPause = 60.0

    private let url: URL
    private let key: String
    private let session: URLSession

    /// - Parameters:
    ///   - url: with nothing but scheme, host and port; see ``parse(_:)``.
    ///   - connections: the most at a time.
    init(url: URL, key: String, connections: Int) {
        self.url = url
        self.key = key
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connections
        configuration.timeoutIntervalForRequest = Self.timeout
        session = URLSession(configuration: configuration)
    }

    /// `http://host:port`, or `https:`; `nil` for anything else.
    static func parse(_ text: String) -> URL? {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", parts.host?.isEmpty == false, ["", "/"].contains(parts.path),
            parts.query == nil, parts.fragment == nil, parts.user == nil
        else { return nil }
        return parts.url
    }

    func close() { session.finishTasksAndInvalidate() }

    /// Throws ``Failure`` if no call would succeed.
    func put(_ call: Call) async throws -> Answer {
        for attempt in 1... {
            let (body, response) = try await send(call)
            switch response.statusCode {
            case 201: return .created
            case 200: return .existed
            case 401: throw Failure("\(url.absoluteString): the API key is not that of this server")
            case 429 where attempt < Self.attempts, 503 where attempt < Self.attempts:
                try await Task.sleep(for: .seconds(Self.pause(response)))
            default: return .refused(reason: Self.reason(response.statusCode, body))
            }
        }
        preconditionFailure("the last attempt returns")
    }

    private func send(_ call: Call) async throws -> (Data, HTTPURLResponse) {
        var request = URLRequest(url: url.appendingPathComponent(call.path))
        request.httpMethod = "PUT"
        request.setValue(key, forHTTPHeaderField: "X-API-Key")
        if let body = call.body {
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = body
        }
        do {
            let (body, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse else { throw Failure("\(url.absoluteString): no HTTP") }
            return (body, response)
        } catch let error as URLError {
            throw Failure("\(url.absoluteString): \(error.localizedDescription)")
        }
    }

    private static func pause(_ response: HTTPURLResponse) -> Double {
        let seconds = response.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init) ?? 1
        return min(max(seconds, 0), longestPause)
    }

    /// What the server says about it (RFC 9457), or the status alone.
    private static func reason(_ status: Int, _ body: Data) -> String {
        struct Problem: Decodable { let detail: String }
        let problem = try? JSONDecoder().decode(Problem.self, from: body)
        return problem.map { "\(status), \($0.detail)" } ?? "\(status)"
    }
}

extension BackendAPI {
    /// Why nothing can be called.
    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
