import ArgumentParser
import Charts
import Foundation
import Matching

/// `touchdown match train`: finds a model's numbers in the records.
struct MatchTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Find in the records what each agreement is worth, and write the model.")

    @OptionGroup var input: MatchInput

    @OptionGroup var limits: MatchLimits

    @Option(
        name: .long,
        help: ArgumentHelp("Where the trained model goes: .json for Splink's form, else YAML.", valueName: "file"))
    var outputModel: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What is known to be true, as `evaluate` takes it: m, and with clusters the prior, are learned from it.",
            valueName: "file"))
    var truth: String?

    @Option(name: .long, help: ArgumentHelp("Also draw the weights: .svg, or .html with a table.", valueName: "file"))
    var chart: String?

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws { try outputs.validate(json: json) }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths) { try await command.train() }
    }

    private var outputs: MatchOutputs { MatchOutputs(texts: [outputModel, chart]) }

    private func train() async throws {
        let expense = Expense()
        try outputs.check(inputs: try input.paths() + [truth].compactMap(\.self))
        let steps = MatchSteps(input: input, limits: limits.pairs)
        let (linker, notes) = try await steps.trained(try steps.linker(), by: truth)
        let model = try ModelFile.draft(of: linker.model, to: outputModel)
        let drawn = try chart.map { try ChartFile.draft(of: .weights(of: linker.model), to: $0) }
        try model.finish()
        try drawn?.finish()
        let spent = expense.spent
        let summary = Summary(
            records: linker.records.count, prior: linker.model.prior, model: outputModel, notes: notes,
            seconds: spent.seconds, processorSeconds: spent.processorSeconds, peakMemoryBytes: spent.peakBytes)
        if json { return try JSONOutput.print(summary) }
        for note in summary.notes { Terminal.note(note) }
        Terminal.say(
            """
            Trained on \(summary.records.grouped) records: one pair in \(Int(min(1 / summary.prior, 1e18).rounded()).grouped) \
            matches. Model: \(outputModel)
            """)
        Terminal.say(spent)
    }

    private struct Summary: Encodable {
        let records: Int
        let prior: Double
        let model: String
        let notes: [String]
        let seconds, processorSeconds: Double
        let peakMemoryBytes: Int
    }
}

/// Writes charts: SVG alone, or HTML with the figures as a table.
enum ChartFile {
    static func draft(of chart: Chart, to path: String) throws -> Draft {
        try Draft(path.hasSuffix(".svg") ? chart.svg() : chart.html(), for: path)
    }

    static func write(_ chart: Chart, to path: String) throws {
        try draft(of: chart, to: path).finish()
    }
}
