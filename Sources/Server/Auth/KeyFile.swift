import Crypto

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `keys.json` in the data directory: `{"jwt_secret","api_key"}`, for its owner's eyes only.
///
/// It is made once. It appears whole or not at all, whenever the machine stops, and of several servers that
/// start at once, one makes it and all use it.
struct KeyFile {
    static let name = "keys.json"
    /// Longer files are refused.
    private static let maximumBytes = 65_536
    /// All permissions but the owner's.
    private static let othersMask: UInt32 = 0o077

    private let directory: String
    private var path: String { directory + "/" + Self.name }

    init(dataDirectory: String) {
        directory = dataDirectory
    }

    /// The keys in the file, which is made first if it is missing.
    func loadOrMake() throws(KeyError) -> (keys: Keys, notices: [String]) {
        if let found = try load() { return found }
        try make()
        guard let made = try load() else { throw KeyError("\(path): was removed as soon as it was made") }
        return made
    }

    // MARK: Reading

    /// `nil` if there is no file.
    private func load() throws(KeyError) -> (keys: Keys, notices: [String])? {
        let bytes: [UInt8]
        let notices: [String]
        do throws(SystemFailure) {
            let file = try OpenFile(reading: path)
            notices = try closeToOthers(file)
            bytes = try file.bytes(limit: Self.maximumBytes)
        } catch {
            if error.code == ENOENT { return nil }
            throw KeyError("\(path): cannot be read or closed to others: \(error)")
        }
        return (try Self.parse(bytes, path: path), notices)
    }

    /// Takes away what others may do with the file.
    private func closeToOthers(_ file: borrowing OpenFile) throws(SystemFailure) -> [String] {
        let mode = try file.mode()
        guard mode & Self.othersMask != 0 else { return [] }
        try file.setMode(0o600)
        let found = String(mode, radix: 8)
        return [
            "\(path) was open to others (mode \(found)) and is now 600; if anybody else could read it, make new keys"
        ]
    }

    private static func parse(_ bytes: [UInt8], path: String) throws(KeyError) -> Keys {
        guard let members = TokenMembers(json: bytes), case .string(let jwtSecret)? = members["jwt_secret"],
            case .string(let apiKey)? = members["api_key"], !apiKey.isEmpty
        else {
            throw KeyError(
                "\(path): must be a JSON object with the strings `jwt_secret` and `api_key`; "
                    + "if it is removed, new keys are made and all tokens become invalid")
        }
        guard jwtSecret.utf8.count >= Limits.minimumSecretBytes else {
            throw KeyError("\(path): `jwt_secret` must be at least \(Limits.minimumSecretBytes) bytes")
        }
        return Keys(jwtSecret: Secret(jwtSecret), apiKey: Secret(apiKey))
    }

    // MARK: Making

    /// Makes the file, unless there is one.
    func make() throws(KeyError) {
        do throws(SystemFailure) {
            try DataDirectory.make(directory)
            let draft = path + ".\(getpid()).\(UInt64.random(in: .min ... .max))"
            defer { unlink(draft) }
            let file = try OpenFile(creatingPrivate: draft)
            try file.write(Self.newKeys())
            try file.sync()
            // Unlike a rename, a link does not replace the file of a server that was quicker.
            guard link(draft, path) == 0 || errno == EEXIST else { throw .last }
            try OpenFile(reading: directory).sync()
        } catch {
            throw KeyError("\(path): cannot be made: \(error)")
        }
    }

    private static func newKeys() -> [UInt8] {
        var json: [UInt8] = []
        json.append(json: #"{"jwt_secret":"#)
        json.append(string: randomText())
        json.append(json: #","api_key":"#)
        json.append(string: randomText())
        json.append(json: "}\n")
        return json
    }

    /// 256 random bits, as text.
    private static func randomText() -> String {
        let bits = SymmetricKey(size: .bits256)
        return bits.withUnsafeBytes { String(decoding: Base64URL.encode($0), as: UTF8.self) }
    }
}
