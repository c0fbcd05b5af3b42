/// Why etcd did not do what it was asked. Without keys and values, so that it may be logged.
public enum EtcdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No endpoint answered in time.
    case unreachable
    /// It answered with an error of its own.
    case refused(status: Int)
    /// It answered with something that is no answer.
    case malformed
    /// What was to be watched from there on is gone; the oldest revision that there is.
    case compacted(oldest: Int64)
    /// The lease has expired, or never was.
    case leaseLost

    public var description: String {
        switch self {
        case .unreachable: "etcd cannot be reached"
        case .refused(let status): "etcd answered with status \(status)"
        case .malformed: "etcd's answer cannot be read"
        case .compacted(let oldest): "etcd has no revisions before \(oldest)"
        case .leaseLost: "the lease in etcd has expired"
        }
    }
}
