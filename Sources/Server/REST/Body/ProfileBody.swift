import HTTPTypes
import NIOCore

/// What `PUT /v1/users/{id}` is sent: `{"name":…, "avatar_url"?:…}`. Unknown members are ignored.
struct ProfileBody: Equatable {
    let name: String
    let avatarURL: String?

    init(_ call: Call) throws(Problem) {
        guard Self.isJSON(call.headers[.contentType]) else { throw .unsupportedMediaType }
        try self.init(call.body)
    }

    init(_ body: ByteBuffer) throws(Problem) {
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw .badRequest("the body is not UTF-8")
        }
        var copy = text
        let members = copy.withUTF8 { utf8 in
            Result { () throws(JSONError) in try Self.members(UnsafeRawBufferPointer(utf8)) }
        }
        switch members {
        case .failure(let error): throw .badRequest(error.bodyMessage)
        case .success(let members): try self.init(members)
        }
    }

    private init(_ members: Members) throws(Problem) {
        guard case .string(let name) = members.name else { throw .badRequest("`name` must be a string") }
        switch members.avatarURL {
        case .absent, .null: avatarURL = nil
        case .string(let avatar): avatarURL = avatar
        case .other: throw .badRequest("`avatar_url` must be a string or null")
        }
        self.name = name
        // Neither a person nor every store can make sense of a control character.
        guard (name + (avatarURL ?? "")).unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw .badRequest("`name` and `avatar_url` must not contain control characters") }
    }

    /// A body without a type is taken for what it should be.
    private static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return true }
        let type = contentType.prefix { $0 != ";" }.lowercased()
        return type.drop { $0 == " " }.prefix { $0 != " " } == "application/json"
    }
}

extension ProfileBody {
    private enum Member {
        case absent, null, other
        case string(String)
    }

    private struct Members {
        var name = Member.absent
        var avatarURL = Member.absent
    }

    private static func members(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> Members {
        var scanner = JSONScanner(bytes)
        var members = Members()
        var keys = JSONKeySet()
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            let text = scanner.text(key)
            guard keys.insert(text) else { throw .duplicateKey }
            let member = member(try scanner.nextValue(), scanner)
            if text.equals("name") { members.name = member }
            if text.equals("avatar_url") { members.avatarURL = member }
        }
        try scanner.end()
        return members
    }

    private static func member(_ value: JSONValue, _ scanner: JSONScanner) -> Member {
        switch value.kind {
        case .string: .string(scanner.text(value).string)
        case .null: .null
        default: .other
        }
    }
}

extension JSONError {
    /// The same as ``message``, about a body.
    fileprivate var bodyMessage: StaticString {
        switch self {
        case .syntax: "the body is not valid JSON"
        case .loneSurrogate: "a string has half of a surrogate pair"
        case .duplicateKey: "an object has a key twice"
        case .tooDeep: "the body is nested too deep"
        case .kind: "the body is not a JSON object"
        }
    }
}
