import Configuration

/// Where the settings are looked up: flags over environment over file.
struct SettingsSource {
    /// What a place says about a setting.
    struct Found {
        let text: String
        /// The place, for messages: `--port`, `NEARBY_PORT`, `port (in nearby.json)`.
        let place: String
        let isFlag: Bool
    }

    private struct Layer {
        let provider: any ConfigProvider
        let isFlag: Bool
        let place: @Sendable (SettingName) -> String
    }

    private var layers: [Layer]

    init(flags: [SettingName: String], environment: [String: String]) throws {
        // An empty variable is how many deployment tools write "not set".
        let variables = environment.filter { !$0.value.isEmpty }
        layers = [
            Layer(provider: Self.provider("flags", flags), isFlag: true) { $0.flag },
            Layer(
                provider: EnvironmentVariablesProvider(
                    environmentVariables: variables, secretsSpecifier: .all), isFlag: false
            ) { $0.environment },
        ]
        guard let config = try find(.config) else { return }
        let file = try SettingsFile(path: config.text)
        layers.append(
            Layer(provider: Self.provider("file", file.values), isFlag: false) {
                "\($0.rawValue) (in \(config.text))"
            })
    }

    /// What the first place that knows the setting says; `nil` if none does.
    func find(_ name: SettingName) throws -> Found? {
        for layer in layers {
            let result = try layer.provider.value(forKey: name.key, type: .string)
            guard let value = result.value, case .string(let text) = value.content else { continue }
            return Found(text: text, place: layer.place(name), isFlag: layer.isFlag)
        }
        return nil
    }

    private static func provider(_ name: String, _ values: [SettingName: String]) -> InMemoryProvider {
        let pairs = values.map { ($0.key.key, ConfigValue(.string($0.value), isSecret: $0.key.isSecret)) }
        return InMemoryProvider(name: name, values: Dictionary(uniqueKeysWithValues: pairs))
    }
}

extension SettingName {
    fileprivate var key: AbsoluteConfigKey {
        AbsoluteConfigKey(["nearby"] + rawValue.split(separator: ".").map(String.init))
    }

    fileprivate var isSecret: Bool {
        if case .secret = definition.kind { true } else { false }
    }
}
