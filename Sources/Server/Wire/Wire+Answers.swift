import Channels
import Geo
import WebSocket

/// The short answers.
extension Wire {
    func ok(seq: Int64?) {
        begin("ok", seq: seq)
        end()
    }

    func error(_ code: ErrorCode, _ message: StaticString, seq: Int64?, retryAfter milliseconds: Int64? = nil) {
        begin("error", seq: seq)
        json(",\"code\":\"")
        frame.append(string: code.rawValue)
        json("\",\"message\":\"")
        json(message)
        json("\"")
        if let milliseconds {
            json(",\"retry_after_ms\":")
            integer(milliseconds)
        }
        end()
    }

    func settings(radius: Radius, sharing: Bool, seq: Int64?) {
        begin("settings", seq: seq)
        json(",\"radius_m\":")
        self.radius(radius)
        json(",\"sharing\":")
        bool(sharing)
        end()
    }

    /// - Parameter state: what may be shown of the friend, `nil` if nothing.
    func subscribed(to friend: UserID, state: UserState?, seq: Int64?) {
        begin("subscribed", seq: seq)
        json(",\"friend\":")
        id(friend)
        json(",\"location\":")
        if let state {
            json("{\"lat\":")
            degrees(e7: state.coordinate.latitudeE7)
            json(",\"lon\":")
            degrees(e7: state.coordinate.longitudeE7)
            json(",\"ts\":")
            integer(state.timestamp)
            json("}")
        } else {
            json("null")
        }
        end()
    }

    /// The member `quiet` of a message that has others before it.
    func quiet(_ quiet: Quiet) {
        json(",\"quiet\":{\"for_s\":")
        integer(quiet.duration)
        json(",\"within_m\":")
        integer(quiet.within)
        json("}")
    }

    func reconnect(afterMilliseconds: Int64, reason: StaticString) {
        begin("reconnect", seq: nil)
        json(",\"after_ms\":")
        integer(afterMilliseconds)
        json(",\"reason\":\"")
        json(reason)
        json("\"")
        end()
    }
}
