import ArgumentParser
import Foundation
import Server

extension Settings {
    /// Reads the settings as the server does. A wrong flag is wrong usage.
    static func load(
        asUsage flags: [SettingName: String],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (settings: Settings, notices: [String]) {
        do {
            return try load(flags: flags, environment: environment)
        } catch let error as SettingsError where error.isUsage {
            throw ValidationError(error.description)
        }
    }
}

extension ArgumentHelp {
    /// Help for a flag that is a setting.
    init(settingHelp name: SettingName, _ value: String?) {
        let summary = name.summary
        self.init("\(summary.prefix(1).uppercased())\(summary.dropFirst()).", valueName: value)
    }
}
