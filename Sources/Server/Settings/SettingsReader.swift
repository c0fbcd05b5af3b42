import ChannelBus
import Etcd
import Friends
import Geo

/// Reads settings as what they are, checked against their definitions.
struct SettingsReader {
    let source: SettingsSource

    func text(_ name: SettingName) throws -> String {
        guard let text = try optionalText(name) else { throw missing(name) }
        return text
    }

    func optionalText(_ name: SettingName) throws -> String? {
        try read(name) { _, text in text.isEmpty ? nil : text }
    }

    private static let onOff = ["true": true, "false": false, "1": true, "0": false]

    func onOff(_ name: SettingName) throws -> Bool {
        guard let value = try read(name, as: { _, text in Self.onOff[text.lowercased()] }) else { throw missing(name) }
        return value
    }

    func integer(_ name: SettingName) throws -> Int {
        guard let value = try optionalInteger(name) else { throw missing(name) }
        return value
    }

    func optionalInteger(_ name: SettingName) throws -> Int? {
        try read(name) { kind, text in
            guard case .integer(let range) = kind, let value = Int(text), range.contains(value)
            else { return nil }
            return value
        }
    }

    func duration(_ name: SettingName) throws -> Duration {
        let value: Duration? = try read(name) { kind, text in
            guard case .duration(let range) = kind, let value = DurationText.parse(text),
                range.contains(value)
            else { return nil }
            return value
        }
        guard let value else { throw missing(name) }
        return value
    }

    func radius(_ name: SettingName) throws -> Radius {
        guard let value = try read(name, as: { _, text in Radius(text) }) else { throw missing(name) }
        return value
    }

    /// Coarsest first.
    func precisions(_ name: SettingName) throws -> [Int] {
        let value: [Int]? = try read(name) { kind, text in
            guard case .precisions(let range) = kind else { return nil }
            let items = Self.items(text)
            let numbers = Set(items.compactMap { Int($0) }.filter(range.contains))
            return numbers.isEmpty || numbers.count != items.count ? nil : numbers.sorted()
        }
        guard let value else { throw missing(name) }
        return value
    }

    func list(_ name: SettingName) throws -> [String] {
        try read(name) { _, text in Self.items(text).filter { !$0.isEmpty } } ?? []
    }

    func tileSource(_ name: SettingName) throws -> TileSource? {
        try read(name) { _, text in TileSource(text) }
    }

    /// As they stand in a header.
    func webOrigins(_ name: SettingName) throws -> [String] {
        let value: [String]? = try read(name) { _, text in
            let items = Self.items(text).filter { !$0.isEmpty }
            return items.allSatisfy { WebOrigin($0) != nil } ? items : nil
        }
        return value ?? []
    }

    /// As they are to be given to the bus.
    func redisURLs(_ name: SettingName) throws -> [String] {
        let value: [String]? = try read(name) { _, text in
            let items = RedisURL.list(text)
            return items.allSatisfy { (try? RedisURL($0)) != nil } ? items : nil
        }
        return value ?? []
    }

    func etcdURLs(_ name: SettingName) throws -> [EtcdEndpoint] {
        let value: [EtcdEndpoint]? = try read(name) { _, text in
            let items = Self.items(text).filter { !$0.isEmpty }
            let endpoints = items.compactMap { EtcdEndpoint($0) }
            return endpoints.count == items.count ? endpoints : nil
        }
        return value ?? []
    }

    func databaseURL(_ name: SettingName) throws -> PostgreSQLURL? {
        try read(name) { _, text in try? PostgreSQLURL(text) }
    }

    func secret(_ name: SettingName) throws -> Secret? {
        try read(name) { kind, text in
            guard case .secret(let minimumBytes) = kind, text.utf8.count >= minimumBytes else { return nil }
            return Secret(text)
        }
    }

    /// The value of the setting, or of its default; `nil` if it has neither. Throws if `parse` says `nil`.
    private func read<Value>(
        _ name: SettingName, as parse: (SettingKind, String) -> Value?
    ) throws -> Value? {
        let definition = name.definition
        guard let found = try source.find(name) else {
            return definition.fallback.flatMap { parse(definition.kind, $0) }
        }
        guard let value = parse(definition.kind, found.text) else {
            let expected = definition.kind.expectation
            throw SettingsError("\(found.place): must be \(expected)", isUsage: found.isFlag)
        }
        return value
    }

    private func missing(_ name: SettingName) -> SettingsError {
        SettingsError("\(name.rawValue): is not set")
    }

    private static func items(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }) }
    }
}

extension SettingKind {
    /// What a value must be, for the message that refuses another one.
    fileprivate var expectation: String {
        switch self {
        case .text, .list: "a text"
        case .onOff, .secret, .tileURL, .webOrigins, .redisURLs, .etcdURLs, .databaseURL: range
        case .integer: "a whole number, \(range)"
        case .duration: "a time such as 250ms, 30s, 10min or 1h, \(range)"
        case .radius: "a length such as 500m, 8km or 5mi, \(range)"
        case .precisions: range
        }
    }
}
