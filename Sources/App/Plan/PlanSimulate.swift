import ArgumentParser
import Staffing
import Values

/// `touchdown plan simulate`: what a scenario comes to, and how two compare.
struct PlanSimulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Live a day through many times, on the router that production runs.",
        discussion: """
            A scenario says who comes, who is there, and how both behave: docs/examples/surge.yaml has every key. Every \
            figure comes with its 95 % interval over the replications.

            With --against both plans meet the same customers on the same days, so that their difference is known far \
            better than either.
            """)

    @Option(name: .long, help: ArgumentHelp("The scenario: YAML.", valueName: "file"))
    var scenario: String

    @Option(name: .long, help: ArgumentHelp("Another plan to compare it with.", valueName: "file"))
    var against: String?

    @OptionGroup var input: ScenarioInput

    @Flag(name: .long, help: "Print the figures as JSON, also by interval.")
    var json = false

    func run() async throws {
        let command = self
        try await PlanCommand.run { try await command.simulate() }
    }

    private func simulate() async throws {
        let plans = try [scenario, against].compactMap(\.self).map { try ScenarioInput.scenario($0) }
        guard Set(plans.map(\.measured)).count == 1 else {
            throw PlanFault(
                "The two plans measure other hours, so they cannot be compared. Give both the same `measure`.")
        }
        let first = try Simulation(plans[0])
        let second = try plans.count > 1 ? Simulation(plans[1]) : nil
        let report = try await report(first, named: second == nil ? "simulating" : "first plan")
        guard let second else {
            let summary = SimulationSummary(report)
            return try json ? JSONOutput.print(summary) : summary.tell()
        }
        let summary = try await ComparisonSummary(report, self.report(second, named: "second plan"))
        try json ? JSONOutput.print(summary) : summary.tell(files: (scenario, against ?? ""))
    }

    private func report(_ simulation: Simulation, named step: String) async throws -> SimulationReport {
        let days = try input.days()
        let line = Locked(ProgressLine(step))
        let report = try await simulation.run(
            replications: days, seed: input.chance(), cores: input.workers()
        ) { done in
            line.change { $0.show(Double(done) / Double(days), "\(done) of \(days) days") }
        }
        line.change { $0.finish() }
        return report
    }
}
