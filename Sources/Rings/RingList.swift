public import ChannelBus
internal import Channels
internal import Foundation

/// Servers in the order in which etcd has them, each with its whole address.
///
/// The addresses may hold passwords, so nothing prints them: see ``names`` for what may be shown.
public struct RingList: Hashable, Sendable {
    /// The longest value that is read, bytes.
    public static let maximumBytes = 262_144
    /// The most servers.
    public static let maximumCount = HashRing.maximumMembers

    private struct Member: Hashable {
        let text: String
        let url: RedisURL
    }

    private let members: [Member]

    /// - Parameter texts: addresses, each as ``RedisURL`` reads it, none twice.
    public init(_ texts: [String], allowsNone: Bool = false) throws(RingListError) {
        guard allowsNone || !texts.isEmpty else { throw .empty }
        guard texts.count <= Self.maximumCount else { throw .tooMany }
        var members: [Member] = []
        var names: Set<String> = []
        for (index, text) in texts.enumerated() {
            let url: RedisURL
            do { url = try RedisURL(text) } catch { throw .badAddress(place: index + 1, error) }
            guard names.insert(url.name).inserted else { throw .repeated(place: index + 1) }
            members.append(Member(text: text, url: url))
        }
        self.members = members
    }

    /// No server.
    static let none = RingList()

    private init() { members = [] }

    /// Reads a JSON list of addresses.
    public init(json: some Collection<UInt8>, allowsNone: Bool = false) throws(RingListError) {
        guard json.count <= Self.maximumBytes else { throw .tooLong }
        guard let texts = try? JSONDecoder().decode([String].self, from: Data(json)) else { throw .broken }
        try self.init(texts, allowsNone: allowsNone)
    }

    /// The addresses, with their passwords.
    public var texts: [String] { members.map(\.text) }
    public var urls: [RedisURL] { members.map(\.url) }
    /// In order; may be shown.
    public var names: [String] { members.map(\.url.name) }
    public var isEmpty: Bool { members.isEmpty }

    /// What etcd is to keep: with the passwords.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Texts can always be encoded.
        return (try? encoder.encode(texts)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    /// The hash ring over the servers; `nil` if there are none.
    public var ring: BusRing? { try? BusRing(urls) }
}

// MARK: Changes

extension RingList {
    /// The list with one more at its end.
    public func adding(_ text: String) throws(RingListError) -> RingList {
        try Self.changed(texts + [text])
    }

    /// The list without a server.
    ///
    /// - Parameter name: its name or its address.
    public func removing(_ name: String, allowsNone: Bool = false) throws(RingListError) -> RingList {
        let place = try place(of: name)
        guard allowsNone || members.count > 1 else { throw .last }
        var texts = texts
        texts.remove(at: place)
        return try RingList(texts, allowsNone: allowsNone)
    }

    /// The list with another server in the place of one.
    public func replacing(_ name: String, by text: String) throws(RingListError) -> RingList {
        let place = try place(of: name)
        var texts = texts
        texts[place] = text
        return try Self.changed(texts)
    }

    /// Nothing stood twice in the list before, so what does now is what came.
    private static func changed(_ texts: [String]) throws(RingListError) -> RingList {
        do { return try RingList(texts) } catch {
            if case .repeated = error { throw .known }
            throw error
        }
    }

    /// Where a server stands, by its name or its address.
    private func place(of name: String) throws(RingListError) -> Int {
        let wanted = (try? RedisURL(name))?.name ?? name
        guard let place = members.firstIndex(where: { Self.isName(wanted, of: $0.url) }) else { throw .unknown }
        return place
    }

    /// Hosts are written in any case, what sentinels call a master in one.
    private static func isName(_ text: String, of url: RedisURL) -> Bool {
        url.name == text || (url.master == nil && url.name == text.lowercased())
    }

    /// Addresses as somebody wrote who sees no passwords: a name, or an address without a password, of a server of this
    /// list is that server as it is.
    public func completing(_ texts: [String]) -> [String] {
        texts.map { text in
            let url = try? RedisURL(text)
            guard url?.hasPassword != true,
                let known = members.first(where: { Self.isName(url?.name ?? text, of: $0.url) })
            else { return text }
            // Another scheme or database is another address.
            if let url, url.description != known.url.description { return text }
            return known.text
        }
    }
}

extension RingList: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { names.joined(separator: ", ") }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
