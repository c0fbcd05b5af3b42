import Geo
import WebSocket

/// JSON, written in place.
extension FrameBuffer {
    /// A text in quotation marks, escaped as far as JSON asks for it.
    func append(json text: String) {
        append(byte: UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append(#"\""#)
            case UInt8(ascii: "\\"): append(#"\\"#)
            case 0..<0x20:
                append(byte < 0x10 ? #"\u000"# : #"\u001"#)
                append(string: String(byte & 0xF, radix: 16))
            default: append(byte: byte)
            }
        }
        append(byte: UInt8(ascii: "\""))
    }

    func append(json flag: Bool) { append(flag ? "true" : "false") }

    func append(json radius: Radius) { append(string: "\(radius.metres)") }

    /// `"lat":…,"lon":…,"ts":…`, with `accuracy_m` where it is known and a number.
    func append(json fix: Fix) {
        append(#""lat":"#)
        append(degreesE7: fix.position.latitudeE7)
        append(#","lon":"#)
        append(degreesE7: fix.position.longitudeE7)
        append(#","ts":"#)
        append(integer: fix.timestamp)
        guard let accuracy = fix.accuracy, accuracy.isFinite else { return }
        append(#","accuracy_m":"#)
        append(string: "\(accuracy)")
    }

    /// Decimal degrees, exactly, with seven decimals.
    private func append(degreesE7 value: Int32) {
        let magnitude = value.magnitude
        if value < 0 { append(byte: UInt8(ascii: "-")) }
        append(integer: magnitude / 10_000_000)
        append(byte: UInt8(ascii: "."))
        var place: UInt32 = 1_000_000
        while place > 0 {
            append(byte: UInt8(ascii: "0") + UInt8(magnitude / place % 10))
            place /= 10
        }
    }
}
