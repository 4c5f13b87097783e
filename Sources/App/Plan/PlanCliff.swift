import ArgumentParser
import Staffing
import Values

/// `touchdown plan cliff`: the share answered in time against the number of advisers.
struct PlanCliff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cliff",
        abstract: "How the share answered in time falls with the number of advisers.",
        discussion: """
            The scenario is lived through with each number of advisers from --from to --to, every shift keeping its part of \
            them; the same customers come each time.
            """)

    @Option(name: .long, help: ArgumentHelp("The scenario: YAML.", valueName: "file"))
    var scenario: String

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("The fewest advisers.", valueName: "number"))
    var from: String

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("The most.", valueName: "number"))
    var to: String

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("From one number to the next; what makes about 16 steps unless said.", valueName: "number"))
    var step: String?

    @Option(name: .long, help: ArgumentHelp("Also draw it: .svg or .html.", valueName: "file"))
    var chart: String?

    @OptionGroup var input: ScenarioInput

    @Flag(name: .long, help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        _ = try advisers()
        if let chart, !chart.hasSuffix(".svg"), !chart.hasSuffix(".html") {
            throw ValidationError("--chart is a file that ends in .svg or .html; \(chart) does not.")
        }
    }

    func run() async throws {
        let command = self
        try await PlanCommand.run(writing: [chart].compactMap(\.self)) { try await command.climb() }
    }

    private func climb() async throws {
        try MatchOutputs(texts: [chart]).check(inputs: [scenario])
        let scenario = try ScenarioInput.scenario(scenario)
        let line = Locked(ProgressLine("simulating"))
        let cliff = try await Cliff(
            of: scenario, advisers: advisers(), replications: input.days(), seed: input.chance(), cores: input.workers()
        ) { done, all in
            line.change { $0.show(Double(done) / Double(all), "\(done) of \(all) days") }
        }
        line.change { $0.finish() }
        if let chart { try ChartFile.write(cliff.chart, to: chart) }
        let summary = CliffSummary(cliff)
        try json ? JSONOutput.print(summary) : summary.tell()
    }

    /// The numbers of advisers to be tried.
    private func advisers() throws -> [Int] {
        let range = 1...100_000
        let (from, to) = try (
            PlanWords.whole(from, in: range, of: "--from"), PlanWords.whole(to, in: range, of: "--to")
        )
        guard from < to else { throw ValidationError("--from must be smaller than --to; \(from) and \(to) are not.") }
        let step = try step.map { try PlanWords.whole($0, in: range, of: "--step") } ?? max(1, (to - from) / 16)
        let numbers = Array(stride(from: from, to: to, by: step)) + [to]
        guard numbers.count <= 200 else {
            throw ValidationError(
                "These are \(numbers.count) numbers of advisers. Choose a larger --step, for at most 200.")
        }
        return numbers
    }
}
