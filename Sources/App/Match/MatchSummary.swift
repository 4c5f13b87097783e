import Foundation
import Matching

/// What a run did, for people and for programs.
struct MatchSummary: Encodable {
    struct Clusters: Encodable {
        let file: String
        let count, withSeveralRecords, largest: Int
    }

    let records: Int
    let sources: [String: Int]
    let pairsCompared: Int
    let linksFile: String?
    let links: Int
    var clusters: Clusters?
    let threshold: Double
    let notes: [String]
    let splitBlocks: [SplitSummary]
    let seconds, processorSeconds: Double
    let peakMemoryBytes: Int

    init(
        records: Records, _ counts: (pairs: Int, links: Int), links: String?, clusters: Clustering? = nil,
        to file: String = "", threshold: Double, notes: [String], split: [SplitBlock], _ expense: Expense
    ) {
        self.records = records.count
        sources = Dictionary(uniqueKeysWithValues: records.sources.map { ($0.name, $0.rows.count) })
        pairsCompared = counts.pairs
        self.links = counts.links
        linksFile = links
        self.threshold = threshold
        self.notes = notes + split.sentences
        splitBlocks = split.map(SplitSummary.init)
        if let clusters {
            let sizes = clusters.sizes()
            self.clusters = Clusters(
                file: file, count: sizes.count { $0 > 0 }, withSeveralRecords: sizes.count { $0 > 1 },
                largest: Int(sizes.max() ?? 0))
        }
        (seconds, processorSeconds, peakMemoryBytes) = expense.spent
    }

    /// Prints it: as JSON to the standard output, or as sentences to the standard error.
    func tell(asJSON: Bool) throws {
        if asJSON { return try JSONOutput.print(self) }
        for note in notes { Terminal.note(note) }
        Terminal.say("\(records.grouped) records, \(pairsCompared.grouped) pairs compared, \(links.grouped) links.")
        if let linksFile { Terminal.say("Links: \(linksFile)") }
        if let clusters {
            Terminal.say(
                """
                Clusters: \(clusters.file), \(clusters.count.grouped) of them, \(clusters.withSeveralRecords.grouped) \
                with several records, the largest with \(clusters.largest.grouped). Threshold \(threshold).
                """)
        }
        Terminal.say((seconds, processorSeconds, peakMemoryBytes))
    }
}

extension Terminal {
    /// What a command used.
    static func say(_ spent: (seconds: Double, processorSeconds: Double, peakBytes: Int)) {
        say(
            String(
                format: "%.1f s, %.1f s of processor time, at most %d MB.", spent.seconds, spent.processorSeconds,
                spent.peakBytes >> 20))
    }
}

/// JSON on the standard output, keys in order. A figure that cannot be known is left out.
enum JSONOutput {
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        try Draft(String(decoding: encoder.encode(value), as: UTF8.self) + "\n", for: "-").finish()
    }
}
