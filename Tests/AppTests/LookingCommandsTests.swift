import ArgumentParser
import Foundation
import People
import Storage
import TestKit
import Testing
import Values

@testable import App

/// `check` and `backup` look at what is there: they neither make a database nor change one.
@Suite struct LookingCommandsTests {
    /// Runs the body with a file of settings for this database.
    private func withSettings(_ location: Store.Location, _ body: (_ settings: String, String) async throws -> Void)
        async throws
    {
        try await withFolder { folder in
            let url =
                switch location {
                case .sqlite(let path): "sqlite:\(path)"
                case .postgresql(let address): address
                case .memory: ""
                }
            try Data("database:\n  url: \"\(url)\"\n".utf8).write(to: URL(filePath: folder + "/settings.yaml"))
            try await body(folder + "/settings.yaml", folder)
        }
    }

    @Test(arguments: Engine.available)
    func `a new program's check leaves the schema of an older server alone`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            let older = Array(Installation.migrations.dropLast())
            try await Store.open(location, migrations: older).close()
            try await withSettings(location) { settings, _ in
                try await CheckCommand.parse(["--settings", settings]).run()
            }
            let state = try await Store.migrationState(of: location, migrations: Installation.migrations)
            #expect(state.pending == Installation.migrations.suffix(1).map(\.name))
        }
    }

    @Test func `check reads the whole database file, and sees a damaged page`() async throws {
        try await withFolder { folder in
            let path = folder + "/damaged.sqlite"
            let store = try await Store.open(.sqlite(path: path), migrations: Installation.migrations)
            let root = try await store.read { transaction in
                try transaction.row("SELECT rootpage FROM sqlite_master WHERE name = 'message'")?.value(
                    "rootpage", as: Int.self)
            }
            try await store.close()
            let file = try FileHandle(forUpdating: URL(filePath: path))
            try file.seek(toOffset: UInt64(4_096 * (try #require(root) - 1)))
            try file.write(contentsOf: [UInt8](repeating: 0x5A, count: 4_096))
            try file.close()
            try await withSettings(.sqlite(path: path)) { settings, _ in
                let findings = await (try CheckCommand.parse(["--settings", settings])).findings()
                #expect(findings.contains { $0.name == "pages" && $0.problem != nil })
                await #expect(throws: ExitCode.failure) {
                    try await CheckCommand.parse(["--settings", settings]).run()
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a backup before an upgrade is one of the older schema`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            let older = Array(Installation.migrations.dropLast())
            try await Store.open(location, migrations: older).close()
            try await withSettings(location) { settings, folder in
                try await BackupCommand.parse([folder + "/copy", "--settings", settings]).run()
                #expect(FileManager.default.fileExists(atPath: folder + "/copy"))
            }
            let state = try await Store.migrationState(of: location, migrations: Installation.migrations)
            #expect(state.pending == Installation.migrations.suffix(1).map(\.name))
        }
    }

    @Test func `where there is no database yet, what only looks makes none`() async throws {
        try await withFolder { folder in
            let path = folder + "/mistyped.sqlite"
            try await withSettings(.sqlite(path: path)) { settings, other in
                await #expect(throws: ExitCode.failure) {
                    try await CheckCommand.parse(["--settings", settings]).run()
                }
                await #expect(throws: StorageFault.self) {
                    try await BackupCommand.parse([other + "/copy", "--settings", settings]).run()
                }
                #expect(!FileManager.default.fileExists(atPath: other + "/copy"))
                await #expect(throws: StorageFault.self) {
                    try await PasswordCommand.parse(["gwen.hughes", "--settings", settings]).run()
                }
                let list = other + "/staff.csv"
                try Data("staff_number,name,username\n1,Amina Yusuf,amina\n".utf8).write(to: URL(filePath: list))
                try await ImportCommand.Staff.parse([list, "--dry-run", "--settings", settings]).run()
            }
            let made = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(made.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `check finds what was cut off the trail, and a clock that is behind it`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            let store = try await Store.open(location, migrations: Installation.migrations)
            let next = Clock.now() + .days(1)
            let entries = [next - .days(2), next].map { Act(by: nil, at: $0).entry(.staffImported, nil) }
            let last = try await store.write { try Audit.append(entries, in: $0) }
            try await withSettings(location) { settings, _ in
                let ahead = try await CheckCommand.parse(["--settings", settings]).findings().filter {
                    $0.problem != nil
                }
                #expect(ahead.map(\.name) == ["clock"])
                #expect(ahead.first?.problem?.contains("\(next)") == true)

                try await store.write { transaction in
                    try AuditVerified(link: last, at: next, wholeAt: next).store(in: transaction)
                    try transaction.run("DELETE FROM audit_entry WHERE number = 2")
                }
                let cut = try await CheckCommand.parse(["--settings", settings]).findings().filter { $0.problem != nil }
                #expect(cut.map(\.name) == ["audit trail"])
                #expect(cut.first?.problem?.contains("entry 2 was changed or is missing") == true)
            }
            try await store.close()
        }
    }
}
