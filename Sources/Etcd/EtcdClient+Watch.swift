import AsyncHTTPClient
import Foundation
import NIOCore

extension EtcdClient {
    /// Follows a key from a revision on, until the connection ends.
    ///
    /// - Parameters:
    ///   - revision: the first whose changes are wanted: one more than that of what was read.
    ///   - body: called with what the key is after each change, in order; with no value when it is deleted.
    /// - Throws: ``EtcdError/compacted(oldest:)`` if changes since the revision are gone, ``EtcdError/unreachable`` at the
    ///   end of the connection, `CancellationError`. Returns only by throwing.
    public func watch(
        _ key: String, from revision: Int64, _ body: (EtcdSnapshot) async -> Void
    ) async throws {
        try await watch(WatchRequest(key: key, from: revision)) { change in
            await body(EtcdSnapshot(value: change.value, revision: change.revision))
        }
    }

    /// Follows all keys that begin with a prefix; otherwise as ``watch(_:from:_:)``.
    public func watch(
        prefix: String, from revision: Int64, _ body: (EtcdChange) async -> Void
    ) async throws {
        try await watch(WatchRequest(prefix: prefix, from: revision), body)
    }

    private func watch(_ request: WatchRequest, _ body: (EtcdChange) async -> Void) async throws {
        let stream = try await stream("watch", request)
        var lines = LineBuffer(limit: Self.maximumAnswer)
        do {
            for try await chunk in stream {
                for line in try lines.lines(appending: chunk.readableBytesView) {
                    let answer: EtcdMessages.Wrapped<EtcdMessages.Watch> = try EtcdMessages.decode(line)
                    try await take(answer.result, body)
                }
            }
        } catch let error as EtcdError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw EtcdError.unreachable
        }
        throw EtcdError.unreachable
    }

    private func take(_ answer: EtcdMessages.Watch, _ body: (EtcdChange) async -> Void) async throws {
        if let oldest = answer.compactRevision?.value, oldest > 0 { throw EtcdError.compacted(oldest: oldest) }
        if answer.canceled == true { throw EtcdError.unreachable }
        for event in answer.events ?? [] {
            let entry = event.kv.entry
            await body(
                EtcdChange(
                    key: entry.key, value: event.type == "DELETE" ? nil : entry,
                    revision: event.kv.modRevision?.value ?? 0))
        }
    }

    private struct WatchRequest: Encodable {
        struct Create: Encodable {
            let key: Data
            var rangeEnd: Data?
            let startRevision: EtcdInteger

            enum CodingKeys: String, CodingKey {
                case key
                case rangeEnd = "range_end"
                case startRevision = "start_revision"
            }
        }

        let createRequest: Create

        enum CodingKeys: String, CodingKey {
            case createRequest = "create_request"
        }

        init(key: String, from revision: Int64) {
            createRequest = Create(key: Data(key.utf8), startRevision: EtcdInteger(revision))
        }

        init(prefix: String, from revision: Int64) {
            createRequest = Create(
                key: Data(prefix.utf8), rangeEnd: EtcdClient.end(ofPrefix: prefix),
                startRevision: EtcdInteger(revision))
        }
    }
}

/// Cuts a stream into its lines.
private struct LineBuffer {
    let limit: Int
    private var rest: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    mutating func lines(appending bytes: some Collection<UInt8>) throws(EtcdError) -> [[UInt8]] {
        rest += bytes
        var lines: [[UInt8]] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if end > 0 { lines.append(Array(rest[..<end])) }
            rest.removeSubrange(...end)
        }
        guard rest.count <= limit else { throw .malformed }
        return lines
    }
}
