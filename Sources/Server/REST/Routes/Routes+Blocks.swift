import Channels
import Friends
import HTTPTypes

/// Blocks: what their maker may see of them.
extension Routes {
    var blockRoutes: [Route] {
        [
            Route(.put, "/v1/users/{id}/blocks/{other}", .user(putBlock)),
            Route(.get, "/v1/users/{id}/blocks", .user(getBlocks)),
            Route(.delete, "/v1/users/{id}/blocks/{other}", .user(deleteBlock)),
        ]
    }

    private func putBlock(_ call: UserCall) async throws -> Answer {
        let other = try Self.other("other", of: call)
        let isNew = try await changes.block(other, by: call.id, as: .user)
        var json: [UInt8] = []
        json.append(json: #"{"user":"#)
        json.append(string: other.string)
        json.append(json: "}")
        return .json(json, status: isNew ? .created : .ok)
    }

    /// All of them, oldest first: there are few, and who looks for one has no order to look by.
    private func getBlocks(_ call: UserCall) async throws -> Answer {
        let user = try await call.user(in: core.stores)
        let blocks = try await core.stores.blocks.blocks(by: user.id)
        return .json(
            .list(blocks, next: nil) { json, block in
                json.append(json: #"{"block_id":"#)
                json.append(string: block.id.string)
                json.append(json: #","user":"#)
                json.append(optional: block.user?.string)
                json.append(json: #","since":"#)
                json.append(integer: block.since)
                json.append(json: "}")
            })
    }

    private func deleteBlock(_ call: UserCall) async throws -> Answer {
        guard let target = BlockTarget(call.call.path["other"]) else {
            throw Problem.badParameter("neither a user id nor a block id")
        }
        _ = try await changes.unblock(target, by: call.id)
        return .noContent
    }
}
