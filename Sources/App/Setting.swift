/// One setting: its key, and what is wrong with a value, if anything is.
struct Setting: Sendable {
    let key: String
    let isList: Bool
    /// What is wrong with the value, or with each value of a list, as it is written.
    let problem: @Sendable (String) -> String?

    /// Every setting there is; `touchdown.example.yaml` describes them, and a test holds the two together.
    static let all: [Setting] = [
        Setting("server.host"), number("server.port", 0...65_535), truth("server.secure"),
        Setting("server.trusted-proxies", isList: true), Setting("body.name"), Setting("database.url"),
        number("database.readers", 1...64), Setting("chat.embedding-origins", isList: true),
        number("chat.starts-per-minute", 1...1_000_000), number("session.idle-minutes", 1...1_440),
        number("session.absolute-hours", 1...168),
        choice("log.level", ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        Setting("chart.folder"),
    ]

    private init(
        _ key: String, isList: Bool = false, problem: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.key = key
        self.isList = isList
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

    /// Whether settings stand below this key: `server`.
    static func isBranch(_ key: String) -> Bool {
        all.contains { $0.key.hasPrefix(key + ".") }
    }
}
