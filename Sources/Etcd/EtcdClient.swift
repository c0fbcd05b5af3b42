import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOSSL
import Synchronization

/// etcd by its JSON gateway (`/v3/…`, etcd 3.4 and later): no gRPC needed.
///
/// Calls go to the endpoint that answered last and move on to the next when it does not. Any task.
public final class EtcdClient: Sendable {
    /// How long one endpoint may take for a call.
    static let callTime = TimeAmount.seconds(2)
    /// The longest answer, bytes.
    static let maximumAnswer = 4 * 1_024 * 1_024

    private let endpoints: [String]
    private let http: HTTPClient
    private let preferred = Atomic<Int>(0)
    private let login: EtcdLogin?
    /// What etcd gave for the login; it forgets it when it restarts or after some minutes.
    private let token = Mutex<String?>(nil)

    /// - Parameters:
    ///   - endpoints: `http://host:port` or `https:`, at least one (precondition). Certificates are always verified.
    ///   - login: whom to call as; `nil` where etcd asks nobody.
    ///   - rootsFile: the certificates (PEM) that endpoints are verified by; `nil`: those of the system.
    public init(endpoints: [String], login: EtcdLogin? = nil, rootsFile: String? = nil) {
        precondition(!endpoints.isEmpty, "etcd has at least one endpoint")
        self.endpoints = endpoints.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.login = login
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = Self.callTime
        if let rootsFile {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(rootsFile)
            configuration.tlsConfiguration = tls
        }
        // Another endpoint is tried instead.
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes the connections. Once, at the end.
    public func shutdown() async {
        try? await http.shutdown()
    }

    // MARK: Keys

    /// A key's value and the revision of the store, as its majority knows them.
    public func get(_ key: String) async throws(EtcdError) -> EtcdSnapshot {
        let range: EtcdMessages.Range = try await call("kv/range", Request(key: Data(key.utf8)))
        return EtcdSnapshot(value: range.kvs?.first?.entry, revision: range.header.revision?.value ?? 0)
    }

    /// All keys that begin with a prefix, in order.
    public func list(prefix: String) async throws(EtcdError) -> [EtcdValue] {
        try await snapshot(prefix: prefix).values
    }

    /// The same, with the revision of the store in which that is so.
    public func snapshot(prefix: String) async throws(EtcdError) -> (values: [EtcdValue], revision: Int64) {
        let range: EtcdMessages.Range = try await call(
            "kv/range", Request(key: Data(prefix.utf8), rangeEnd: Self.end(ofPrefix: prefix)))
        return (range.kvs?.map(\.entry) ?? [], range.header.revision?.value ?? 0)
    }

    /// Writes a key.
    ///
    /// - Parameter lease: the key ends with it; 0 for one that stays.
    /// - Returns: the revision in which it was written.
    @discardableResult
    public func put(_ key: String, _ value: String, lease: Int64 = 0) async throws(EtcdError) -> Int64 {
        let put: EtcdMessages.Put = try await call(
            "kv/put", Request(key: Data(key.utf8), value: Data(value.utf8), lease: lease))
        return put.header.revision?.value ?? 0
    }

    /// Removes a key; nothing happens if there is none.
    public func delete(_ key: String) async throws(EtcdError) {
        let _: EtcdMessages.Put = try await call("kv/deleterange", Request(key: Data(key.utf8)))
    }

    /// Writes keys all at once, if other keys are as they were when they were read.
    ///
    /// - Parameters:
    ///   - expected: by key, the revision in which it was last written; 0 for a key that must not be there.
    ///   - puts: what to write then, by key.
    /// - Returns: whether they were written.
    public func put(_ puts: [String: String], ifUnchanged expected: [String: Int64]) async throws(EtcdError) -> Bool {
        let request = TransactionRequest(
            compare: expected.map { .init(key: Data($0.utf8), modRevision: EtcdInteger($1)) },
            success: puts.map { .init(requestPut: .init(key: Data($0.utf8), value: Data($1.utf8))) })
        let answer: EtcdMessages.Transaction = try await call("kv/txn", request)
        return answer.succeeded ?? false
    }

    // MARK: Leases

    /// A lease that ends by itself unless it is kept alive.
    public func grantLease(seconds: Int64) async throws(EtcdError) -> Int64 {
        let lease: EtcdMessages.Lease = try await call("lease/grant", LeaseRequest(ttl: EtcdInteger(seconds)))
        return lease.id.value
    }

    /// Begins a lease's time anew. Throws ``EtcdError/leaseLost`` if there is none.
    public func keepAlive(lease: Int64) async throws(EtcdError) {
        let answer: EtcdMessages.Wrapped<EtcdMessages.Lease> = try await call(
            "lease/keepalive", LeaseRequest(id: EtcdInteger(lease)))
        guard (answer.result.ttl?.value ?? 0) > 0 else { throw .leaseLost }
    }

    /// Ends a lease and its keys.
    public func revoke(lease: Int64) async throws(EtcdError) {
        let _: EtcdMessages.Put = try await call("lease/revoke", LeaseRequest(id: EtcdInteger(lease)))
    }

    // MARK: Calls

    private func call<Answer: Decodable>(_ path: String, _ request: some Encodable) async throws(EtcdError) -> Answer {
        let body = try Self.body(request)
        if login != nil, token.withLock({ $0 == nil }) { try await logIn() }
        var response = try await send(path, body)
        if Self.isTokenOld(response.status), login != nil {
            try await logIn()
            response = try await send(path, body)
        }
        guard response.status == .ok else {
            throw path == "lease/revoke" ? .leaseLost : .refused(status: Int(response.status.code))
        }
        return try EtcdMessages.decode([UInt8](response.body.readableBytesView))
    }

    /// The answer of the first endpoint that has one.
    private func send(
        _ path: String, _ body: ByteBuffer
    ) async throws(EtcdError) -> (status: HTTPResponseStatus, body: ByteBuffer) {
        let first = preferred.load(ordering: .relaxed)
        for attempt in endpoints.indices {
            let index = (first + attempt) % endpoints.count
            guard let response = try? await http.execute(post(path, body, at: index), timeout: Self.callTime),
                let answer = try? await response.body.collect(upTo: Self.maximumAnswer)
            else { continue }
            // A member without a leader says so with 503; another may have one.
            if response.status.code >= 500 { continue }
            preferred.store(index, ordering: .relaxed)
            return (response.status, answer)
        }
        throw .unreachable
    }

    /// A token that etcd has forgotten is unauthorized; one from before users or roles were changed is a bad request.
    private static func isTokenOld(_ status: HTTPResponseStatus) -> Bool {
        status == .unauthorized || status == .badRequest
    }

    private func logIn() async throws(EtcdError) {
        guard let login else { return }
        token.withLock { $0 = nil }
        let response = try await send("auth/authenticate", Self.body(LoginRequest(login)))
        guard response.status == .ok else { throw .refused(status: Int(response.status.code)) }
        let answer: EtcdMessages.Login = try EtcdMessages.decode([UInt8](response.body.readableBytesView))
        token.withLock { $0 = answer.token }
    }

    /// Opens a stream; the caller reads its lines.
    func stream(_ path: String, _ request: some Encodable) async throws(EtcdError) -> HTTPClientResponse.Body {
        let body = try Self.body(request)
        if login != nil, token.withLock({ $0 == nil }) { try await logIn() }
        let first = preferred.load(ordering: .relaxed)
        for attempt in endpoints.indices {
            let index = (first + attempt) % endpoints.count
            let response = try? await head(of: post(path, body, at: index))
            if let response, Self.isTokenOld(response.status) { token.withLock { $0 = nil } }
            guard let response, response.status == .ok else { continue }
            preferred.store(index, ordering: .relaxed)
            return response.body
        }
        throw .unreachable
    }

    /// An answer that has begun in time; its end is the caller's to decide, since a watch may be silent for days.
    private func head(of request: HTTPClientRequest) async throws -> HTTPClientResponse {
        try await withThrowingTaskGroup(of: HTTPClientResponse.self) { [http] tasks in
            tasks.addTask { try await http.execute(request, deadline: .distantFuture) }
            tasks.addTask {
                try await Task.sleep(nanoseconds: UInt64(Self.callTime.nanoseconds))
                throw EtcdError.unreachable
            }
            defer { tasks.cancelAll() }
            guard let response = try await tasks.next() else { throw EtcdError.unreachable }
            return response
        }
    }

    private func post(_ path: String, _ body: ByteBuffer, at endpoint: Int) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(endpoints[endpoint])/v3/\(path)")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let token = token.withLock({ $0 }) { request.headers.add(name: "Authorization", value: token) }
        request.body = .bytes(body)
        return request
    }

