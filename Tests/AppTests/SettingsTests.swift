import ArgumentParser
import Foundation
import Storage
import TestKit
import Testing
import Values
import Yams

@testable import App

struct SettingsTests {
    private static let example = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../touchdown.example.yaml").standardized.path

    /// Reads a file of this text.
    private func read(
        _ text: String, as name: String = "settings.yaml", environment: [String: String] = [:]
    ) async throws -> Settings {
        try await withFolder { folder in
            let path = "\(folder)/\(name)"
            try Data(text.utf8).write(to: URL(filePath: path))
            return try await Settings.read(file: path, environment: environment)
        }
    }

    @Test func `the example names every setting and no other`() throws {
        let text = try String(contentsOfFile: Self.example, encoding: .utf8)
        func keys(_ tree: [String: Any], under prefix: String = "") -> [String] {
            tree.flatMap { key, value in
                (value as? [String: Any]).map { keys($0, under: "\(prefix)\(key).") } ?? [prefix + key]
            }
        }
        let tree = try #require(try Yams.load(yaml: text) as? [String: Any])
        #expect(keys(tree).sorted() == Setting.all.map(\.key).sorted())
    }

    @Test func `what the example says is what holds without it`() async throws {
        #expect(try await Settings.read(file: Self.example, environment: [:]) == Settings())
    }

    /// For each setting a value that is not its default, and one that cannot be.
    private static let values: [(key: String, other: String, wrong: String?)] = [
        ("server.host", "0.0.0.0", " "), ("server.port", "9090", "70000"), ("server.secure", "true", "perhaps"),
        ("server.trusted-proxies", "10.0.0.1,10.0.0.2", "10.0.0.1,proxy.example"), ("body.name", "Revenue", " "),
        ("database.url", "postgresql://db/touchdown", " "), ("database.readers", "9", "0"),
        ("chat.embedding-origins", "https://a.example", "https://a.example/path"),
        ("chat.starts-per-minute", "5", "-1"),
        ("session.idle-minutes", "7", "2000"), ("session.absolute-hours", "3", "1e3"), ("log.level", "debug", "loud"),
        ("chart.folder", "/opt/chart", " "),
    ]

    /// A file with this setting alone; the parts of a list are separated by commas, as in the environment.
    private static func file(_ setting: Setting, _ value: String) -> String {
        let parts = setting.key.split(separator: "."), list = value.split(separator: ",").map { "\"\($0)\"" }
        let written = setting.isList ? "[\(list.joined(separator: ", "))]" : value == " " ? "\" \"" : value
        return "\(parts[0]):\n  \(parts[1]): \(written)\n"
    }

    @Test func `every setting is read from the environment, and from a file as the same`() async throws {
        #expect(Self.values.map(\.key).sorted() == Setting.all.map(\.key).sorted())
        for (key, other, _) in Self.values {
            let setting = try #require(Setting.all.first { $0.key == key })
            let fromEnvironment = try await Settings.read(
                file: Self.example, environment: [setting.environmentName: other])
            #expect(fromEnvironment != Settings(), "\(key)")
            let fromFile = try await read(Self.file(setting, other))
            #expect(fromFile == fromEnvironment, "\(key)")
        }
    }

    @Test func `a value that cannot be is refused by its name, wherever it stands`() async throws {
        for (key, _, wrong) in Self.values {
            guard let wrong, let setting = Setting.all.first(where: { $0.key == key }) else { continue }
            let inFile = await #expect(throws: SettingsFault.self) { try await read(Self.file(setting, wrong)) }
            #expect(inFile?.description.contains(key) == true && inFile?.problems.count == 1)
            let name = setting.environmentName
            let outside = await #expect(throws: SettingsFault.self) { try await read("", environment: [name: wrong]) }
            #expect(outside?.description.contains("\(name) in the environment") == true)
        }
    }

