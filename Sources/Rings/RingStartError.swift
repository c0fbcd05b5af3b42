public import Etcd

/// Why a process cannot start: it has no ring.
public enum RingStartError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Neither etcd nor the settings have one.
    case none
    /// The one in etcd is refused, and the settings have none.
    case refused(KnownRing.Refusal)
    /// etcd did not answer for as long as was waited, and the settings have none.
    case etcd(EtcdError)

    public var description: String {
        switch self {
        case .none:
            "etcd has no ring at \(RingKeys.bus) and cluster.bus is not set: put one there with `nearby ring add`"
        case .refused(let refusal): "the ring at \(RingKeys.bus) is refused (\(refusal)), and cluster.bus is not set"
        case .etcd(let error): "\(error), and cluster.bus is not set"
        }
    }
}
