internal import Synchronization
internal import Values

/// Tries a scenario out, on the router that production runs.
///
/// The same scenario, seed and number of replications give the same report, on however many cores. Two scenarios with the same
/// seed meet the same customers: same arrivals, work and patience, as far as both plan them.
public struct Simulation: Sendable {
    public let scenario: Scenario
    private let layout: Layout

    /// Refuses a scenario that makes no sense, with all that is wrong with it.
    public init(_ scenario: Scenario) throws(ScenarioFaults) {
        let faults = scenario.faults
        guard faults.isEmpty else { throw ScenarioFaults(faults) }
        self.scenario = scenario
        layout = Layout(scenario)
    }

    /// How often a scenario may be lived through.
    public static let mostReplications = 10_000

    /// How many queues and teams of intervals of days are kept: a hundred bytes and a half each.
    private static let mostCells = 5_000_000

    /// Lives the scenario through so many times. `progress` hears how many are done, from any thread.
    ///
    /// Takes 1 to 3 microseconds a contact and core. Throws `CancellationError` soon after its task is cancelled, and
    /// `ScenarioFaults` where what is counted would take too much memory.
    public func run(
        replications: Int, seed: UInt64, cores: Int = 1, progress: @escaping @Sendable (_ done: Int) -> Void = { _ in }
    ) async throws -> SimulationReport {
        precondition(replications >= 1, "a scenario is lived through once at least")
        let cells = layout.intervals * (layout.lines.count + layout.teams.count)
        guard cells <= Self.mostCells / replications else {
            throw ScenarioFaults([
                ScenarioFault(
                    at: "interval",
                    "\(replications) days of \(layout.intervals) intervals for \(layout.lines.count) queues and "
                        + "\(layout.teams.count) teams are more than can be kept. Take fewer replications, or longer intervals."
                )
            ])
        }
        let work = DaysToLive(layout: layout, root: Draws(seed: seed).branch("replication"), count: replications)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, min(cores, replications)) {
                group.addTask { while let done = try work.liveNext() { progress(done) } }
            }
            try await group.waitForAll()
        }
        return SimulationReport(scenario, layout, seed: seed, days: work.days)
    }
}

/// The days of one run: each is given to one worker, and kept at its own place, whoever lived it.
private final class DaysToLive: Sendable {
    private struct Book {
        var given = 0
        var done = 0
        var days: [DayTally?]
    }

    private let layout: Layout
    private let root: Draws
    private let count: Int
    private let book: Mutex<Book>

    init(layout: Layout, root: Draws, count: Int) {
        self.layout = layout
        self.root = root
        self.count = count
        book = Mutex(Book(days: Array(repeating: nil, count: count)))
    }

    var days: [DayTally] { book.withLock { $0.days.compactMap(\.self) } }

    /// Lives a day that nobody has; says how many are done then. Nil when none is left.
    func liveNext() throws -> Int? {
        try Task.checkCancellation()
        let number = book.withLock { book in
            defer { book.given += 1 }
            return book.given
        }
        guard number < count else { return nil }
        let day = try Floor.live(layout, draws: root.branch(Int64(number)))
        return book.withLock { book in
            book.days[number] = day
            book.done += 1
            return book.done
        }
    }
}
