import Configuration
import Foundation
import Storage
import SystemPackage
import Yams

/// Everything an operator can set, read once: from the environment, over a file, over the defaults.
struct Settings: Sendable {
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

/// One setting: its key, and what is wrong with a value, if anything is.
struct Setting: Sendable {
    let key: String
    let problem: @Sendable (String) -> String?

    /// Every setting there is; `touchdown.example.yaml` describes them, and a test holds the two together.
    static let all: [Setting] = [
        Setting("server.host"), number("server.port", 0...65_535), truth("server.secure"),
        Setting("server.trusted-proxies"), Setting("body.name"), Setting("database.url"),
        number("database.readers", 1...64), Setting("chat.embedding-origins"),
        number("chat.starts-per-minute", 1...1_000_000), number("session.idle-minutes", 1...1_440),
        number("session.absolute-hours", 1...168),
        choice("log.level", ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        Setting("chart.folder"),
    ]

    private init(_ key: String, problem: @escaping @Sendable (String) -> String? = { _ in nil }) {
        self.key = key
        self.problem = problem
    }

    private static func number(_ key: String, _ range: ClosedRange<Int>) -> Setting {
        Setting(key) { text in
            if let number = Int(text), range.contains(number) { return nil }
            return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    private static func truth(_ key: String) -> Setting {
        Setting(key) { ["true", "false"].contains($0) ? nil : "must be true or false" }
    }

    private static func choice(_ key: String, _ words: [String]) -> Setting {
        Setting(key) { words.contains($0) ? nil : "must be one of \(words.joined(separator: ", "))" }
    }

    /// `TOUCHDOWN_SERVER_TRUSTED_PROXIES`
    var environmentName: String {
        "TOUCHDOWN_" + key.uppercased().replacing(".", with: "_").replacing("-", with: "_")
    }
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
        if let file {
            problems += try problemsOfFile(file)
            if problems.isEmpty {
                if file.hasSuffix(".json") {
                    providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file)))
                } else {
                    providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
                }
            }
        }
        guard problems.isEmpty else { throw SettingsFault(problems: problems) }
        return Settings(ConfigReader(providers: providers))
    }

    private init(_ reader: ConfigReader) {
        let standard = Settings()
        self = standard
        host = reader.string(forKey: "server.host", default: standard.host)
        port = reader.int(forKey: "server.port", default: standard.port)
        isSecure = reader.bool(forKey: "server.secure", default: standard.isSecure)
        trustedProxies = Set(reader.stringArray(forKey: "server.trusted-proxies", default: []))
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
            return setting.problem(value).map { "\(name) in the environment \($0); it is \"\(value)\"." }
        }
    }

    private static func problemsOfFile(_ path: String) throws -> [String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            return ["The file \(path) cannot be read. Check that it is there, and its permissions."]
        }
        do {
            guard let root = try Yams.load(yaml: text) else { return [] }
            guard let tree = root as? [String: Any] else {
                return ["\(path) holds no settings: it should have lines like \"server:\"."]
            }
            let known = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, $0) })
            return leaves(of: tree).sorted { $0.key < $1.key }.compactMap { key, value in
                guard let setting = known[key] else {
                    return "\(key) in \(path) is no setting. See touchdown.example.yaml."
                }
                return setting.problem(value).map { "\(key) in \(path) \($0); it is \"\(value)\"." }
            }
        } catch let error as YamlError {
            return ["\(path) is not well formed: \(error)"]
        }
    }

    private static func leaves(of tree: [String: Any], under prefix: String = "") -> [(key: String, value: String)] {
        tree.flatMap { key, value -> [(key: String, value: String)] in
            let path = prefix.isEmpty ? key : "\(prefix).\(key)"
            if let branch = value as? [String: Any] { return leaves(of: branch, under: path) }
            return [(path, "\(value)")]
        }
    }
}
