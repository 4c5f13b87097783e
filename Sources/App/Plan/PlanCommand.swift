import ArgumentParser
import Values

/// How many advisers a queue needs, what so many give, and what will come.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "How many advisers are needed, and what if: staffing mathematics, forecasts, a simulator.",
        discussion: """
            Times are written with their units: 240s, 30m, 1h30m, "5 min", 14d. Shares are written 0.8 or 80%. What each \
            figure means, and when it is wrong, stands in docs/planning.md.

            A first look:
              touchdown plan staff --calls 1000 --per 30m --aht 240s --target 0.8 --within 300s --patience 10m
              touchdown plan simulate --scenario docs/examples/surge.yaml

            Results go to files or the standard output, all else to the standard error. Exit codes: 0 done, 64 called \
            wrongly, 65 a question without an answer or a file that is not as it must be, 130 stopped.
            """,
        subcommands: [
            PlanStaff.self, PlanHistory.self, PlanForecast.self, PlanInputs.self, PlanSimulate.self, PlanCliff.self,
        ])

    /// Runs a step as `match` runs its own: control-C calls it off, and what a rule or a file says no to becomes a
    /// sentence and exit code 65. `outputs` are the files that the step writes.
    static func run(writing outputs: [String] = [], _ step: @escaping @Sendable () async throws -> Void) async throws {
        try await MatchCommand.run(writing: outputs, step)
    }
}

/// Something about a plan's files that cannot be used, for whoever called the command.
struct PlanFault: Refusal {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }
}
