import ArgumentParser
import Contacts
import Foundation
import People
import Storage
import Values

/// Brings lists of other systems in.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a list from another system in.", subcommands: [Staff.self])

    /// `touchdown import staff FILE.csv`
    struct Staff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "staff",
            abstract: "Bring the staff list in: all of it or nothing, and a second time changes nothing.")

        @Argument(help: "The CSV file. docs/operations.md describes its columns.")
        var file: String

        @Flag(name: .long, help: "Only say what would be done.")
        var dryRun = false

        @Flag(name: .long, help: "The list is complete: who is not in it has left.")
        var complete = false

        @OptionGroup var options: SettingsOptions

        func run() async throws {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw ValidationError("The file \(file) cannot be read. Check that it is there, and its permissions.")
            }
            let settings = try await options.settings()
            let now = Clock.now()
            var choices = StaffImport.Options(today: Day(now))
            choices.isComplete = complete
            do {
                let list = try StaffImport([UInt8](bytes), options: choices)
                let isNew = !dryRun && isMissing(settings.database)
                let store = try await Store.open(location(settings), migrations: Installation.migrations)
                let progress = Progress(isShown: isatty(STDERR_FILENO) == 1)
                let summary = try await store.write { [dryRun] transaction in
                    dryRun
                        ? try list.plan(in: transaction, progress: progress.show)
                        : try ImportCommand.take(list, at: now, in: transaction, progress: progress.show)
                }
                progress.finish()
                if isNew { print("A new database was made: \(settings.database).") }
                print(
                    "\(dryRun ? "Would be: " : "")\(summary.added) added, \(summary.changed) changed, \(summary.unchanged) unchanged, \(summary.left) left."
                )
                try await store.close()
            } catch let refusal as ImportRefusal {
                throw Refused(refusal)
            }
        }

        /// A dry run makes no file: where there is none yet, it plans into a database that is forgotten.
        private func location(_ settings: Settings) -> Store.Location {
            dryRun && isMissing(settings.database) ? .memory : settings.database
        }

        private func isMissing(_ database: Store.Location) -> Bool {
            guard case .sqlite(let path) = database else { return false }
            return !FileManager.default.fileExists(atPath: path)
        }
    }

    /// Puts a staff list into effect, and lets the router know of those at work.
    static func take(
        _ list: StaffImport, at now: Moment, in transaction: Transaction, progress: StaffImport.Progress = { _, _ in }
    ) throws -> StaffSummary {
        let act = Act(by: nil, at: now)
        let (summary, changed) = try list.apply(by: act, in: transaction, progress: progress)
        try Contacts.skillsChanged(changed, by: act, in: transaction)
        return summary
    }

    /// What is wrong with a list, row by row.
    struct Refused: Error, CustomStringConvertible {
        let description: String

        init(_ refusal: ImportRefusal) {
            let heading =
                switch refusal {
                case .badRows(_, let count):
                    "\(count == 1 ? "One thing is" : "\(count) things are") wrong. Nothing was changed."
                case .badHeader: "The first line is wrong. Nothing was changed."
                default: refusal.sentence
                }
            description = ([heading] + refusal.problems.map { "  \($0.position): \($0.reason)" }).joined(
                separator: "\n")
        }
    }
}

/// A line on the terminal that says how far it is.
struct Progress: Sendable {
    let isShown: Bool

    func show(_ done: Int, _ total: Int) {
        guard isShown, total > 0 else { return }
        FileHandle.standardError.write(Data("\r\(done) of \(total) rows (\(done * 100 / total) %)".utf8))
    }

    func finish() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
