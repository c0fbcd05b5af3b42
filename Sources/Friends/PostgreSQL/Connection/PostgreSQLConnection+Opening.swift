import CLibpq
import Foundation

extension PostgreSQLConnection {
    /// What a connection is for, as the server's list of its clients shows it.
    enum Purpose: String {
        case calls = "nearby"
        case changes = "nearby changes"
    }

    /// Connects. Throws ``PostgreSQLError/unreachable(_:)`` within the settings' `connectTimeout`.
    static func open(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings, for purpose: Purpose
    ) throws(PostgreSQLError) -> PostgreSQLConnection {
        let deadline = ContinuousClock.now + settings.connectTimeout
        let handle = start(parameters(url, settings, purpose))
        guard let handle else { throw .unreachable("libpq has no memory") }
        // From here on the connection closes the handle.
        let connection = PostgreSQLConnection(handle, deadline: deadline)
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try connection.complete()
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
            throw connection.problem
        }
        return connection
    }

    private static func start(_ url: PostgreSQLURL) -> OpaquePointer? {
        let options = Array(url.options)
        let keywords = options.map { strdup($0.key) } + [nil]
        let values = options.map { strdup($0.value) } + [nil]
        defer { for text in keywords + values { free(text) } }
        return PQconnectStartParams(
            keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 0)
    }

    private func complete() throws(PostgreSQLError) {
        var state = PGRES_POLLING_WRITING
        guard PQstatus(handle) != CONNECTION_BAD else { throw problem }
        while state != PGRES_POLLING_OK {
            guard state != PGRES_POLLING_FAILED else { throw problem }
            let events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard SocketWait.wait(PQsocket(handle), events, until: deadline) != nil else {
                throw .unreachable("PostgreSQL does not answer")
            }
            state = PQconnectPoll(handle)
        }
    }

    private var problem: PostgreSQLError { Self.problem(String(cString: PQerrorMessage(handle))) }

    /// The last line is the cause; those before tell of other addresses, and those with a tab are advice.
    static func problem(_ message: String) -> PostgreSQLError {
        let lines = message.split(separator: "\n").filter { !$0.hasPrefix("\t") }
        return .unreachable(lines.last.map(String.init) ?? "no connection to PostgreSQL")
    }

    /// The server gives up what we no longer wait for, and the network layer notices a dead peer.
    private static func parameters(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings, _ purpose: Purpose
    ) -> PostgreSQLURL {
        let statement = settings.callTimeout.milliseconds
        let idle = idleInTransaction.milliseconds
        return url.defaulting("application_name", to: purpose.rawValue)
            .defaulting("client_encoding", to: "UTF8")
            .defaulting("keepalives_idle", to: "5").defaulting("keepalives_interval", to: "2")
            .defaulting("keepalives_count", to: "3").defaulting("tcp_user_timeout", to: "10000")
            .prefixing(
                serverOptions:
                    "-c statement_timeout=\(statement) -c idle_in_transaction_session_timeout=\(idle)")
    }

    /// A process that stands still in the middle of a transaction loses its locks after this time.
    private static let idleInTransaction: Duration = .seconds(10)
}
