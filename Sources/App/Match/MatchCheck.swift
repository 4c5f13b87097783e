import ArgumentParser
import Foundation
import Matching

/// `touchdown match check`: what would be done, before anything is compared.
struct MatchCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Say what would be done: columns, blocks, pairs, memory, time. A dry run of `run`: nothing is compared or written."
    )

    @OptionGroup var input: MatchInput

    @OptionGroup var limits: MatchLimits

    @Option(
        name: .long,
        help: ArgumentHelp("Draw what each blocking rule brings: .svg, or .html with a table.", valueName: "file"))
    var chart: String?

    @Flag(name: .long, help: "Print it as JSON.")
    var json = false

    func validate() throws { try outputs.validate(json: json) }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths) { try await command.check() }
    }

    private var outputs: MatchOutputs { MatchOutputs(texts: [chart]) }

    private func check() async throws {
        let expense = Expense()
        try outputs.check(inputs: try input.paths())
        let (plan, report) = try await PlanSummary.make(
            MatchSteps(input: input, limits: limits.pairs).linker(), expense)
        if let chart { try ChartFile.write(.blocking(report), to: chart) }
        try json ? JSONOutput.print(plan) : plan.tell()
    }
}

/// What would be done.
struct PlanSummary: Encodable {
    struct Column: Encodable {
        let name: String
        let filled, distinct: Int
    }

    /// Values that the comparisons cannot read as what they want.
    struct Unread: Encodable {
        let value: String
        let filled, unread: Int
        let example: String
        let exampleRecords: Int
        let sentence: String
    }

    struct Rule: Encodable {
        let rule: String
        let pairs, newPairs: Int
        /// Pairs that no other rule brings, when that was counted.
        let onlyPairs: Int?
        /// Whether the figures were estimated from a sample.
        let isEstimated: Bool
        let largestBlock, largestBlockPairs: Int
        let largestBlockKey: [String]
    }

    let records: Int
    let columns: [Column]
    let unreadValues: [Unread]
    let rules: [Rule]
    /// Pairs of the rules, and those that no rule brings where these are compared as well.
    let pairs, otherPairs: Int
    /// What was measured so far or will be needed, whichever is more; and what lies in files, of which the system keeps in
    /// memory what it has room for.
    let memoryBytes, fileBytes: Int
    /// What reading took, and what comparing is guessed to take, with training where the model has no numbers.
    let secondsReading, secondsComparing: Double
    let isTrained: Bool
    /// What would become of blocks that are too large, where they are not refused.
    let splitBlocks: [SplitSummary]
    private let notes: [String]
    private let mostBlockPairs: Int

    private enum CodingKeys: String, CodingKey {
        case records, columns, unreadValues, rules, pairs, otherPairs, memoryBytes, fileBytes, secondsReading,
            secondsComparing
        case isTrained, splitBlocks
    }

    /// Seconds of a core for each record under each rule, each pair of a rule, and each that no rule brings. Training looks
    /// at all levels of a pair, comparing only until it cannot be a link any more. docs/performance.md has the measurements.
    private struct Cost {
        let record, pair, otherPair: Double

        static let training = Cost(record: 1.0e-7, pair: 3.0e-7, otherPair: 9.0e-7)
        static let comparing = Cost(record: 1.0e-7, pair: 1.5e-7, otherPair: 3.5e-7)
    }

    /// Seconds that training takes beside, on one core, and those of writing a record.
    private static let training = 0.5
    private static let writing = 4.0e-7

    private static func seconds(of linker: Linker, rules: Int, pairs: Int, otherPairs: Int) -> Double {
        let (records, isTrained) = (Double(linker.records.count), !linker.model.isUntrained)
        let costs: [Cost] = isTrained ? [.comparing] : [.training, .comparing]
        let ofAllCores = costs.reduce(0) { sum, cost in
            sum + cost.record * records * Double(rules) + cost.pair * Double(pairs)
                + cost.otherPair * Double(otherPairs)
        }
        return ofAllCores / Double(linker.workers) + writing * records + (isTrained ? 0 : training)
    }

