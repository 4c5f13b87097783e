import ArgumentParser
import Foundation
import Matching

/// `touchdown match explain`: why two records have their weight.
struct MatchExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why two records have their weight: the parts add up to it.")

    @OptionGroup var input: MatchInput

    @OptionGroup var limits: MatchLimits

    @Argument(help: "The identifiers of the two records; SOURCE:IDENTIFIER where several tables have it.")
    var records: [String] = []

    @Option(name: .long, help: ArgumentHelp("Also draw it: .svg, or .html with a table.", valueName: "file"))
    var chart: String?

    @Flag(name: .long, help: "Print it as JSON.")
    var json = false

    func validate() throws {
        try outputs.validate(json: json)
        guard records.count == 2 || records.isEmpty && input.input.count > 2 else {
            throw ValidationError("Name two records by their identifiers, at the end.")
        }
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths) { try command.explain() }
    }

    private var outputs: MatchOutputs { MatchOutputs(texts: [chart]) }

    /// What was asked for: identifiers right after `--input a.csv` were taken for tables.
    private var asked: (input: MatchInput, records: [String]) {
        guard records.isEmpty else { return (input, records) }
        var input = input
        let records = Array(input.input.suffix(2))
        input.input.removeLast(2)
        return (input, records)
    }

    private func explain() throws {
        let (input, names) = asked
        try outputs.check(inputs: try input.paths())
        let linker = try MatchSteps(input: input, limits: limits.pairs).linker()
        let (left, right) = (try row(names[0], in: linker.records), try row(names[1], in: linker.records))
        guard left != right else {
            throw MatchFault("\(names[0]) and \(names[1]) are one and the same record. Name two.")
        }
        let explanation = linker.explanation(of: left, and: right)
        if let chart {
            try ChartFile.write(.waterfall(of: explanation, calibration: linker.model.calibration), to: chart)
        }
        MatchSteps.noteUntrained(linker.model, input.model)
        if json { return try JSONOutput.print(PairSummary(explanation, linker.model)) }
        try tell(explanation, linker.model)
    }

    /// The row of a name, which may begin with its source; a name that several sources have must.
    private func row(_ name: String, in records: Records) throws -> Int {
        let having = records.sources.filter { records.row(named: name, in: $0.name) != nil }
        if having.count > 1 {
            throw MatchFault(
                """
                Several tables have a record "\(name)". Say which: \
                \(having.map { "\($0.name):\(name)" }.joined(separator: " or ")).
                """)
        }
        if let row = records.row(named: name) { return row }
        for source in records.sources where name.hasPrefix("\(source.name):") {
            if let row = records.row(named: String(name.dropFirst(source.name.count + 1)), in: source.name) {
                return row
            }
        }
        throw MatchFault("No record is called \"\(name)\" in \(records.sources.map(\.name).joined(separator: ", ")).")
    }

    private func tell(_ explanation: Explanation, _ model: Model) throws {
        func line(_ words: String, _ weight: Double) -> String {
            words.column(60) + String(format: "%+9.4f", weight)
        }
        var lines = ["\(explanation.left) and \(explanation.right)"]
        lines.append(line(explanation.found ?? "before anything is compared", explanation.prior))
        for part in explanation.parts {
            let left = part.left.map { $0 ?? "(missing)" }.joined(separator: ", ")
            let right = part.right.map { $0 ?? "(missing)" }.joined(separator: ", ")
            lines.append(
                line("\(part.comparison): \(part.level)\(part.given.map { ", \($0)" } ?? "")", part.weight)
                    + "   \(left) | \(right)")
            if part.frequencyWeight != 0 {
                lines.append(line("\(part.comparison): how rare the value is", part.frequencyWeight))
            }
        }
        lines.append(line("match weight", explanation.weight))
        if let calibration = model.calibration {
            lines.append(
                line(
                    "calibrated: \(calibration.slope) x match weight \(calibration.offset < 0 ? "-" : "+") "
                        + "\(calibration.offset.magnitude)", model.calibrated(explanation.weight)))
        }
        lines.append("match probability \(model.probability(of: explanation.weight))")
        try Terminal.print(lines)
    }
}

/// The weight of a pair in its parts, as JSON.
struct PairSummary: Encodable {
    struct Part: Encodable {
        let comparison, level: String
        /// The other comparison and its level by which the weight is given.
        let given: String?
        let left, right: [String?]
        let weight, frequencyWeight: Double
    }

    let left, right: String
    let prior: Double
    /// What the prior is of, where it is that of a blocking rule's pairs.
    let found: String?
    let parts: [Part]
    let matchWeight: Double
    /// Only where the model was calibrated.
    let calibratedWeight: Double?
    let matchProbability: Double

    init(_ explanation: Explanation, _ model: Model) {
        left = explanation.left
        right = explanation.right
        prior = explanation.prior
        found = explanation.found
        parts = explanation.parts.map {
            Part(
                comparison: $0.comparison, level: $0.level, given: $0.given, left: $0.left, right: $0.right,
                weight: $0.weight,
                frequencyWeight: $0.frequencyWeight)
        }
        matchWeight = explanation.weight
        calibratedWeight = model.calibration == nil ? nil : model.calibrated(explanation.weight)
        matchProbability = model.probability(of: explanation.weight)
    }
}

extension Model {
    /// The weight that counts: calibrated, where the model was.
    func calibrated(_ weight: Double) -> Double {
        calibration.map { $0.slope * weight + $0.offset } ?? weight
    }

    /// The probability that a weight stands for, calibrated.
    func probability(of weight: Double) -> Double { LogOdds.probability(calibrated(weight)) }
}
