import Channels
import Geo

extension ClientMessage {
    /// Parses one text message. `bytes` is valid UTF-8.
    ///
    /// Allocates only for the strings that the result keeps: a `location` costs no allocation.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> Reading {
        withUnsafeTemporaryAllocation(of: JSONValue.self, capacity: MessageFields.capacity) { slots in
            var fields = MessageFields(bytes: bytes, slots: slots)
            do throws(Rejection) {
                try fields.scan()
                let seq = try fields.optionalInteger(.seq)
                let type = try fields.messageType()
                let message = try message(type, fields)
                return Reading(seq: seq, isHello: type == .hello, outcome: .success(message))
            } catch {
                // What is wrong may be anything, `seq` included; then the error goes without it.
                let seq = try? fields.optionalInteger(.seq)
                let isHello = (try? fields.messageType()) == .hello
                return Reading(seq: seq, isHello: isHello, outcome: .failure(error))
            }
        }
    }

    private static func message(
        _ type: MessageType, _ fields: borrowing MessageFields
    ) throws(Rejection) -> ClientMessage {
        switch type {
        case .location: .location(try fix(fields))
        case .hello: .hello(try hello(fields))
        case .more: .more(cursor: try fields.string(.cursor))
        case .subscribe: .subscribe(try fields.user(.friend))
        case .unsubscribe: .unsubscribe(try fields.user(.friend))
        case .strangers: .strangers(try strangersRequest(fields, on: try fields.bool(.on)))
        case .settings:
            .settings(radius: try fields.optionalRadius(), sharing: try fields.optionalBool(.sharing))
        case .refresh: .refresh(token: try fields.string(.token))
        case .block: .block(try target(fields))
        case .report: .report(try target(fields), reason: try fields.string(.reason))
        }
    }

    private static func hello(_ fields: borrowing MessageFields) throws(Rejection) -> Hello {
        // Who shows no token is told that first, whatever else is wrong.
        guard let token = fields.stringIfAny(.token) else {
            throw Rejection(code: .badToken, message: "`token` is missing or no string")
        }
        return Hello(
            token: token,
            fix: try fix(fields),
            radius: try fields.optionalRadius(),
            strangers: try helloStrangers(fields),
            quiet: try fields.optionalBool(.quiet) ?? false)
    }

    private static func fix(_ fields: borrowing MessageFields) throws(Rejection) -> Fix {
        let latitude = try fields.double(.lat)
        let longitude = try fields.double(.lon)
        let ts = try fields.integer(.ts)
        _ = try fields.optionalDouble(.accuracy)
        guard let coordinate = Coordinate(latitude: latitude, longitude: longitude) else {
            throw Rejection(code: .badLocation, message: "`lat` or `lon` is out of range")
        }
        return Fix(coordinate: coordinate, ts: ts)
    }

    /// `true`, or what a `strangers` message has; there `on` is understood.
    private static func helloStrangers(
        _ fields: borrowing MessageFields
    ) throws(Rejection) -> StrangersRequest? {
        let value = fields[.strangers]
        switch value.kind {
        case .absent:
            return nil
        case .bool:
            return StrangersRequest(on: value.flag, radius: nil, precision: nil)
        case .object:
            return try strangersObject(fields.range(value))
        default:
            throw .mistyped(.strangers)
        }
    }

    private static func strangersObject(
        _ bytes: UnsafeRawBufferPointer
    ) throws(Rejection) -> StrangersRequest {
        let result: Result<StrangersRequest, Rejection> =
            withUnsafeTemporaryAllocation(of: JSONValue.self, capacity: MessageFields.capacity) { slots in
                var fields = MessageFields(bytes: bytes, slots: slots)
                do throws(Rejection) {
                    try fields.scan()
                    let on = try fields.optionalBool(.on) ?? true
                    return .success(try strangersRequest(fields, on: on))
                } catch {
                    return .failure(error)
                }
            }
        return try result.get()
    }

    private static func strangersRequest(
        _ fields: borrowing MessageFields, on: Bool
    ) throws(Rejection) -> StrangersRequest {
        let precision = try fields.optionalInteger(.precision)
        return StrangersRequest(
            on: on,
            radius: try fields.optionalRadius(),
            precision: precision.map { Int(min(max($0, 1), Int64(Geohash.maximumPrecision))) })
    }

    private static func target(_ fields: borrowing MessageFields) throws(Rejection) -> Target {
        switch (fields[.user].isPresent, fields[.sid].isPresent) {
        case (true, false): return .user(try fields.user(.user))
        case (false, true): return .sid(try fields.string(.sid))
        default:
            throw Rejection(code: .badMessage, message: "either `user` or `sid` is needed")
        }
    }
}
