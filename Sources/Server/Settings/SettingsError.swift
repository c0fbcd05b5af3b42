/// Why the settings are unusable. Names the setting and where its value stands.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// Whether a flag of the command line is at fault: wrong usage, and not a wrong file or environment.
    public let isUsage: Bool
    public let description: String

    init(_ description: String, isUsage: Bool = false) {
        self.isUsage = isUsage
        self.description = description
    }
}
