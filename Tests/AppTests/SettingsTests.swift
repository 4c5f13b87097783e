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
        ("server.host", "0.0.0.0", nil), ("server.port", "9090", "70000"), ("server.secure", "true", "perhaps"),
        ("server.trusted-proxies", "10.0.0.1,10.0.0.2", nil), ("body.name", "Revenue", nil),
        ("database.url", "postgresql://db/touchdown", nil), ("database.readers", "9", "0"),
        ("chat.embedding-origins", "https://a.example", nil), ("chat.starts-per-minute", "5", "-1"),
        ("session.idle-minutes", "7", "2000"), ("session.absolute-hours", "3", "1e3"), ("log.level", "debug", "loud"),
        ("chart.folder", "/opt/chart", nil),
    ]

    @Test func `every setting is read from the environment, and from a file as the same`() async throws {
        #expect(Self.values.map(\.key).sorted() == Setting.all.map(\.key).sorted())
        for (key, other, _) in Self.values {
            let setting = try #require(Setting.all.first { $0.key == key })
            let fromEnvironment = try await Settings.read(
                file: Self.example, environment: [setting.environmentName: other])
            #expect(fromEnvironment != Settings(), "\(key)")
            let parts = key.split(separator: ".")
            let isList = ["server.trusted-proxies", "chat.embedding-origins"].contains(key)
            let value = isList ? "[\(other.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ", "))]" : other
            let fromFile = try await read("\(parts[0]):\n  \(parts[1]): \(value)\n")
            #expect(fromFile == fromEnvironment, "\(key)")
        }
    }

    @Test func `a value that cannot be is refused by its name, wherever it stands`() async throws {
        for (key, _, wrong) in Self.values {
            guard let wrong, let setting = Setting.all.first(where: { $0.key == key }) else { continue }
            let parts = key.split(separator: ".")
            let inFile = await #expect(throws: SettingsFault.self) {
                try await read("\(parts[0]):\n  \(parts[1]): \(wrong)\n")
            }
            #expect(inFile?.description.contains(key) == true && inFile?.problems.count == 1)
            let name = setting.environmentName
            let outside = await #expect(throws: SettingsFault.self) { try await read("", environment: [name: wrong]) }
            #expect(outside?.description.contains("\(name) in the environment") == true)
        }
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
