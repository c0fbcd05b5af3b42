public import ChannelBus
public import Etcd

/// What a process knows of one list in etcd: the newest good value, and that nothing older or broken replaces it.
public struct KnownRing: Sendable {
    /// What came of a piece of news.
    public enum Verdict: Hashable, Sendable {
        case changed(RingList)
        /// Nothing is different from what was known.
        case same
        /// There is no value, and never was one.
        case missing
        case refused(Refusal)
    }

    /// Why the last good list is kept.
    public enum Refusal: Hashable, Sendable, CustomStringConvertible {
        case bad(RingListError)
        /// The key was removed.
        case removed

        public var description: String {
            switch self {
            case .bad(let error): error.description
            case .removed: "it was removed"
            }
        }
    }

    /// The newest good list; `nil` if there was none yet.
    public private(set) var list: RingList?
    /// The revision of ``list``; 0 without one.
    public private(set) var revision: Int64 = 0
    /// The newest revision that anything was said of, good or not.
    private var heard: Int64 = -1
    /// News that were refused.
    public private(set) var refusals = 0
    /// Why the newest value was refused; `nil` if it was not.
    public private(set) var lastRefusal: Refusal?
    private let settings: BusSettings

    public init(settings: BusSettings) {
        self.settings = settings
    }

    /// - Parameters:
    ///   - value: what etcd has; `nil`: nothing.
    ///   - revision: that of the value, or of the store that has none.
    public mutating func take(_ value: EtcdValue?, revision: Int64) -> Verdict {
        guard revision > heard else { return .same }
        heard = revision
        guard let value else {
            guard list != nil else { return .missing }
            return refuse(.removed)
        }
        do throws(RingListError) {
            let list = try RingList(json: value.value)
            guard (try? list.ring?.check(settings)) != nil else { throw .plaintext }
            self.revision = revision
            lastRefusal = nil
            guard list != self.list else { return .same }
            self.list = list
            return .changed(list)
        } catch {
            return refuse(.bad(error))
        }
    }

    private mutating func refuse(_ refusal: Refusal) -> Verdict {
        refusals += 1
        lastRefusal = refusal
        return .refused(refusal)
    }
}
