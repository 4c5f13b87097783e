import Configuration
import Foundation
import Storage
import Web

/// Everything an operator can set, read once: from the environment, over a file, over the defaults.
struct Settings: Equatable, Sendable {
    var host = "127.0.0.1"
    var port = 8080
    var isSecure = false
    var trustedProxies: Set<String> = []
    var body = "Touchdown"
    var database = Store.Location.sqlite(path: "touchdown.sqlite")
    var readers = 4
    var embeddingOrigins: [String] = []
    var startsPerMinute = 30
    var idleMinutes = 60
    var sessionHours = 12
    var logLevel = "info"
    var chartFolder = "/usr/share/javascript/chart.js"
}

/// Settings that cannot be: each named with its place and its mend.
struct SettingsFault: Error, CustomStringConvertible {
    let problems: [String]

    var description: String {
        (["The settings cannot be used:"] + problems.map { "  - \($0)" }).joined(separator: "\n")
    }
}

extension Settings {
    /// Reads the settings. Unknown ones and values that make no sense are refused by name.
    ///
    /// - Parameter path: the file; nil for `touchdown.yaml` beside which the program was started, if it is there.
    static func read(file path: String?, environment: [String: String]) async throws -> Settings {
        let file =
            path ?? environment["TOUCHDOWN_SETTINGS"]
            ?? (FileManager.default.fileExists(atPath: "touchdown.yaml") ? "touchdown.yaml" : nil)
        var problems = problemsOfEnvironment(environment)
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "touchdown")
        ]
        let settingsFile = file.map(SettingsFile.init)
        problems += settingsFile?.problems ?? []
        guard problems.isEmpty else { throw SettingsFault(problems: problems) }
        if let provider = try await settingsFile?.provider() { providers.append(provider) }
        return Settings(ConfigReader(providers: providers))
    }

    private init(_ reader: ConfigReader) {
        let standard = Settings()
        self = standard
        host = reader.string(forKey: "server.host", default: standard.host)
        port = reader.int(forKey: "server.port", default: standard.port)
        isSecure = reader.bool(forKey: "server.secure", default: standard.isSecure)
        let proxies = reader.stringArray(forKey: "server.trusted-proxies", default: [])
        trustedProxies = Set(proxies.map { NetworkAddress.plain($0) ?? $0 })
        body = reader.string(forKey: "body.name", default: standard.body)
        if let url = reader.string(forKey: "database.url", isSecret: true) { database = Settings.location(url) }
        readers = reader.int(forKey: "database.readers", default: standard.readers)
        embeddingOrigins = reader.stringArray(forKey: "chat.embedding-origins", default: [])
        startsPerMinute = reader.int(forKey: "chat.starts-per-minute", default: standard.startsPerMinute)
        idleMinutes = reader.int(forKey: "session.idle-minutes", default: standard.idleMinutes)
        sessionHours = reader.int(forKey: "session.absolute-hours", default: standard.sessionHours)
        logLevel = reader.string(forKey: "log.level", default: standard.logLevel)
        chartFolder = reader.string(forKey: "chart.folder", default: standard.chartFolder)
    }

    /// `sqlite:PATH`, a bare path, or what libpq understands.
    static func location(_ url: String) -> Store.Location {
        if url.hasPrefix("postgresql:") || url.hasPrefix("postgres:") || url.contains("host=") {
            return .postgresql(url)
        }
        return .sqlite(path: url.hasPrefix("sqlite:") ? String(url.dropFirst(7)) : url)
    }

    private static func problemsOfEnvironment(_ environment: [String: String]) -> [String] {
        let known = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.environmentName, $0) })
        // What the tests and the scripts set for themselves is no setting of the server's.
        let ours = ["TOUCHDOWN_SETTINGS", "TOUCHDOWN_RESOURCES"]
        return environment.filter {
            $0.key.hasPrefix("TOUCHDOWN_") && !ours.contains($0.key) && !$0.key.hasPrefix("TOUCHDOWN_TEST_")
        }
        .sorted { $0.key < $1.key }
        .compactMap { name, value in
            guard let setting = known[name] else {
                return "\(name) in the environment is no setting. See touchdown.example.yaml."
            }
            let values = setting.isList ? value.split(separator: ",").map(String.init) : [value]
            return setting.problem(with: values).map { "\(name) in the environment \($0)." }
        }
    }
}
