import Foundation

/// Where libpq connects to, from its options `host` and `hostaddr`: lists whose elements belong together one by one.
struct PostgreSQLHosts {
    private let places: [(host: Substring, address: Substring)]

    init(hosts: String, addresses: String) {
        let hosts = hosts.split(separator: ",", omittingEmptySubsequences: false)
        let addresses = addresses.split(separator: ",", omittingEmptySubsequences: false)
        places = (0..<max(hosts.count, addresses.count)).map { index in
            (index < hosts.count ? hosts[index] : "", index < addresses.count ? addresses[index] : "")
        }
    }

    /// Whether each of them is on this machine, by what is written there.
    var areLocal: Bool {
        places.allSatisfy { host, address in
            // An address is where it goes, and the host beside it a mere name for the certificate.
            if !address.isEmpty { return Self.isLoopback(address) }
            // Without either it is the socket of this machine.
            return host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host.lowercased() == "localhost"
                || Self.isLoopback(host)
        }
    }

    /// 127.0.0.0/8 in four parts, or ::1 in any spelling. `127.db.example` is a name.
    private static func isLoopback(_ text: Substring) -> Bool {
        var four = in_addr()
        if inet_pton(AF_INET, String(text), &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        var six = in6_addr()
        guard inet_pton(AF_INET6, String(text), &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }
}
