import Geo

extension Stranger {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var (sid, cell): (String?, Geohash?)
        var (latitude, longitude, timestamp, distance): (Double?, Double?, Int64?, Double?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "sid": sid = try reader.string()
            case "cell": cell = try Geohash(json: &reader)
            case "lat": latitude = try reader.double()
            case "lon": longitude = try reader.double()
            case "ts": timestamp = try reader.integer()
            case "distance_m": distance = try reader.double()
            default: try reader.skip()
            }
        }
        self.init(
            sid: try reader.required(sid), cell: try reader.required(cell),
            center: try Coordinate(latitude, longitude, in: reader), timestamp: try reader.required(timestamp),
            distance: try reader.required(distance))
    }

    /// The pseudonym of one that is gone; there is but one reason.
    static func gone(_ reader: inout JSONReader) throws(JSONError) -> String {
        var sid: String?
        try reader.object { (key, reader) throws(JSONError) in
            if "sid" ~= key { sid = try reader.string() } else { try reader.skip() }
        }
        return try reader.required(sid)
    }
}

extension Geohash {
    init(json reader: inout JSONReader) throws(JSONError) {
        self = try reader.required(Geohash(utf8: try reader.rawString()))
    }
}

/// Members of which `RoutingCells` are made, wherever they stand.
private struct RoutingMembers {
    var precision: Int64?
    var cell: Geohash?
    var cells: [Geohash]?

    func value(_ reader: JSONReader) throws(JSONError) -> RoutingCells {
        RoutingCells(
            precision: Int(try reader.required(precision)), cell: try reader.required(cell),
            cells: try reader.required(cells))
    }
}

extension RoutingCells {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var members = RoutingMembers()
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "precision": members.precision = try reader.integer()
            case "cell": members.cell = try Geohash(json: &reader)
            case "cells": members.cells = try reader.array(Geohash.init(json:))
            default: try reader.skipOther(key)
            }
        }
        self = try members.value(reader)
    }
}

extension StrangersStatus {
    static func message(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var seq: Int64?
        return .strangers(try read(&reader, seq: &seq), seq: seq)
    }

    static func read(_ reader: inout JSONReader) throws(JSONError) -> StrangersStatus {
        var seq: Int64?
        return try read(&reader, seq: &seq)
    }

    private static func read(_ reader: inout JSONReader, seq: inout Int64?) throws(JSONError) -> StrangersStatus {
        var (isOn, reason, radius, number): (Bool?, String?, Double?, Int64?)
        var (expiresAt, isTooFew, items): (Int64?, Bool?, [Stranger]?)
        var routing = RoutingMembers()
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "on": isOn = try reader.bool()
            case "reason": reason = try reader.optionalString()
            case "seq": number = try reader.integer()
            case "radius_m": radius = try reader.double()
            case "precision": routing.precision = try reader.integer()
            case "cell": routing.cell = try Geohash(json: &reader)
            case "cells": routing.cells = try reader.array(Geohash.init(json:))
            case "expires_at": expiresAt = try reader.integer()
            case "too_few": isTooFew = try reader.bool()
            case "items": items = try reader.array(Stranger.init)
            default: try reader.skipOther(key)
            }
        }
        seq = number
        guard try reader.required(isOn) else { return .off(reason: reason) }
        return .on(
            Details(
                radius: try reader.required(radius), routing: try routing.value(reader),
                expiresAt: try reader.required(expiresAt), isTooFew: try reader.required(isTooFew),
                items: try reader.required(items)))
    }
}
