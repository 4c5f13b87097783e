import Matching

/// What a join did, or would do, for people and for programs.
struct JoinSummary: Encodable {
    struct Clusters: Encodable {
        let file: String
        let count, withSeveralRecords, largest: Int
    }

    struct History: Encodable {
        let file: String
        let births, growths, merges, splits, erasures, ends: Int
    }

    let records, newRecords, correctedRecords, unchangedRecords, withdrawnRecords: Int
    let pairsCompared: Int
    private(set) var splitBlocks: [SplitSummary] = []
    private var notes: [String] = []
    private(set) var links: Int?
    private(set) var linksFile: String?
    private(set) var clusters: Clusters?
    private(set) var history: History?
    private(set) var threshold: Double?
    let seconds, processorSeconds: Double
    let peakMemoryBytes: Int

    private enum CodingKeys: String, CodingKey {
        case records, newRecords, correctedRecords, unchangedRecords, withdrawnRecords, pairsCompared, splitBlocks
        case links, linksFile, clusters, history, threshold, seconds, processorSeconds, peakMemoryBytes
    }

    /// What would be done.
    init(_ tables: JoinTables, _ past: JoinPast, pairs: Int, split: [SplitBlock], _ expense: Expense) {
        splitBlocks = split.map(SplitSummary.init)
        notes = split.sentences
        records = tables.records.count
        newRecords = tables.new.count
        correctedRecords = tables.corrected.count
        unchangedRecords = tables.unchanged
        withdrawnRecords = past.withdrawn.count
        pairsCompared = pairs
        (seconds, processorSeconds, peakMemoryBytes) = expense.spent
    }

    init(
        _ tables: JoinTables, _ past: JoinPast, _ counts: (pairs: Int, links: Int), _ book: JoinedBook,
        _ command: MatchJoin, _ threshold: Double, _ split: [SplitBlock], _ expense: Expense
    ) {
        self.init(tables, past, pairs: counts.pairs, split: split, expense)
        links = counts.links
        linksFile = command.outputLinks
        self.threshold = threshold
        let sizes = book.book.clustering().sizes().prefix(records)
        clusters = Clusters(
            file: command.outputClusters, count: sizes.count { $0 > 0 }, withSeveralRecords: sizes.count { $0 > 1 },
            largest: Int(sizes.max() ?? 0))
        history = History(
            file: command.outputHistory, births: book.count(.birth), growths: book.count(.growth),
            merges: book.count(.merge), splits: book.count(.split), erasures: book.count(.erasure),
            ends: book.count(.end))
    }

    /// Prints it: as JSON to the standard output, or as sentences, which of a dry run are the result.
    func tell(asJSON: Bool) throws {
        if asJSON { return try JSONOutput.print(self) }
        let came = """
            \(records.grouped) records: \(newRecords.grouped) new, \(correctedRecords.grouped) corrected, \
            \(unchangedRecords.grouped) came again as they were, \(withdrawnRecords.grouped) withdrawn.
            """
        guard let clusters, let history, let links, let threshold else {
            return try Terminal.print(notes + [came, "\(pairsCompared.grouped) pairs would be compared."])
        }
        for note in notes { Terminal.note(note) }
        Terminal.say(came)
        Terminal.say("\(pairsCompared.grouped) pairs compared, \(links.grouped) links.")
        if let linksFile { Terminal.say("Links: \(linksFile)") }
        Terminal.say(
            """
            Clusters: \(clusters.file), \(clusters.count.grouped) of them, \(clusters.withSeveralRecords.grouped) with \
            several records, the largest with \(clusters.largest.grouped). Threshold \(threshold).
            """)
        Terminal.say(
            """
            History: \(history.file). \(history.births.grouped) clusters began, \(history.growths.grouped) records joined \
            one, \(history.merges.grouped) clusters merged into another, \(history.splits.grouped) records split off, \
            \(history.erasures.grouped) left, \(history.ends.grouped) clusters ended.
            """)
        Terminal.say((seconds, processorSeconds, peakMemoryBytes))
    }
}
