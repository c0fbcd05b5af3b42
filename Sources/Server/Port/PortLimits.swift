import NIOCore
import NIOHTTP1

/// What a client may cost before anybody has looked at its request.
struct PortLimits: Sendable {
    /// Connections that the kernel holds until they are accepted. With the usual 256, some
    /// thousand clients that come back at once wait for seconds.
    static let listenBacklog = 4096

    /// All header fields of a request together, in bytes; more are refused with 431.
    var headBytes = 16 * 1024
    /// Header fields of a request; more are refused with 431.
    var headFields = 64
    /// How long a request may take from its first byte to its last (408), and a new connection to
    /// its first request.
    var requestTime = TimeAmount.seconds(10)
    /// How long a connection may be idle between two requests.
    var idleTime = TimeAmount.seconds(75)
    /// How long a refused client may take to hang up.
    var lingerTime = TimeAmount.seconds(2)
    /// How long a request may still take once the port closes.
    var quiesceTime = TimeAmount.seconds(5)

    var decoder: NIOHTTPDecoderLimitConfiguration {
        var configuration = NIOHTTPDecoderLimitConfiguration()
        configuration.maxHeaderFieldSize = headBytes
        configuration.maxHeaderListSize = headBytes
        configuration.maxHeaderFieldCount = headFields
        return configuration
    }
}
