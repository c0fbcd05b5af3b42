import Channels
import Foundation
import Friends
import HTTPTypes

/// Profiles, and all that is stored about a user.
extension Routes {
    var userRoutes: [Route] {
        [
            Route(.put, "/v1/users/{id}", .user(putUser)),
            Route(.get, "/v1/users/{id}", .user(getUser)),
            Route(.delete, "/v1/users/{id}", .user(deleteUser)),
            Route(.get, "/v1/users/{id}/export", .user(exportUser)),
        ]
    }

    private func putUser(_ call: UserCall) async throws -> Answer {
        let body = try ProfileBody(call.call)
        let isNew = try await changes.put(Self.profile(body, of: call))
        guard let user = try await core.stores.users.user(call.id) else { throw Problem.noSuchUser }
        return .json(Self.userJSON(user), status: isNew ? .created : .ok)
    }

    private static func profile(_ body: ProfileBody, of call: UserCall) throws(Problem) -> Profile {
        do throws(StoreError) {
            return try Profile(id: call.id, name: body.name, avatarURL: body.avatarURL)
        } catch {
            throw .badRequest("`name` has 1 to 256 bytes, `avatar_url` at most 2048")
        }
    }

    private func getUser(_ call: UserCall) async throws -> Answer {
        try await .json(Self.userJSON(call.user(in: core.stores)))
    }

    private func deleteUser(_ call: UserCall) async throws -> Answer {
        try await changes.erase(call.id)
        return .noContent
    }

    /// What still waits to be written belongs to it, so that is written first.
    private func exportUser(_ call: UserCall) async throws -> Answer {
        let user = try await call.user(in: core.stores)
        try await core.writer.flush()
        var export = try await core.stores.users.export(user.id)
        if export.location == nil { export.location = await place(of: user.id) }
        return try .json(encodable: export)
    }

    /// Where a user is that this process, or the common cache, knows and the stores do not.
    private func place(of id: UserID) async -> UserExport.Place? {
        let user = core.engine.users.index(of: id)
        await core.cluster?.refresh([user])
        guard let state = core.engine.users.state(of: user) else { return nil }
        let age = core.clock.monotonicMilliseconds() - state.heard
        return UserExport.Place(
            HistoryPoint(
                user: id, coordinate: state.coordinate, ts: state.timestamp,
                heardAt: core.clock.wallMilliseconds() - age))
    }

    private static func userJSON(_ user: User) -> [UInt8] {
        var json: [UInt8] = []
        json.append(json: "{")
        json.append(profileOf: user)
        json.append(json: #","sharing":"#)
        json.append(json: user.sharing ? "true" : "false")
        json.append(json: "}")
        return json
    }
}

extension Answer {
    /// For what is asked for now and then; its keys are sorted, so that equal answers are equal text.
    static func json(encodable value: some Encodable) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try .json(Array(encoder.encode(value)))
    }
}
