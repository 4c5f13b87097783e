import ArgumentParser
import Matching
import Tables

/// `touchdown match predict`: scores the pairs of trained models.
struct MatchPredict: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Compare the records by a trained model and write the links.")

    @OptionGroup var input: MatchInput

    @OptionGroup var limits: MatchLimits

    @OptionGroup var continuation: MatchContinuation

    @Option(
        name: .long,
        help: ArgumentHelp("Where the links go: CSV, .tsv, .csv.gz, .csv.zst or .parquet.", valueName: "file"))
    var output: String

    @Option(
        name: .long, help: ArgumentHelp("Links below this probability are left out.", valueName: "probability"))
    var threshold = 0.01

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
        try continuation.validate(input.memory)
        try outputs.validate(json: json)
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths, keeping: continuation.isWanted) {
            try await command.predict()
        }
    }

    private var outputs: MatchOutputs { MatchOutputs(tables: [output]) }

    private func predict() async throws {
        let expense = Expense()
        try outputs.check(inputs: try input.paths())
        let kept = try continuation.run(of: input, limits.settings + [("--threshold", "\(threshold)")])
        let steps = MatchSteps(input: input, limits: limits.pairs, kept: kept)
        let linker = try steps.linker()
        MatchSteps.noteUntrained(linker.model, input.model)
        let split = try steps.splitBlocks(linker)
        let table = Locked(try LinkTable(output, linker.records, of: linker.model, inputs: try input.paths()))
        let counts = try await steps.score(linker, from: threshold) { links in
            try table.change { try $0.write(links) }
        }
        try table.change { try $0.finish() }
        kept?.remove()
        try MatchSummary(
            records: linker.records, counts, links: output, threshold: threshold, notes: [], split: split, expense
        ).tell(asJSON: json)
    }
}
