extension ServerMessage {
    /// Reads a message. Members that are not known are skipped; those that a message has to have
    /// must be there and of their type.
    /// - Complexity: Linear in the size of the message.
    public init(json bytes: UnsafeRawBufferPointer) throws(JSONError) {
        var quiet: Quiet?
        try self.init(json: bytes, quiet: &quiet)
    }

    /// Reads a message and what any message may carry besides: how long the client may stay silent.
    public init(json bytes: UnsafeRawBufferPointer, quiet: inout Quiet?) throws(JSONError) {
        let type = try Self.type(of: bytes)
        var reader = JSONReader(bytes)
        self = try Self.read(type, &reader)
        try reader.end()
        quiet = reader.quiet
    }

    /// The server puts the type first, so this looks at a few bytes only.
    private static func type(of bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONKey {
        var reader = JSONReader(bytes)
        try reader.expect("{")
        repeat {
            let key = JSONKey(bytes: try reader.rawString())
            try reader.expect(":")
            if "type" ~= key { return JSONKey(bytes: try reader.rawString()) }
            try reader.skip()
        } while reader.take(",")
        throw reader.failure(.shape)
    }

    private static func read(_ type: JSONKey, _ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        switch type {
        case "updates": return .updates(try Updates(&reader))
        case "welcome": return try Welcome.message(&reader)
        case "page": return try FriendsPage.message(&reader)
        case "subscribed": return try subscribed(&reader)
        case "settings": return try settings(&reader)
        case "strangers": return try StrangersStatus.message(&reader)
        case "cells": return .cells(try RoutingCells(&reader))
        case "reconnect": return try reconnect(&reader)
        case "ok": return .ok(seq: try Answer.seq(&reader))
        case "error": return try Refusal.message(&reader)
        default:
            try reader.object { (key, reader) throws(JSONError) in try reader.skipOther(key) }
            return .unknown(type: String(decoding: type.bytes, as: UTF8.self))
        }
    }
}

/// What several messages have in common.
private enum Answer {
    static func seq(_ reader: inout JSONReader) throws(JSONError) -> Int64? {
        var seq: Int64?
        try reader.object { (key, reader) throws(JSONError) in
            if "seq" ~= key { seq = try reader.integer() } else { try reader.skipOther(key) }
        }
        return seq
    }
}

extension ServerMessage {
    private static func subscribed(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var (friend, location, seq): (String?, Fix?, Int64?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "friend": friend = try reader.string()
            case "location": location = reader.takeNull() ? nil : try Fix(&reader)
            case "seq": seq = try reader.integer()
            default: try reader.skipOther(key)
            }
        }
        return .subscribed(friend: try reader.required(friend), location: location, seq: seq)
    }

    private static func settings(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var (radius, sharing, seq): (Double?, Bool?, Int64?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "radius_m": radius = try reader.double()
            case "sharing": sharing = try reader.bool()
            case "seq": seq = try reader.integer()
            default: try reader.skipOther(key)
            }
        }
        return .settings(
            radius: try reader.required(radius), sharing: try reader.required(sharing), seq: seq)
    }

    private static func reconnect(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var (after, reason): (Int64?, String?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "after_ms": after = try reader.integer()
            case "reason": reason = try reader.optionalString()
            default: try reader.skipOther(key)
            }
        }
        return .reconnect(afterMilliseconds: try reader.required(after), reason: reason ?? "")
    }
}

extension ServerMessage.Refusal {
    static func message(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var (code, message, retry, seq): (String?, String?, Int64?, Int64?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "code": code = try reader.string()
            case "message": message = try reader.optionalString()
            case "retry_after_ms": retry = try reader.integer()
            case "seq": seq = try reader.integer()
            default: try reader.skipOther(key)
            }
        }
        let refusal = Self(
            code: Code(rawValue: try reader.required(code)), message: message ?? "", retryAfterMilliseconds: retry)
        return .error(refusal, seq: seq)
    }
}
