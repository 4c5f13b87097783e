import ArgumentParser
import Matching
import Tables

/// `touchdown match predict`: scores the pairs of trained models.
struct MatchPredict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Compare the records by a trained model and write the links.")

    @OptionGroup var input: MatchInput

    @Option(name: .long, help: "Where the links go: CSV, .csv.gz, .csv.zst or .parquet.")
    var output: String

    @Option(name: .long, help: "Links below this probability are left out; 0.01 unless said.")
    var threshold = 0.01

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run { try await command.predict() }
    }

    private func predict() async throws {
        let expense = Expense()
        let steps = MatchSteps(input: input)
        let linker = try steps.linker()
        if linker.model.isUntrained {
            Terminal.note(
                "\(input.model) has no trained numbers, so defaults count. Train it first: touchdown match train.")
        }
        let inputs = try input.sources().map(\.path)
        let table = Locked(try LinkTable(output, linker.records, of: linker.model, inputs: inputs))
        let counts = try await steps.score(linker, from: threshold) { links in try table.change { try $0.write(links) }
        }
        try table.change { try $0.finish() }
        MatchSummary(
            records: linker.records, counts, links: output, threshold: threshold, notes: [], expense
        ).tell(asJSON: json)
    }
}
