import ArgumentParser
import Foundation
import Matching
import Tables

/// `touchdown match join`: new, corrected and withdrawn records find their place in the clusters there are.
struct MatchJoin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Let new records join the clusters there are, without linking all of them again.",
        discussion: """
            Only new records are compared, with all and with each other. A cluster keeps its name; where one merges with \
            another, or loses a record, the history says so. A record that comes again under its name replaces the \
            earlier one.

              touchdown match join --model trained.yaml --input people.csv --new monday.csv \\
                --clusters clusters.csv --output-clusters c-monday.csv --output-history h-monday.csv
              touchdown match join --model trained.yaml --input people.csv monday.csv --new tuesday.csv \\
                --clusters c-monday.csv --history h-monday.csv \\
                --output-clusters c-tuesday.csv --output-history h-tuesday.csv
            """)

    @OptionGroup var input: MatchInput

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp(
            "The new records, and those that come again. Of several tables say which: tax=monday.csv.",
            valueName: "file"))
    var new: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("The names of records that leave, in the column unique_id.", valueName: "file"))
    var withdraw: String?

    @Option(name: .long, help: ArgumentHelp("The clusters, as `run` or `join` wrote them.", valueName: "file"))
    var clusters: String

    @Option(
        name: .long,
        help: ArgumentHelp("The history that was written with them; none after `run`.", valueName: "file"))
    var history: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The links of which the clusters were made: needed unless everything that is linked is one cluster.",
            valueName: "file"))
    var links: String?

    @Option(name: .long, help: ArgumentHelp("Where the clusters go, as with `run`.", valueName: "file"))
    var outputClusters: String

    @Option(
        name: .long,
        help: ArgumentHelp("Where the history goes: what was given, and what happened now.", valueName: "file"))
    var outputHistory: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the links go: those given with --links that still hold, and the new ones.", valueName: "file"))
    var outputLinks: String?

    @OptionGroup var limits: MatchLimits

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Links below this probability are not used: as when the clusters were made. Unless said, the model's.",
            valueName: "probability"))
    var threshold: Double?

    @Option(
        name: .long, help: ArgumentHelp("When, for the history. Unless said, today's date.", valueName: "words"))
    var when: String?

    @Flag(name: .long, help: "Only say what would join and be compared. Nothing is compared or written.")
    var dryRun = false

    @Flag(name: .long, help: "Print a summary as JSON.")
    var json = false

    func validate() throws {
        try Threshold.check(threshold)
        try outputs.validate(json: json)
        if new.isEmpty, withdraw == nil { throw ValidationError("Name new records with --new, or some to --withdraw.") }
        if let when, when.isEmpty || when.contains(where: \.isNewline) {
            throw ValidationError("--when is a word or a few, on one line.")
        }
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths) { try await command.join() }
    }

    private var outputs: MatchOutputs { MatchOutputs(tables: [outputClusters, outputHistory, outputLinks]) }

    private func join() async throws {
        let expense = Expense()
        let model = try readModel()
        let sources = try JoinSources(input, new: new, of: model)
        let inputs = sources.paths + [input.model, clusters] + [history, withdraw, links].compactMap(\.self)
        try outputs.check(inputs: inputs)
        let frequencies = try input.readFrequencies(of: model)
        let past = try JoinPast(self, sources)
        var reader = JoinReader(
            input, model, past.clusters, sources, withdrawn: past.withdrawn, erased: past.erased)
        let tables = try reader.read(sources)
        let steps = MatchSteps(input: input, limits: limits.pairs)
        let linker = try steps.linker(model, tables.records, frequencies)
        let choice = past.choice(tables)
        let split = try steps.splitBlocks(linker)
        if dryRun {
            let pairs = choice == nil ? 0 : try await linker.pairs(among: choice)
            return try JoinSummary(tables, past, pairs: pairs, split: split, expense).tell(asJSON: json)
        }
        let plan = plan(of: model)
        let found = Locked(try JoinLinks(past, tables, plan, model, to: outputLinks, inputs: inputs))
        let floor = outputLinks == nil ? plan.threshold : min(threshold ?? 0.01, plan.threshold)
        var counts = (pairs: 0, links: 0)
        if let choice {
            counts = try await steps.score(linker, from: floor, among: choice) { links in
                try found.change { try $0.take(links) }
            }
        }
        let book = try found.change { try $0.finish(self, past, inputs) }
        try JoinSummary(tables, past, counts, book, self, plan.threshold, split, expense).tell(asJSON: json)
    }

    private func readModel() throws -> Model {
        let model = try input.readModel()
        guard !model.isUntrained else {
            throw MatchFault(
                """
                \(input.model) has no trained numbers. Join by the model that the clusters were made with: `match run` \
                writes it with --output-model.
                """)
        }
        let plan = plan(of: model)
        guard plan.method == .connected && plan.mostRecords == nil || links != nil else {
            throw MatchFault(
                """
                The model makes clusters by \(plan.mostRecords == nil ? plan.method.rawValue : "size"), which all links \
                have a say in. Name those that the clusters were made of: --links FILE; and with --output-links those for \
                the next time.
                """)
        }
        return model
    }

    private func plan(of model: Model) -> ClusteringPlan {
        var plan = model.clustering
        plan.threshold = threshold ?? plan.threshold
        return plan
    }

    /// The day in the history.
    static var today: String { Date().formatted(.iso8601.year().month().day()) }
}
