import Geo

@testable import NearbyClient

/// One message of every type, as the contract has them.
enum Samples {
    static let friend =
        #"{"id":"ann","name":"Ann \"A\" Ä","avatar_url":null,"lat":40.7,"lon":-74.0059413,"ts":1700000000000,"distance_m":12.34}"#
    static let known = #"{"id":"bob","lat":-0.0000001,"lon":180,"ts":1,"distance_m":0}"#
    static let stranger =
        #"{"sid":"s1","cell":"9q8yyk","lat":37.78,"lon":-122.42,"ts":1700000040000,"distance_m":900.5}"#
    static let strangersOn =
        #""on":true,"radius_m":2000,"precision":5,"cell":"9q8yy","cells":["9q8yy","9q8yz"],"expires_at":1700003600000,"too_few":false,"items":[\#(stranger)]"#
    static let welcome =
        #"{"type":"welcome","seq":7,"user":"me","session":"x1","protocol":1,"sharing":true,"radius_m":8046.72,"stale_after_s":60,"update_every_s":30.5,"friends":{"total":2,"items":[\#(friend),\#(known)],"next":"c1"},"strangers":{"on":false}}"#
    static let updates =
        #"{"type":"updates","friends":[\#(known)],"friends_gone":[{"id":"cat","reason":"inactive"}],"friends_total":3,"strangers":[\#(stranger)],"strangers_gone":[{"sid":"s0","reason":"gone"}]}"#

    static let all = [
        welcome, updates,
        #"{"type":"page","seq":1,"items":[\#(friend)],"next":null}"#,
        #"{"type":"subscribed","friend":"ann","location":{"lat":1,"lon":2,"ts":3}}"#,
        #"{"type":"subscribed","seq":2,"friend":"ann","location":null}"#,
        #"{"type":"settings","seq":3,"radius_m":500,"sharing":false}"#,
        #"{"type":"strangers","seq":4,\#(strangersOn)}"#,
        #"{"type":"strangers","on":false,"reason":"expired"}"#,
        #"{"type":"cells","precision":5,"cell":"9q8yy","cells":["9q8yy"]}"#,
        #"{"type":"reconnect","after_ms":1500,"reason":"drain"}"#,
        #"{"type":"ok","seq":9}"#, #"{"type":"ok"}"#,
        #"{"type":"error","seq":10,"code":"rate_limited","message":"slow down","retry_after_ms":250}"#,
        #"{"type":"brand_new","x":[1,{"y":"}"}]}"#,
    ]

    static func decode(_ text: String) throws -> ServerMessage {
        try Array(text.utf8).withUnsafeBytes { bytes in try ServerMessage(json: bytes) }
    }

    static func at(_ latitude: Double, _ longitude: Double) -> Coordinate {
        Coordinate(latitude: latitude, longitude: longitude)!
    }

    static let ann = Friend(
        id: "ann", profile: .init(name: "Ann \"A\" Ä", avatarURL: nil),
        fix: Fix(position: at(40.7, -74.0059413), timestamp: 1_700_000_000_000), distance: 12.34)
    static let bob = Friend(
        id: "bob", profile: nil, fix: Fix(position: at(-0.0000001, 180), timestamp: 1), distance: 0)
    static let crowd = Stranger(
        sid: "s1", cell: Geohash("9q8yyk")!, center: at(37.78, -122.42), timestamp: 1_700_000_040_000,
        distance: 900.5)
}
