import Geo
import Strangers
import WebSocket

/// What strangers' mode says.
extension Wire {
    func sid(_ sid: Sid) {
        frame.append(maximum: Sid.textLength) { memory in
            sid.write(
                to: UnsafeMutableBufferPointer(
                    start: memory.assumingMemoryBound(to: UInt8.self), count: Sid.textLength))
            return Sid.textLength
        }
    }

    /// STRANGER: nothing in it is finer than published cells and whole minutes.
    func stranger(_ stranger: Stranger) {
        json("{\"sid\":\"")
        sid(stranger.sid)
        json("\",\"cell\":\"")
        frame.append(string: stranger.cell.description)
        json("\",\"lat\":")
        degrees(e7: stranger.center.latitudeE7)
        json(",\"lon\":")
        degrees(e7: stranger.center.longitudeE7)
        json(",\"ts\":")
        integer(stranger.timestamp)
        json(",\"distance_m\":")
        metres(stranger.distance)
        json("}")
    }

    /// The members of STRANGERS while it is on.
    func strangersMembers(_ status: StrangerStatus) {
        json("\"on\":true,\"radius_m\":")
        metres(status.radius)
        routing(status.routing)
        json(",\"expires_at\":")
        integer(status.expiresAt)
        json(",\"too_few\":")
        bool(status.isTooFew)
        json(",\"items\":")
        array(status.items, stranger)
    }

    func strangersOff(reason: StrangerEnd?, seq: Int64?) {
        begin("strangers", seq: seq)
        json(",\"on\":false")
        if let reason {
            json(",\"reason\":\"")
            frame.append(string: reason.rawValue)
            json("\"")
        }
        end()
    }

    func cells(_ routing: StrangerRouting) {
        begin("cells", seq: nil)
        self.routing(routing)
        end()
    }

    private func routing(_ routing: StrangerRouting) {
        json(",\"precision\":")
        integer(routing.precision)
        json(",\"cell\":\"")
        frame.append(string: routing.cell.description)
        json("\",\"cells\":")
        array(routing.cells) { cell in
            json("\"")
            frame.append(string: cell.description)
            json("\"")
        }
    }
}
