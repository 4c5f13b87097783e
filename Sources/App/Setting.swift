import ArgumentParser
import NIOCore

/// One setting: its key, and what is wrong with a value, if anything is.
struct Setting: Sendable {
    let key: String
    let isList: Bool
    /// What is wrong with the value, or with each value of a list, as it is written.
    let problem: @Sendable (String) -> String?

    /// Every setting there is; `touchdown.example.yaml` describes them, and a test holds the two together.
    static let all: [Setting] = [
        text("server.host"), number("server.port", ports), truth("server.secure"),
        Setting("server.trusted-proxies", isList: true, problem: address), text("body.name"), text("database.url"),
        number("database.readers", 1...64), Setting("chat.embedding-origins", isList: true, problem: origin),
        number("chat.starts-per-minute", 1...1_000_000), number("session.idle-minutes", 1...1_440),
        number("session.absolute-hours", 1...168),
        choice("log.level", ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        text("chart.folder"),
    ]

    /// Port 0 is any that is free.
    private static let ports = 0...65_535

    /// - Throws: `ValidationError` when there is no such port: the system would take another for it.
    static func checkPort(_ port: Int?) throws {
        if let port, !ports.contains(port) { throw ValidationError("--port takes a number from 0 to 65535.") }
    }

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

    private static func text(_ key: String) -> Setting {
        Setting(key) { $0.allSatisfy(\.isWhitespace) ? "must not be empty" : nil }
    }

    /// An address as a connection shows it; a name would never be equal to one.
    private static func address(_ text: String) -> String? {
        (try? SocketAddress(ipAddress: text, port: 0)) == nil ? "must hold addresses like 10.0.0.1 or ::1" : nil
    }

    /// What browsers call the origin of a page. It becomes part of a header, so nothing else may stand in it.
    private static func origin(_ text: String) -> String? {
        text.wholeMatch(of: /https?:\/\/(\*\.)?[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*(:[0-9]{1,5})?/) == nil
            ? "must hold origins like https://www.example.org, without a path" : nil
    }

    private static func truth(_ key: String) -> Setting {
        Setting(key) { ["true", "false"].contains($0) ? nil : "must be true or false" }
    }

    private static func choice(_ key: String, _ words: [String]) -> Setting {
        Setting(key) { words.contains($0) ? nil : "must be one of \(words.joined(separator: ", "))" }
    }

    /// What is wrong with one value, or with the first wrong one of a list.
    func problem(with values: [String]) -> String? {
        for value in values {
            if let problem = problem(value) { return "\(problem); it is \"\(value)\"" }
        }
        return nil
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
