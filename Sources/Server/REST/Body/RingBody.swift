import Foundation
import NIOCore
import NIOFoundationCompat

/// What `PUT /v1/admin/ring` is sent: `{"items":[…]}`, as it is answered, or the list alone.
struct RingBody {
    /// Addresses, or names of servers that are in the ring.
    let servers: [String]

    private struct Items: Decodable {
        let items: [String]
    }

    init(_ call: Call) throws(Problem) {
        let decoder = JSONDecoder()
        if let list = try? decoder.decode([String].self, from: call.body) {
            servers = list
        } else if let object = try? decoder.decode(Items.self, from: call.body) {
            servers = object.items
        } else {
            throw .badRequest("the body must be a JSON list of addresses, or an object with one in `items`")
        }
    }
}
