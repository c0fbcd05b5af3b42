public import ChannelBus

/// Why a list of servers is refused. Never holds an address: there may be a password in it.
public enum RingListError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No JSON list of texts.
    case broken
    case tooLong
    case empty
    case tooMany
    /// The so-manieth, counted from 1.
    case badAddress(place: Int, RedisURLError)
    /// Two with one name; the place of the second one.
    case repeated(place: Int)
    /// What is to go, or to be replaced, is not there.
    case unknown
    /// What is to be added is there already.
    case known
    /// A ring needs one server.
    case last
    /// A server on another machine without TLS.
    case plaintext

    public var description: String {
        switch self {
        case .broken: "it is no JSON list of texts"
        case .tooLong: "it is longer than \(RingList.maximumBytes) bytes"
        case .empty: "it is empty"
        case .tooMany: "it has more than \(RingList.maximumCount) servers"
        case .badAddress(let place, let error): "server \(place): \(error)"
        case .repeated(let place): "server \(place) stands in it already"
        case .unknown: "there is no such server in it"
        case .known: "the server is in it already"
        case .last: "the last server cannot be removed"
        case .plaintext: "a server is on another machine and not rediss://"
        }
    }
}
