/// Whom etcd is called as. The password is sent to etcd and shown nowhere.
public struct EtcdLogin: Sendable {
    public let user: String
    let password: String

    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension EtcdLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { user }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
