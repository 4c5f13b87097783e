import ArgumentParser
import Foundation
import Matching

/// `touchdown match train`: finds a model's numbers in the records.
struct MatchTrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Find in the records what each agreement is worth, and write the model.")

    @OptionGroup var input: MatchInput

    @Option(name: .long, help: "Where the trained model goes: .json for Splink's form, else YAML.")
    var outputModel: String

    @Option(name: .long, help: "Also draw the weights to this file: .svg, or .html with a table.")
    var chart: String?

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func run() async throws {
        let command = self
        try await MatchCommand.run { try await command.train() }
    }

    private func train() async throws {
        let expense = Expense()
        let steps = MatchSteps(input: input)
        let (linker, notes) = try await steps.trained(try steps.linker())
        try ModelFile.write(linker.model, to: outputModel)
        if let chart { try ChartFile.write(.weights(of: linker.model), to: chart) }
        let spent = expense.spent
        let summary = Summary(
            records: linker.records.count, prior: linker.model.prior, model: outputModel, notes: notes.map(\.sentence),
            seconds: spent.seconds, processorSeconds: spent.processorSeconds, peakMemoryBytes: spent.peakBytes)
        if json { return JSONOutput.print(summary) }
        for note in summary.notes { Terminal.note(note) }
        Terminal.say("\(outputModel): trained on \(summary.records.grouped) records; prior \(summary.prior).")
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
    static func write(_ chart: Chart, to path: String) throws {
        try TextFile.write(path.hasSuffix(".svg") ? chart.svg() : chart.html(), to: path)
    }
}
