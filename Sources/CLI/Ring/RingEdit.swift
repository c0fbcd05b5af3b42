import ArgumentParser
import ChannelBus
import Foundation
import Rings

/// A change of a list of servers.
enum RingEdit: Sendable {
    case add(String)
    case remove(String)
    case replace(String, by: String)

    /// - Parameters:
    ///   - list: `nil` if there is none.
    ///   - allowsNone: whether the last one may go: of standbys.
    func apply(to list: RingList?, allowsNone: Bool = false) throws(RingListError) -> RingList {
        guard let list else {
            guard case .add(let text) = self else { throw .unknown }
            return try RingList([text])
        }
        return switch self {
        case .add(let text): try list.adding(text)
        case .remove(let name): try list.removing(name, allowsNone: allowsNone)
        case .replace(let name, let text): try list.replacing(name, by: text)
        }
    }

    /// An address of the command line, or of standard input for `-`. Its text is in no message: there may be a password.
    static func address(_ text: String) throws -> String {
        let text = text == "-" ? readLine()?.trimmingCharacters(in: .whitespaces) ?? "" : text
        do { _ = try RedisURL(text) } catch { throw ValidationError("<url>: \(error)") }
        return text
    }
}
