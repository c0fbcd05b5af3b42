import CLibpq
import Foundation

/// Where a PostgreSQL database is and how to get in, as libpq understands it:
/// `postgres://user:password@host:port/database?sslmode=verify-full`.
///
/// Everything that libpq takes may stand in it: several hosts, `sslrootcert`, `target_session_attrs`. What is
/// missing comes from libpq's own places (`PGPASSWORD`, `~/.pgpass`). Without `sslmode` libpq encrypts if the
/// server offers it and verifies nothing, so beyond the own machine say `verify-full`.
///
/// It never shows more of itself than user, host, port and database: it may be logged.
public struct PostgreSQLURL: Hashable, Sendable {
    /// By libpq's keywords.
    let options: [String: String]

    /// Throws ``StoreError/Code/invalid`` if this is no such URL; the error does not repeat it.
    public init(_ text: String) throws(StoreError) {
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://"),
            let parsed = PQconninfoParse(text, nil)
        else { throw StoreError(.invalid, "PostgreSQL URL") }
        defer { PQconninfoFree(parsed) }
        var options: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        self.options = options
    }

    init(options: [String: String]) {
        self.options = options
    }

    /// Whether nobody on the way can read or change what is said: it stays on this machine, or the server has to
    /// prove itself by a certificate.
    public var isProtected: Bool {
        if ["verify-ca", "verify-full"].contains(options["sslmode"]) { return true }
        let hosts = (options["hostaddr"] ?? options["host"] ?? "").split(separator: ",")
        return hosts.allSatisfy { host in
            host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host.hasPrefix("127.") || host == "::1"
        }
    }

    /// The same with `value` for `keyword`, unless the URL says something else.
    func defaulting(_ keyword: String, to value: String) -> PostgreSQLURL {
        PostgreSQLURL(options: options.merging([keyword: value]) { own, _ in own })
    }

    /// The same with more server settings, which the URL's own `options` may override.
    func prefixing(serverOptions: String) -> PostgreSQLURL {
        let own = options["options"].map { " " + $0 } ?? ""
        return PostgreSQLURL(options: options.merging(["options": serverOptions + own]) { _, new in new })
    }
}

extension PostgreSQLURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        let user = options["user"].map { $0 + "@" } ?? ""
        let host = options["host"] ?? options["hostaddr"] ?? ""
        let port = options["port"].map { ":" + $0 } ?? ""
        return "postgres://\(user)\(host)\(port)/\(options["dbname"] ?? "")"
    }

    public var debugDescription: String { description }

    /// Without children, so that `dump` shows no password either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
