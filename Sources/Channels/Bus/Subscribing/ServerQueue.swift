internal import NIOCore

/// What one server is still to be asked for.
struct ServerQueue {
    enum State {
        case connecting, up, down
    }

    var state = State.connecting
    /// Because somebody came or went just now.
    var urgent: CircularBuffer<Int32> = []
    /// Because of a loss or a change of the ring: paced, so that no server gets a storm.
    var paced: CircularBuffer<Int32> = []
    /// Channels that are on the server or about to leave it.
    var homes = 0
}