    /// The program itself, in bytes.
    private static let program = 24 << 20

    init(
        _ linker: Linker, _ report: BlockingReport, _ split: [SplitBlock], _ expense: Expense, reading: Double
    ) {
        records = linker.records.count
        columns = linker.records.columnFigures.map { Column(name: $0.name, filled: $0.filled, distinct: $0.distinct) }
        unreadValues = linker.records.unreadValues(of: linker.model).map {
            Unread(
                value: $0.value, filled: $0.filled, unread: $0.unread, example: $0.example,
                exampleRecords: $0.exampleRecords, sentence: $0.sentence)
        }
        rules = report.rules.map { rule in
            Rule(
                rule: rule.text, pairs: rule.pairs, newPairs: rule.gain, onlyPairs: rule.only,
                isEstimated: rule.isEstimated, largestBlock: rule.largest?.records ?? 0,
                largestBlockPairs: rule.largest?.pairs ?? 0,
                largestBlockKey: rule.largest?.key ?? [])
        }
        pairs = report.total
        otherPairs = linker.willCompareRest ? max(0, Int(linker.possiblePairs) - report.total) : 0
        memoryBytes = max(expense.spent.peakBytes, linker.memoryNeeded + Self.program)
        fileBytes = linker.records.spilled
        secondsReading = reading
        isTrained = !linker.model.isUntrained
        secondsComparing = Self.seconds(of: linker, rules: rules.count, pairs: pairs, otherPairs: otherPairs)
        splitBlocks = split.map(SplitSummary.init)
        notes = split.sentences
        mostBlockPairs = linker.limits.pairsOfBlock
    }

    static func make(_ linker: Linker, _ expense: Expense) async throws -> (plan: Self, report: BlockingReport) {
        let reading = expense.spent.seconds
        let split = linker.limits.hugeBlocks == .refuse ? [] : try linker.splitBlocks()
        let report = try await linker.blockingReport()
        return (Self(linker, report, split, expense, reading: reading), report)
    }

    func tell() throws {
        var lines = ["\(records.grouped) records"]
        lines += columns.map { "  \($0.name): \($0.filled.grouped) filled, \($0.distinct.grouped) different values" }
        lines.append("Blocking rules, in their order:")
        lines += rules.flatMap { $0.lines(refusing: mostBlockPairs) }
        let others = otherPairs > 0 ? ", and, as they are few, \(otherPairs.grouped) that no rule brings" : ""
        lines += notes
        lines.append("\(pairs.grouped) pairs would be compared\(others).")
        let files = fileBytes > 0 ? ", and \(fileBytes >> 20) MB in files" : ""
        lines.append(
            """
            Memory: about \(memoryBytes >> 20) MB\(files). Time: about \(Int(secondsReading + secondsComparing) + 1) s.
            """)
        if !isTrained { lines.append("The model has no numbers yet: it would be trained first, which is counted in.") }
        try Terminal.print(lines)
    }
}

extension PlanSummary.Rule {
    fileprivate func lines(refusing most: Int) -> [String] {
        let about = isEstimated ? "about " : ""
        var figures = "    \(about)\(pairs.grouped) pairs, \(newPairs.grouped) of them new"
        if let onlyPairs { figures += ", \(onlyPairs.grouped) brought by no other rule" }
        var lines = ["  \(rule)", figures]
        if largestBlock > 0 {
            let key = largestBlockKey.isEmpty ? "" : " (\(largestBlockKey.joined(separator: ", ")))"
            lines.append("    largest block: \(largestBlock.grouped) records, \(largestBlockPairs.grouped) pairs\(key)")
        }
        if largestBlockPairs > most {
            lines.append(
                "    This block is too large: `predict` and `run` refuse it unless --most-block-pairs or --huge-blocks says otherwise."
            )
        }
        return lines
    }
}
