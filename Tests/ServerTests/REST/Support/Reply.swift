import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore

/// A response, easy to look at.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// The members of the body's object; empty if it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    var items: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }
    var next: String? { json["next"] as? String }

    /// One member of every item, as text.
    func column(_ name: String) -> [String] { items.map { $0[name] as? String ?? "-" } }

    /// The `code` of a problem of RFC 9457 that is complete and fits its status, else what is wrong with it.
    var problem: String {
        guard headers[.contentType] == "application/problem+json" else { return "no problem" }
        guard json["type"] as? String == "about:blank", json["status"] as? Int == status,
            let title = json["title"] as? String, !title.isEmpty, let detail = json["detail"] as? String,
            !detail.isEmpty, let code = json["code"] as? String
        else { return "incomplete: \(text)" }
        return code
    }
}