    private static func body(_ request: some Encodable) throws(EtcdError) -> ByteBuffer {
        do { return ByteBuffer(data: try JSONEncoder().encode(request)) } catch { throw .malformed }
    }

    /// The first key after all that begin with a prefix.
    static func end(ofPrefix prefix: String) -> Data {
        var bytes = Array(prefix.utf8)
        while let last = bytes.popLast() {
            guard last < 0xFF else { continue }
            return Data(bytes + [last + 1])
        }
        return Data([0])
    }
}

// MARK: What is asked

extension EtcdClient {
    private struct Request: Encodable {
        let key: Data
        var rangeEnd: Data?
        var value: Data?
        var lease: EtcdInteger?

        enum CodingKeys: String, CodingKey {
            case key, value, lease
            case rangeEnd = "range_end"
        }

        init(key: Data, rangeEnd: Data? = nil) {
            self.key = key
            self.rangeEnd = rangeEnd
        }

        init(key: Data, value: Data, lease: Int64 = 0) {
            self.key = key
            self.value = value
            self.lease = lease == 0 ? nil : EtcdInteger(lease)
        }
    }

    private struct TransactionRequest: Encodable {
        struct Compare: Encodable {
            let key: Data
            var target = "MOD"
            var result = "EQUAL"
            let modRevision: EtcdInteger

            enum CodingKeys: String, CodingKey {
                case key, target, result
                case modRevision = "mod_revision"
            }
        }

        struct Operation: Encodable {
            let requestPut: Request

            enum CodingKeys: String, CodingKey {
                case requestPut = "request_put"
            }
        }

        let compare: [Compare]
        let success: [Operation]
    }

    private struct LoginRequest: Encodable {
        let name: String
        let password: String

        init(_ login: EtcdLogin) { (name, password) = (login.user, login.password) }
    }

    private struct LeaseRequest: Encodable {
        var id: EtcdInteger?
        var ttl: EtcdInteger?

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case ttl = "TTL"
        }
    }
}
