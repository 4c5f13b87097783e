import ArgumentParser
import Foundation
import Matching
import Tables

/// `touchdown match run`: everything from tables to clusters.
struct MatchRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Read, train where the model is not, compare, and cluster, in one go.")

    @OptionGroup var input: MatchInput

    @OptionGroup var limits: MatchLimits

    @OptionGroup var continuation: MatchContinuation

    @Option(
        name: .long,
        help: ArgumentHelp("Where the links go: CSV, .tsv, .csv.gz, .csv.zst or .parquet.", valueName: "file"))
    var outputLinks: String

    @Option(name: .long, help: ArgumentHelp("Where the clusters go, likewise.", valueName: "file"))
    var outputClusters: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the trained model goes, if anywhere: .json for Splink's form, else YAML.", valueName: "file"))
    var outputModel: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Links below this probability are left out, of clusters too. Unless said: 0.01, and for clusters the model's.",
            valueName: "probability"))
    var threshold: Double?

    @Flag(inversion: .prefixedNo, help: "Train first. Unless said, when the model has no numbers yet.")
    var train: Bool?

    @Flag(name: .long, help: "Only say what would be done, as `check` does. Nothing is compared or written.")
    var dryRun = false

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
        try continuation.validate(input.memory)
        try outputs.validate(json: json)
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths, keeping: continuation.isWanted) { try await command.link() }
    }

    private var outputs: MatchOutputs { MatchOutputs(tables: [outputLinks, outputClusters], texts: [outputModel]) }

    /// What changes the links beside the model and the tables.
    private var settings: [(name: String, value: String)] {
        limits.settings + [
            ("--threshold", threshold.map { "\($0)" } ?? "none"), ("--train", train.map { "\($0)" } ?? "unless said"),
        ]
    }

    private func link() async throws {
        let expense = Expense()
        let inputs = try input.paths()
        try outputs.check(inputs: inputs)
        let kept = dryRun ? nil : try continuation.run(of: input, settings)
        let steps = MatchSteps(input: input, limits: limits.pairs, kept: kept)
        var linker = try steps.linker()
        if dryRun {
            let plan = try await PlanSummary.make(linker, expense).plan
            return try json ? JSONOutput.print(plan) : plan.tell()
        }
        var notes: [String] = []
        if train ?? linker.model.isUntrained { (linker, notes) = try await steps.trained(linker) }
        MatchSteps.noteUntrained(linker.model, input.model)
        let (model, records) = (linker.model, linker.records)
        var plan = model.clustering
        plan.threshold = threshold ?? plan.threshold
        let split = try steps.splitBlocks(linker)
        let links = try LinkTable(outputLinks, records, of: model, inputs: inputs)
        let output = Locked(LinksAndClusters(links: links, clusterer: try records.clusterer(plan, model)))
        let counts = try await steps.score(linker, from: min(threshold ?? 0.01, plan.threshold)) {
            links in
            try output.change { try $0.take(links) }
        }
        let clusters = try output.change { try $0.finish(records, model, self, inputs) }
        kept?.remove()
        try MatchSummary(
            records: records, counts, links: outputLinks, clusters: clusters, to: outputClusters,
            threshold: plan.threshold, notes: notes, split: split, expense
        ).tell(asJSON: json)
    }
}

/// Links on their way to their file and to their clusters.
private struct LinksAndClusters {
    let links: LinkTable
    var clusterer: Clusterer

    mutating func take(_ some: [Link]) throws {
        try links.write(some)
        clusterer.add(contentsOf: some)
    }

    /// All files get their names when all are whole, or none does.
    func finish(_ records: Records, _ model: Model, _ command: MatchRun, _ inputs: [String]) throws -> Clustering {
        let clustering = clusterer.clusters()
        try links.settle()
        let clusters = try ClusterTable.written(clustering, of: records, to: command.outputClusters, inputs: inputs)
        let modelFile = try command.outputModel.map { try ModelFile.draft(of: model, to: $0) }
        try links.finish()
        try clusters.finish()
        try modelFile?.finish()
        return clustering
    }
}

enum Threshold {
    static func check(_ threshold: Double?) throws {
        guard let threshold, !(threshold >= 0 && threshold <= 1) else { return }
        throw ValidationError("--threshold is a probability from 0 to 1; \(threshold) is not.")
    }
}
