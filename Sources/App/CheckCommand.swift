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

    /// What was looked at, in order; each with its problem, if it has one.
    func findings() async -> [Finding] {
        do {
            let settings = try await options.settings()
            var findings = [Finding("settings", "\(Setting.all.count) known, none unknown")]
            findings += [resources(), charts(settings), clock(), disk(settings)]
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

    private func charts(_ settings: Settings) -> Finding {
        guard FileManager.default.fileExists(atPath: "\(settings.chartFolder)/chart.min.js") else {
            return Finding(
                "charts",
                problem:
                    "There is no chart.min.js in \(settings.chartFolder), so the board draws no curve. Install Debian's libjs-chart.js, or set chart.folder."
            )
        }
        return Finding("charts", "Chart.js is in \(settings.chartFolder)")
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
            var findings = [await schema(of: store), await trail(of: store)]
            if case .sqlite = settings.database { findings.append(await pages(of: store)) }
            if let finding = await past(of: store) { findings.append(finding) }
            try await store.close()
            return findings
        } catch {
            return [Finding("database", problem: "\(error)")]
        }
    }

    /// Reads all of a database file, which takes seconds a gigabyte: damage shows only where somebody looks.
    private func pages(of store: Store) async -> Finding {
        do {
            let found = try await store.read { transaction in
                try transaction.rows("PRAGMA quick_check(3)").map { try $0.value("quick_check", as: String.self) }
            }
            guard found == ["ok"] else {
                return Finding(
                    "pages",
                    problem:
                        "The database file is damaged (\(found.joined(separator: "; "))). Stop the server, and put the newest backup in its place."
                )
            }
            return Finding("pages", "all of the database file can be read")
        } catch {
            return Finding("pages", problem: "\(error)")
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
            // An older schema has no place for what was verified last.
            let isCurrent = try await store.migrationState(Installation.migrations).pending.isEmpty
            let verdict = try await store.read { transaction in
                let anchor = isCurrent ? try AuditVerified.find(in: transaction)?.link : nil
                return try Audit.verify(in: transaction, anchor: anchor)
            }
            switch verdict {
            case .sound(let link):
                return Finding("audit trail", "sound, \(link.number) entries, the last with the hash \(link.hash)")
            case .broken(let number):
                return Finding(
                    "audit trail",
                    problem:
                        "It has been tampered with: entry \(number) was changed or is missing, or follows one that is. Keep the database as it is and compare with a backup."
                )
            }
        } catch {
            return Finding("audit trail", problem: "It cannot be read: \(error)")
        }
    }

    /// Nothing can have been done at a time that is still to come.
    private func past(of store: Store) async -> Finding? {
        let newest = try? await store.read { try Audit.page(AuditQuestion(), limit: 1, in: $0).first?.entry.act.at }
        let now = Clock.now()
        guard let newest, newest > now + .minutes(5) else { return nil }
        return Finding(
            "clock",
            problem:
                "The clock says \(now), but the newest entry of the audit trail is from \(newest). Set it, and run a time service (chrony)."
        )
    }
}
