import ArgumentParser
import Foundation
import People
import Storage
import Values
import Web

/// Looks at everything an installation stands on, and says what is wrong and how to mend it.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check settings, resources, clock, disk, database and audit trail; say how to mend what is wrong.")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let findings = await findings()
        for finding in findings {
            print(
                "\(finding.problem == nil ? "ok     " : "WRONG  ")\(finding.name): \(finding.problem ?? finding.detail)"
            )
        }
        if findings.contains(where: { $0.problem != nil }) { throw ExitCode.failure }
    }

    struct Finding {
        let name: String
        let detail: String
        let problem: String?

        init(_ name: String, _ detail: String) {
            self.name = name
            self.detail = detail
            problem = nil
        }

        init(_ name: String, problem: String) {
            self.name = name
            detail = ""
            self.problem = problem
        }
    }

    private func findings() async -> [Finding] {
        do {
            let settings = try await options.settings()
            var findings = [Finding("settings", "\(Setting.all.count) known, none unknown")]
            findings += [resources(), clock(), disk(settings)]
            return findings + (await database(settings))
        } catch {
            return [Finding("settings", problem: "\(error)")]
        }
    }

    private func resources() -> Finding {
        do {
            for target in ["Web", "Contacts", "Chat", "Staff"] { _ = try Resources.folder(of: target) }
            return Finding("resources", "templates and assets are there")
        } catch {
            return Finding("resources", problem: "\(error)")
        }
    }

    private func clock() -> Finding {
        let now = Clock.now()
        let year = Day(now).civil.year
        guard (2025...2100).contains(year) else {
            return Finding("clock", problem: "The clock says \(now). Set it, and run a time service (chrony).")
        }
        return Finding("clock", "\(now)")
    }

    private func disk(_ settings: Settings) -> Finding {
        guard case .sqlite(let path) = settings.database else { return Finding("disk", "the database is elsewhere") }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.isEmpty ? "." : folder)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Finding(
                "disk", problem: "The folder \(folder) is not there. Make it, and let the server's user write in it.")
        }
        let gigabytes = Double(free) / 1e9
        if gigabytes < 1 {
            return Finding(
                "disk",
                problem:
                    "Only \(free / 1_000_000) MB are free in \(folder). Make room before the server must refuse to store."
            )
        }
        return Finding("disk", "\(Int(gigabytes)) GB free in \(folder)")
    }

    /// Only looks: a server of the version before may be at work here.
    private func database(_ settings: Settings) async -> [Finding] {
        do {
            let store = try await Store.open(existing: settings.database)
            let findings = [await schema(of: store), await trail(of: store)]
            try await store.close()
            return findings
        } catch {
            return [Finding("database", problem: "\(error)")]
        }
    }

    private func schema(of store: Store) async -> Finding {
        do {
            let state = try await store.migrationState(Installation.migrations)
            guard state.pending.isEmpty else {
                return Finding(
                    "database", "opened; the next start changes its schema (\(state.pending.count) migrations)")
            }
            return Finding("database", "opened, schema up to date (\(state.applied.count) migrations)")
        } catch {
            return Finding("database", problem: "\(error)")
        }
    }

    private func trail(of store: Store) async -> Finding {
        do {
            let verdict = try await store.read { try Audit.verify(in: $0) }
            if case .sound(let link) = verdict { return Finding("audit trail", "sound, \(link.number) entries") }
            return Finding(
                "audit trail",
                problem: "It has been tampered with: \(verdict). Keep the database as it is and compare with a backup.")
        } catch {
            return Finding("audit trail", problem: "It cannot be read: \(error)")
        }
    }
}
