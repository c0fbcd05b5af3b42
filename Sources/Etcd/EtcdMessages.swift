import Foundation

/// The gateway's JSON: 64-bit numbers are strings, zeros are left out, bytes are base64.
enum EtcdMessages {
    struct Header: Decodable {
        let revision: EtcdInteger?
    }

    struct KeyValue: Decodable {
        let key: Data
        let value: Data?
        let modRevision: EtcdInteger?
        let lease: EtcdInteger?

        var entry: EtcdValue {
            EtcdValue(
                key: String(decoding: key, as: UTF8.self), value: [UInt8](value ?? Data()),
                modified: modRevision?.value ?? 0, lease: lease?.value ?? 0)
        }
    }

    struct Range: Decodable {
        let header: Header
        let kvs: [KeyValue]?
    }

    struct Put: Decodable {
        let header: Header
    }

    struct Transaction: Decodable {
        let header: Header
        let succeeded: Bool?
    }

    struct Lease: Decodable {
        let id: EtcdInteger
        let ttl: EtcdInteger?

        enum CodingKeys: String, CodingKey {
            case id = "ID"
            case ttl = "TTL"
        }
    }

    struct Login: Decodable {
        let token: String
    }

    /// Streams wrap each message.
    struct Wrapped<Message: Decodable>: Decodable {
        let result: Message
    }

    struct Watch: Decodable {
        let header: Header
        let created: Bool?
        let canceled: Bool?
        let compactRevision: EtcdInteger?
        let events: [Event]?
    }

    struct Event: Decodable {
        /// "DELETE"; left out for a put.
        let type: String?
        let kv: KeyValue
    }

    static func decode<Message: Decodable>(_ bytes: [UInt8]) throws(EtcdError) -> Message {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do { return try decoder.decode(Message.self, from: Data(bytes)) } catch { throw .malformed }
    }
}

/// A 64-bit number, which the gateway writes as a string.
struct EtcdInteger: Codable, Hashable, Sendable {
    let value: Int64

    init(_ value: Int64) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            value = number
        } else if let number = Int64(try container.decode(String.self)) {
            value = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no 64-bit number")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(value))
    }
}
