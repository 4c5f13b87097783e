import ArgumentParser
import Contacts
import Storage
import Values

/// Which days of this installation's past are meant, of those that are over.
struct PastSpan: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The first day; that of the first contact unless said.", valueName: "day"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("The last day; yesterday unless said.", valueName: "day"))
    var until: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        _ = try day(from, of: "--from")
        _ = try day(until, of: "--until")
    }

    /// Opens the database, which is only read, for as long as `body` takes, and tells it the days.
    func read(_ body: @Sendable (Store, ClosedRange<Day>) async throws -> Void) async throws {
        let store = try await Store.open(existing: options.settings().database)
        do {
            try await body(store, days(of: store))
        } catch {
            try await store.close()
            throw error
        }
        try await store.close()
    }

    private func days(of store: Store) async throws -> ClosedRange<Day> {
        let asked = try day(from, of: "--from")
        guard let first = try await store.read({ try Contacts.firstDay(in: $0) }) else {
            throw PlanFault("There have been no contacts here, so there is no history to read.")
        }
        let today = Day(Clock.now())
        let last = min(try day(until, of: "--until") ?? today, today + -1)
        let start = max(asked ?? first, first)
        guard start <= last else {
            throw PlanFault(
                "No day from \(start) to \(last) is over. The first contact came on \(first); today is not counted.")
        }
        return start...last
    }

    private func day(_ text: String?, of option: String) throws -> Day? {
        try text.map { try PlanWords.day($0, of: option, as: "2026-11-22") }
    }
}
