/// How long and how far from the location sent last a client may stay silent without anybody's list changing.
public struct Quiet: Hashable, Sendable {
    /// Seconds.
    public var duration: Double
    /// Metres.
    public var within: Double

    public init(duration: Double, within: Double) {
        self.duration = duration
        self.within = within
    }
}

extension Quiet {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var (duration, within): (Double?, Double?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "for_s": duration = try reader.double()
            case "within_m": within = try reader.double()
            default: try reader.skip()
            }
        }
        self.init(duration: try reader.required(duration), within: try reader.required(within))
    }
}
