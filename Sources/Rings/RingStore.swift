public import Etcd

/// A list of servers in etcd, and how it is changed: only as it was read.
public struct RingStore: Sendable {
    /// How often a change is tried anew that somebody else's came before.
    static let attempts = 5

    /// A list and the revision in which it was written; 0 and no list if there is none.
    public struct Stored: Sendable {
        public let list: RingList?
        public let revision: Int64

        public init(list: RingList?, revision: Int64) {
            self.list = list
            self.revision = revision
        }
    }

    private let client: EtcdClient
    public let key: String
    /// Whether the list may be empty: standbys, not rings.
    private let allowsNone: Bool

    public init(_ key: String, of client: EtcdClient) {
        self.client = client
        self.key = key
        allowsNone = key == RingKeys.standbys
    }

    public func read() async throws(RingStoreError) -> Stored {
        let value: EtcdValue?
        do { value = try await client.get(key).value } catch { throw .etcd(error) }
        guard let value else { return Stored(list: nil, revision: 0) }
        do throws(RingListError) {
            return Stored(list: try RingList(json: value.value, allowsNone: allowsNone), revision: value.modified)
        } catch {
            throw .stored(error, revision: value.modified)
        }
    }

    /// Writes the list if it is still of the revision.
    ///
    /// - Parameter revision: 0 for one that must not be there.
    /// - Returns: whether it was written.
    public func write(_ list: RingList, ifRevision revision: Int64) async throws(RingStoreError) -> Bool {
        do { return try await client.put([key: list.json], ifUnchanged: [key: revision]) } catch { throw .etcd(error) }
    }

    /// Reads the list, changes it and writes it, again if somebody else did so at the same time.
    ///
    /// - Parameter change: gets the list, `nil` if there is none.
    /// - Returns: the list before and after.
    public func change(
        _ change: (RingList?) throws(RingListError) -> RingList
    ) async throws(RingStoreError) -> (before: RingList?, after: RingList) {
        for _ in 0..<Self.attempts {
            let stored = try await read()
            let list: RingList
            do { list = try change(stored.list) } catch { throw .change(error) }
            if try await write(list, ifRevision: stored.revision) { return (stored.list, list) }
        }
        throw .contended
    }
}

/// Why a list in etcd could not be read or changed.
public enum RingStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case etcd(EtcdError)
    /// What etcd has is no list of servers.
    case stored(RingListError, revision: Int64)
    /// The change is not possible.
    case change(RingListError)
    /// Others changed it again and again.
    case contended

    public var description: String {
        switch self {
        case .etcd(let error): error.description
        case .stored(let error, _): "the list in etcd is refused: \(error)"
        case .change(let error): error.description
        case .contended: "the list is being changed by others all the time"
        }
    }
}
