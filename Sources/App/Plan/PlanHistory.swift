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

    @Option(name: .long, help: ArgumentHelp("The table to write, - for the standard output.", valueName: "file"))
    var output: String

    @OptionGroup var past: PastSpan

    func run() async throws {
        let command = self
        try await PlanCommand.run(writing: [output]) {
            try await command.past.read { store, days in try await command.write(days, from: store) }
        }
    }

    private func write(_ days: ClosedRange<Day>, from store: Store) async throws {
        let writer = try TableWriter(
            output,
            columns: ["start"] + ["count", "handled", "handled_seconds"].map { TableColumn($0, .number) })
        var progress = ProgressLine("Counting")
        let last = days.upperBound - days.lowerBound
        for ago in 0...last {
            try Task.checkCancellation()
            let quarters = try await store.read { [queue] in
                try Contacts.quarters(of: days.lowerBound + ago, queue: queue, in: $0)
            }
            for quarter in quarters {
                writer.append(quarter.start.description)
                writer.append(quarter.came)
                writer.append(quarter.handled)
                writer.append(quarter.work.inSeconds)
                try writer.endRow()
            }
            progress.show(Double(ago) / Double(last + 1), "\(days.lowerBound + ago)")
        }
        progress.finish()
        try writer.finish()
    }
}