    @Test(arguments: [
        "'none'; script-src *", "https://a.example/path", "https://a.example;", "ftp://a.example", "a.example",
        "https://a.example b.example", "https://", "https://a..example", "*",
    ])
    func `only the origin of a page may frame the chat`(origin: String) async throws {
        let fault = await #expect(throws: SettingsFault.self) {
            try await read("chat:\n  embedding-origins: [\"https://a.example\", \"\(origin)\"]\n")
        }
        #expect(fault?.problems.count == 1 && fault?.description.contains("https://www.example.org") == true)
        let good = ["https://a.example", "http://localhost:8080", "https://*.example.org"]
        let list = good.map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(try await read("chat:\n  embedding-origins: [\(list)]\n").embeddingOrigins == good)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.10", true), ("localhost", true), ("::1", true), ("0.0.0.0", false),
        ("::", false),
        ("127.0.0.1.example.org", false), ("127.example.org", false), ("127.0.0.256", false), ("127.0.0", false),
        ("10.0.0.1", false),
    ])
    func `only this machine's own addresses are loopback`(host: String, isLoopback: Bool) {
        var settings = Settings()
        settings.host = host
        #expect(settings.isLoopback == isLoopback)
    }

    @Test(arguments: [["serve", "--port", "65536"], ["demo", "--port", "99999"], ["demo", "--port=-1"]])
    func `a port that there is not is refused`(arguments: [String]) throws {
        #expect(throws: (any Error).self) { try App.parseAsRoot(arguments) }
    }

    @Test(arguments: [
        ("server:\n  hosts: a\n", "server.hosts"), ("serve: {}\nx: 1\n", "x in"), ("server: 5\n", "server in"),
        ("- a\n", "holds no settings"), ("server: [\n", "not well formed"), ("server:\n  host: [a]\n", "server.host"),
        ("server:\n  trusted-proxies: 10.0.0.1\n", "server.trusted-proxies"), ("body:\n  name:\n", "body.name"),
        ("server:\n  trusted-proxies: [{a: 1}]\n", "server.trusted-proxies"),
        ("server:\n  port: [80]\n", "server.port"),
        ("body:\n  name: {a: 1}\n", "body.name.a"),
    ])
    func `what is no setting, or of another kind, is refused by its name`(text: String, name: String) async throws {
        let fault = await #expect(throws: SettingsFault.self) { try await read(text) }
        #expect(fault?.description.contains(name) == true, "\(fault?.description ?? "")")
    }

    @Test func `an empty file and JSON are settings too`() async throws {
        #expect(try await read("") == Settings())
        #expect(try await read("# nothing\n") == Settings())
        #expect(try await read(#"{"server": {"port": 9}}"#, as: "a.json").port == 9)
    }

    @Test func `an unknown name in the environment is refused, and those of tests are not`() async throws {
        let fault = await #expect(throws: SettingsFault.self) {
            try await read("", environment: ["TOUCHDOWN_SERVER_PROT": "80", "TOUCHDOWN_TEST_X": "1", "HOME": "/"])
        }
        #expect(fault?.problems.count == 1 && fault?.description.contains("TOUCHDOWN_SERVER_PROT") == true)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `any file is read or refused in words`(seed: UInt64) async throws {
        var chance = SeededChance(seed: seed)
        let pieces = [
            "server", "port", "body", "name", ":", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", "8080", "true", "null",
            "~", "\"", "'", "#", "&a", "*a", "!!binary", "|", ">", "é", "\t", "1e999", "0x", "? ", "<<", ", ", "\u{0}",
        ]
        let example = Array(try String(contentsOfFile: Self.example, encoding: .utf8))
        for round in 0..<150 {
            var text: String
            if round.isMultiple(of: 2) {
                text = (0..<chance.below(14)).map { _ in pieces[chance.below(pieces.count)] }.joined()
            } else {
                // The example with a hole, and something else in it.
                let start = chance.below(example.count), end = min(example.count, start + chance.below(40))
                text = String(example[..<start]) + pieces[chance.below(pieces.count)] + String(example[end...])
            }
            let name = chance.below(5) == 0 ? "a.json" : "a.yaml"
            do {
                _ = try await read(text, as: name)
            } catch let fault as SettingsFault {
                #expect(!fault.problems.isEmpty && fault.problems.allSatisfy { $0.hasSuffix(".") }, "\(fault)")
            }
        }
    }
}
