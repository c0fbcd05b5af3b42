import Channels
import Geo
import WebSocket

/// Writes the server's messages into a loop's frame, without a copy and without a value in between.
struct Wire: ByteSink {
    let frame: FrameBuffer

    func append(_ byte: UInt8) { frame.append(byte: byte) }
    func append(_ bytes: UnsafeRawBufferPointer) { frame.append(bytes: bytes) }

    // The protocol's pieces are mutating for the sake of other sinks; a frame is a reference.
    func json(_ text: StaticString) { frame.append(text) }

    func integer(_ value: some FixedWidthInteger) { frame.append(integer: value) }

    func string(_ text: String) {
        var copy = self
        copy.append(string: text)
    }

    func id(_ id: UserID) {
        json("\"")
        frame.append(string: id.string)
        json("\"")
    }

    func degrees(e7: Int32) {
        var copy = self
        copy.append(degreesE7: e7)
    }

    func metres(centimetres: Int64) {
        var copy = self
        copy.append(centimetres: centimetres)
    }

    /// Metres as a number, to the centimetre.
    func metres(_ value: Double) { metres(centimetres: Int64((value * 100).rounded())) }

    /// A radius, exactly as it was asked for.
    func radius(_ value: Radius) {
        let metres = value.metres
        frame.append(string: metres == metres.rounded() ? "\(Int64(metres))" : "\(metres)")
    }

    /// A duration in seconds, with up to two decimals.
    func seconds(milliseconds: Int64) { metres(centimetres: milliseconds / 10) }

    func bool(_ value: Bool) { json(value ? "true" : "false") }

    /// Begins a message: `{"type":…` and, if the request had one, its `seq`.
    func begin(_ type: StaticString, seq: Int64?) {
        frame.reset()
        json("{\"type\":\"")
        json(type)
        json("\"")
        if let seq {
            json(",\"seq\":")
            integer(seq)
        }
    }

    func end() { json("}") }

    /// The items of an array, with commas between them.
    func array<S: Sequence>(_ items: S, _ write: (S.Element) -> Void) {
        json("[")
        var isFirst = true
        for item in items {
            if !isFirst { json(",") }
            isFirst = false
            write(item)
        }
        json("]")
    }
}
