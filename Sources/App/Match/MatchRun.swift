import ArgumentParser
import Matching
import Tables

/// `touchdown match run`: everything from tables to clusters.
struct MatchRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Read, train where the model is not, compare, and cluster, in one go.")

    @OptionGroup var input: MatchInput

    @Option(name: .long, help: "Where the links go.")
    var outputLinks: String

    @Option(name: .long, help: "Where the clusters go.")
    var outputClusters: String

    @Option(name: .long, help: "Where the trained model goes, if anywhere: .json for Splink's form, else YAML.")
    var outputModel: String?

    @Option(
        name: .long,
        help: "Links below this probability are left out, of clusters too. Unless said: 0.01 and the model's.")
    var threshold: Double?

    @Flag(inversion: .prefixedNo, help: "Train first. Unless said, when the model has no numbers yet.")
    var train: Bool?

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run { try await command.link() }
    }

    private func link() async throws {
        let expense = Expense()
        let steps = MatchSteps(input: input)
        var linker = try steps.linker()
        var notes: [TrainingNote] = []
        if train ?? linker.model.isUntrained { (linker, notes) = try await steps.trained(linker) }
        let (model, records) = (linker.model, linker.records)
        let inputs = try input.sources().map(\.path)
        let table = try LinkTable(outputLinks, records, of: model, inputs: inputs)
        var plan = model.clustering
        plan.threshold = threshold ?? plan.threshold
        let output = Locked(LinksAndClusters(table: table, clusterer: try records.clusterer(plan, model)))
        let counts = try await steps.score(linker, from: min(threshold ?? 0.01, plan.threshold)) { links in
            try output.change { try $0.take(links) }
        }
        let clustering = try output.change { try $0.finish() }
        try ClusterTable.write(clustering, of: records, to: outputClusters, inputs: inputs)
        if let outputModel { try ModelFile.write(model, to: outputModel) }
        let summary = MatchSummary(
            records: records, counts, links: outputLinks, clusters: clustering, to: outputClusters,
            threshold: plan.threshold, notes: notes, expense)
        summary.tell(asJSON: json)
    }
}

/// Links on their way to their file and to their clusters.
private struct LinksAndClusters {
    let table: LinkTable
    var clusterer: Clusterer

    mutating func take(_ links: [Link]) throws {
        try table.write(links)
        clusterer.add(contentsOf: links)
    }

    mutating func finish() throws -> Clustering {
        try table.finish()
        return clusterer.clusters()
    }
}

enum Threshold {
    static func check(_ threshold: Double?) throws {
        guard let threshold, !(threshold >= 0 && threshold <= 1) else { return }
        throw ValidationError("--threshold is a probability from 0 to 1; \(threshold) is not.")
    }
}
