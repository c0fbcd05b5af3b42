import Server

extension ServerAddress {
    /// Host and port as they stand in a URL.
    var authority: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
