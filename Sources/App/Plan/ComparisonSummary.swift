import Staffing

/// How a second plan differs from a first on the same days.
struct ComparisonSummary: Encodable {
    struct Queue: Encodable {
        let name: String
        let difference: FiguresSummary
    }

    let first, second: SimulationSummary
    /// Second less first.
    let difference: FiguresSummary
    /// Of the queues that both have.
    let queues: [Queue]

    init(_ one: SimulationReport, _ other: SimulationReport) {
        (first, second) = (SimulationSummary(one), SimulationSummary(other))
        difference = FiguresSummary { one.total.difference($0, to: other.total) }
        queues = one.queues.compactMap { queue in
            guard let same = other.queues.first(where: { $0.name == queue.name }) else { return nil }
            return Queue(name: queue.name, difference: FiguresSummary { queue.total.difference($0, to: same.total) })
        }
    }

    /// Both plans beside each other; `files` are where they stand.
    func tell(files: (first: String, second: String)) throws {
        var lines = [
            "A: \(first.scenario) (\(files.first))", "B: \(second.scenario) (\(files.second))",
            "The same \(first.replications.days) for both, seed \(first.seed); B less A with its 95 % interval.",
        ]
        let names = (Set(first.queues.map(\.name)), Set(second.queues.map(\.name)))
        for (plan, only) in [("A", names.0.subtracting(names.1)), ("B", names.1.subtracting(names.0))]
        where !only.isEmpty {
            lines.append("Only in \(plan), so in nothing but all queues: \(only.sorted().joined(separator: ", ")).")
        }
        for one in first.queues {
            guard let other = second.queues.first(where: { $0.name == one.name }),
                other.targetSeconds != one.targetSeconds
            else { continue }
            lines.append(
                "\(one.name): in time is within \(one.targetSeconds.asTime) in A and \(other.targetSeconds.asTime) in B, so of two promises."
            )
        }
        for queue in queues {
            guard let one = first.queues.first(where: { $0.name == queue.name }),
                let other = second.queues.first(where: { $0.name == queue.name })
            else { continue }
            lines += ["", head("\(queue.name)")] + rows(one.total, other.total, queue.difference)
        }
        if first.queues.count > 1 || second.queues.count > 1 || queues.isEmpty {
            lines += ["", head("All queues")] + rows(first.total, second.total, difference)
        }
        try Terminal.print(lines)
    }

    private func head(_ name: String) -> String {
        name.column(24) + "A".rightColumn(12) + "B".rightColumn(12) + "   B less A"
    }

    private func rows(_ one: FiguresSummary, _ other: FiguresSummary, _ difference: FiguresSummary) -> [String] {
        let seldom = FiguresSummary.seldom.filter { line in
            [one, other].contains { (line.figure($0).value ?? 0) != 0 }
        }
        return (FiguresSummary.usual + seldom).map { line in
            let sides = [one, other].map { line.kind.words(line.figure($0).alone).rightColumn(12) }.joined()
            return line.name.column(24) + sides + "   " + line.kind.difference(line.figure(difference))
        }
    }
}
