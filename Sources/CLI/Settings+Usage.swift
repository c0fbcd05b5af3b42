import ArgumentParser
import Foundation
import Server

extension Settings {
    /// Reads the settings with `flags` and the environment of the process. A wrong flag is wrong usage.
    static func load(asUsage flags: [SettingName: String]) throws -> (settings: Settings, notices: [String]) {
        do {
            return try load(flags: flags, environment: ProcessInfo.processInfo.environment)
        } catch let error as SettingsError where error.isUsage {
            throw ValidationError(error.description)
        }
    }
}
