import ArgumentParser
import Contacts
import Storage
import Tables
import Values

/// `touchdown plan history`: what came into a queue of this installation, as `plan forecast` reads it.
struct PlanHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Write what came into a queue by quarter-hour, from this installation's database, for forecasts.",
        discussion: """
            Days that are over are counted from the events as reports count them. The database is only read, also while \
            a server is at work on it.
            """)

    @Option(name: .long, help: ArgumentHelp("Its key, number or name; all queues unless said.", valueName: "queue"))
    var queue: String?

    @Option(name: .long, help: ArgumentHelp("The first day; that of the first contact unless said.", valueName: "day"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("The last day; yesterday unless said.", valueName: "day"))
    var until: String?

    @Option(name: .long, help: ArgumentHelp("The table to write, - for the standard output.", valueName: "file"))
    var output: String

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        _ = try day(from, of: "--from")
        _ = try day(until, of: "--until")
    }

    func run() async throws {
        let command = self
        let settings = try await options.settings()
        let today = Day(Clock.now())
        try await PlanCommand.run(writing: [output]) {
            let store = try await Store.open(existing: settings.database)
            do {
                try await command.write(from: store, before: today)
            } catch {
                try await store.close()
                throw error
            }
            try await store.close()
        }
    }

    private func write(from store: Store, before today: Day) async throws {
        let asked = try day(from, of: "--from")
        guard let first = try await store.read({ try Contacts.firstDay(in: $0) }) else {
            throw PlanFault("There have been no contacts here, so there is no history to write.")
        }
        let last = min(try day(until, of: "--until") ?? today, today + -1)
        let start = max(asked ?? first, first)
        guard start <= last else {
            throw PlanFault(
                "No day from \(start) to \(last) is over. The first contact came on \(first); today is not counted.")
        }
        let writer = try TableWriter(
            output,
            columns: ["start"] + ["count", "handled", "handled_seconds"].map { TableColumn($0, .number) })
        var progress = ProgressLine("Counting")
        for ago in 0...(last - start) {
            try Task.checkCancellation()
            let quarters = try await store.read { [queue] in
                try Contacts.quarters(of: start + ago, queue: queue, in: $0)
            }
            for quarter in quarters {
                writer.append(quarter.start.description)
                writer.append(quarter.came)
                writer.append(quarter.handled)
                writer.append(quarter.work.inSeconds)
                try writer.endRow()
            }
            progress.show(Double(ago) / Double(last - start + 1), "\(start + ago)")
        }
        progress.finish()
        try writer.finish()
    }

    private func day(_ text: String?, of option: String) throws -> Day? {
        guard let text else { return nil }
        guard let day = Day(text), Day.usual.contains(day) else {
            throw ValidationError("\(option) is a day, such as 2026-11-22; \"\(text)\" is not.")
        }
        return day
    }
}
