import ArgumentParser
import Foundation
import Matching

/// `touchdown match explain`: why two records have their weight.
struct MatchExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why two records have their weight: the parts add up to it.")

    @OptionGroup var input: MatchInput

    @Argument(help: "The identifiers of the two records; SOURCE:IDENTIFIER where several tables have it.")
    var records: [String]

    @Option(name: .long, help: "Also draw it to this file: .svg, or .html with a table.")
    var chart: String?

    @Flag(name: .long, help: "Print it as JSON.")
    var json = false

    func validate() throws {
        if records.count != 2 { throw ValidationError("Name two records by their identifiers, at the end.") }
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run { try command.explain() }
    }

    private func explain() throws {
        let linker = try MatchSteps(input: input).linker()
        let explanation = linker.explanation(
            of: try row(records[0], in: linker.records), and: try row(records[1], in: linker.records))
        if let chart {
            try ChartFile.write(.waterfall(of: explanation, calibration: linker.model.calibration), to: chart)
        }
        json ? JSONOutput.print(PairSummary(explanation, linker.model)) : tell(explanation, linker.model)
    }

    private func row(_ name: String, in records: Records) throws -> Int {
        if let row = records.row(named: name) { return row }
        if let colon = name.firstIndex(of: ":"),
            let row = records.row(named: String(name[name.index(after: colon)...]), in: String(name[..<colon]))
        {
            return row
        }
        throw MatchFault(
            "No record is called \"\(name)\" in \(records.sources.map(\.name).joined(separator: ", ")).")
    }

    private func tell(_ explanation: Explanation, _ model: Model) {
        func line(_ words: String, _ weight: Double) -> String {
            words.padding(toLength: max(60, words.count + 1), withPad: " ", startingAt: 0)
                + String(format: "%+9.4f", weight)
        }
        print("\(explanation.left) and \(explanation.right)")
        print(line("before anything is compared", explanation.prior))
        for part in explanation.parts {
            let left = part.left.map { $0 ?? "(missing)" }.joined(separator: ", ")
            let right = part.right.map { $0 ?? "(missing)" }.joined(separator: ", ")
            print(line("\(part.comparison): \(part.level)", part.weight) + "   \(left) | \(right)")
            if part.frequencyWeight != 0 {
                print(line("\(part.comparison): how rare the value is", part.frequencyWeight))
            }
        }
        print(line("match weight", explanation.weight))
        print("match probability \(model.probability(of: explanation.weight))")
    }
}

/// The weight of a pair in its parts, as JSON.
struct PairSummary: Encodable {
    struct Part: Encodable {
        let comparison, level: String
        let left, right: [String?]
        let weight, frequencyWeight: Double
    }

    let left, right: String
    let prior: Double
    let parts: [Part]
    let matchWeight, matchProbability: Double

    init(_ explanation: Explanation, _ model: Model) {
        left = explanation.left
        right = explanation.right
        prior = explanation.prior
        parts = explanation.parts.map {
            Part(
                comparison: $0.comparison, level: $0.level, left: $0.left, right: $0.right, weight: $0.weight,
                frequencyWeight: $0.frequencyWeight)
        }
        matchWeight = explanation.weight
        matchProbability = model.probability(of: explanation.weight)
    }
}

extension Model {
    /// The probability that a weight stands for, calibrated.
    func probability(of weight: Double) -> Double {
        LogOdds.probability(calibration.map { $0.slope * weight + $0.offset } ?? weight)
    }
}
