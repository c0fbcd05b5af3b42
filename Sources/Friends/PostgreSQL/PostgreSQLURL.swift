import CLibpq
import Foundation

/// Where a PostgreSQL database is and how to get in, as libpq understands it:
/// `postgres://user:password@host:port/database?sslmode=verify-full`.
///
/// Everything that libpq takes may stand in it: several hosts, `sslrootcert`, `target_session_attrs`. What is
/// missing comes from libpq's own places (`PGPASSWORD`, `~/.pgpass`). Without `sslmode` libpq encrypts if the
/// server offers it and verifies nothing, so beyond the own machine say `verify-full`. It may not name a `service`,
/// behind which anything could stand.
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
        let options = Self.values(parsed)
        guard options["service"] == nil else { throw StoreError(.invalid, "PostgreSQL URL with a service") }
        self.options = options
    }

    /// What libpq takes for options that are not given: environment, service file of the environment, its own.
    private static var defaults: [String: String] {
        guard let found = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(found) }
        return values(found)
    }

    private static func values(_ first: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var options: [String: String] = [:]
        var option = first
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return options
    }

    init(options: [String: String]) {
        self.options = options
    }

    /// Whether nobody on the way can read or change what is said: it stays on this machine, or the server has to
    /// prove itself by a certificate.
    ///
    /// What the URL does not say counts as libpq finds it in this process's environment.
    public var isProtected: Bool { isProtected(defaults: Self.defaults) }

    func isProtected(defaults: [String: String]) -> Bool {
        // Not even an empty value hides a default: libpq takes it for none.
        let all = defaults.merging(options.filter { !$0.value.isEmpty }) { _, own in own }
        if ["verify-ca", "verify-full"].contains(all["sslmode"]) { return true }
        return PostgreSQLHosts(hosts: all["host"] ?? "", addresses: all["hostaddr"] ?? "").areLocal
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
