import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Rings

/// The ring through the REST of a running server, which shows no passwords and keeps those that it has.
struct RemoteRing: RingPlace {
    private static let timeout = TimeAmount.seconds(10)
    private static let longestAnswer = 256 * 1_024
    private static let attempts = 5
    /// How often a watch asks.
    private static let watchInterval = Duration.seconds(2)

    private let client: HTTPClient
    private let url: URL
    private let key: String

    private struct Answer: Decodable {
        let items: [String]
        let revision: Int64
    }

    static func run<Value: Sendable>(
        url: URL, key: String, _ body: (any RingPlace) async throws -> Value
    ) async throws -> Value {
        try await HTTPClient.withHTTPClient { client in
            try await body(RemoteRing(client: client, url: url.appendingPathComponent("v1/admin/ring"), key: key))
        }
    }

    func read() async throws -> RingStore.Stored {
        let (status, body) = try await send(.GET)
        guard status == .ok else { throw failure(status, body) }
        return try stored(body)
    }

    func change(_ edit: RingEdit) async throws -> (before: RingList?, after: RingList) {
        for _ in 0..<Self.attempts {
            let stored = try await read()
            let list = try edit.apply(to: stored.list)
            let (status, body) = try await send(.PUT, list, ifRevision: stored.revision)
            if status == .preconditionFailed { continue }
            guard status == .ok else { throw failure(status, body) }
            return (stored.list, try self.stored(body).list ?? list)
        }
        throw RingStoreError.contended
    }

    func watch(_ body: @escaping @Sendable (RingNews) async throws -> Void) async throws {
        var known: [String]?
        while true {
            let stored = try await read()
            let names = stored.list?.names ?? []
            if names != known { try await body(.list(stored)) }
            known = names
            try await Task.sleep(for: Self.watchInterval)
        }
    }

    private func stored(_ body: ByteBuffer) throws -> RingStore.Stored {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: body) else {
            throw BackendAPI.Failure("\(url.absoluteString): the answer cannot be read")
        }
        return RingStore.Stored(
            list: answer.items.isEmpty ? nil : try RingList(answer.items), revision: answer.revision)
    }

    private func send(
        _ method: HTTPMethod, _ list: RingList? = nil, ifRevision revision: Int64 = 0
    ) async throws -> (HTTPResponseStatus, ByteBuffer) {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        request.headers.add(name: "X-API-Key", value: key)
        if let list {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: "If-Match", value: "\"\(revision)\"")
            request.body = .bytes(ByteBuffer(string: list.json))
        }
        do {
            let response = try await client.execute(request, timeout: Self.timeout)
            return (response.status, try await response.body.collect(upTo: Self.longestAnswer))
        } catch let error where !(error is CancellationError) {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw BackendAPI.Failure("\(url.absoluteString): \(reason)")
        }
    }

    /// What the server says about it (RFC 9457), or the status alone.
    private func failure(_ status: HTTPResponseStatus, _ body: ByteBuffer) -> BackendAPI.Failure {
        struct Problem: Decodable { let detail: String }
        let problem = try? JSONDecoder().decode(Problem.self, from: body)
        return BackendAPI.Failure("\(url.absoluteString): \(problem?.detail ?? "status \(status.code)")")
    }
}
