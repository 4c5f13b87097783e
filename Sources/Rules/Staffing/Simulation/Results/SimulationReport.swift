internal import Values

/// What came of a scenario, lived through several times.
public struct SimulationReport: Hashable, Sendable {
    public let scenario: String
    public let seed: UInt64
    public let replications: Int
    /// The length of the intervals.
    public let interval: Duration
    public let queues: [QueueReport]
    /// All queues together. A share counts every contact alike; a target is each queue's own.
    public let total: Figures
    /// Hours a day that advisers are paid for, as planned.
    public let paidHours: Double
    /// Hours a day that they work after the end of their shifts.
    public let overtimeHours: Estimate
    /// How often the router was told something, in all replications.
    public let events: Int
}

/// What came of one queue.
public struct QueueReport: Hashable, Sendable {
    public let name: String
    public let target: Duration
    public let total: Figures
    public let intervals: [IntervalReport]
}

/// What came of the contacts that came in one interval.
public struct IntervalReport: Hashable, Sendable {
    /// Since midnight.
    public let start: Duration
    public let figures: Figures
}

extension SimulationReport {
    init(_ scenario: Scenario, _ layout: Layout, seed: UInt64, days: [DayTally]) {
        self.scenario = scenario.name
        self.seed = seed
        replications = days.count
        interval = scenario.interval
        let whole = Int64(layout.intervals) * layout.interval
        queues = layout.lines.indices.map { line in
            QueueReport(
                name: layout.lines[line].name, target: .milliseconds(layout.lines[line].target),
                total: Figures(days: days.map { $0.sums(of: line, in: layout) }),
                intervals: (0..<layout.intervals).map { interval in
                    IntervalReport(
                        start: .milliseconds(layout.start + Int64(interval) * layout.interval),
                        figures: Figures(days: days.map { $0.sums(of: line, at: interval, in: layout) }))
                })
        }
        total = Figures(
            days: days.map { day in
                var sums = Sums(time: whole)
                for tally in day.cells.joined() { sums.tally += tally }
                for tally in day.staff.joined() { sums.staff += tally }
                return sums
            })
        paidHours = scenario.teams.flatMap(\.shifts).reduce(0) { $0 + Double($1.advisers) * $1.paidSeconds / 3_600 }
        overtimeHours = Estimate(days.map { .init(above: Double($0.overtime) / 3_600_000, below: 1) })
        events = days.reduce(0) { $0 + $1.events }
    }
}

extension DayTally {
    fileprivate func sums(of line: Int, at interval: Int, in layout: Layout) -> Sums {
        var sums = Sums(tally: cells[line][interval], time: layout.interval)
        for team in layout.lines[line].teams { sums.staff += staff[team][interval] }
        return sums
    }

    fileprivate func sums(of line: Int, in layout: Layout) -> Sums {
        var sums = Sums()
        for interval in 0..<layout.intervals {
            let part = self.sums(of: line, at: interval, in: layout)
            sums.tally += part.tally
            sums.staff += part.staff
            sums.time += part.time
        }
        return sums
    }
}
