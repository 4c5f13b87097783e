import ArgumentParser
import Matching

/// `touchdown match evaluate`: how good links are, where the truth is known.
struct MatchEvaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure links against the truth: precision, recall, F1, Brier score, reliability.",
        discussion: """
            The truth is a table with unique_id and cluster, or with labelled pairs: unique_id_l, unique_id_r and, if it \
            has one, clerical_match_score from 0 to 1. Recall counts every true pair, also those never compared.
            """)

    @Option(name: .long, help: "The links, as `predict` and `run` write them.")
    var links: String

    @Option(name: .long, help: "What is true.")
    var truth: String

    @Option(name: .long, parsing: .upToNextOption, help: "The probabilities to say the figures for.")
    var thresholds: [Double] = []

    @Option(name: .long, help: "Draw the reliability diagram to this file: .svg, or .html with a table.")
    var chart: String?

    @Flag(name: .long, help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        for threshold in thresholds { try Threshold.check(threshold) }
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run { try command.evaluate() }
    }

    private func evaluate() throws {
        var file = try LinkFile(links)
        let truth = try file.truth(in: truth)
        let judged = try JudgedLinks(file.links, by: truth)
        let evaluation = Evaluation(of: judged, at: thresholds.isEmpty ? Evaluation.usualThresholds : thresholds)
        if let chart { try ChartFile.write(.reliability(of: evaluation), to: chart) }
        let summary = EvaluationSummary(evaluation)
        json ? JSONOutput.print(summary) : summary.tell()
    }
}

/// The figures of an evaluation, for people and for programs.
struct EvaluationSummary: Encodable {
    struct AtThreshold: Encodable {
        let threshold: Double
        let precision, recall, f1: Double?
        let truePositives, falsePositives, falseNegatives: Int
    }

    let links, matchesAmongLinks, truePairs: Int
    let repeatedLinks, linksNotJudged: Int
    let blockingRecall: Double?
    let thresholds: [AtThreshold]
    let best: AtThreshold?
    /// Over the links as they stand.
    let brier: Double?
    /// The same with every true pair that has no link as one of probability 0.
    let brierWithMissed: Double?
    let logLoss, expectedCalibrationError: Double?

    init(_ evaluation: Evaluation) {
        links = evaluation.scored
        matchesAmongLinks = evaluation.scoredMatches
        truePairs = evaluation.truePairs
        repeatedLinks = evaluation.repeated
        linksNotJudged = evaluation.ignored
        blockingRecall = evaluation.blockingRecall
        thresholds = evaluation.thresholds.map(AtThreshold.init)
        best = evaluation.best.map(AtThreshold.init)
        brier = evaluation.losses?.brier
        brierWithMissed = evaluation.losses?.brierWithMissed
        logLoss = evaluation.losses?.logLoss
        expectedCalibrationError = evaluation.equalWidth.expectedError
    }

    func tell() {
        print(
            "\(links.grouped) links, \(matchesAmongLinks.grouped) of them true; \(truePairs.grouped) true pairs in all")
        if let blockingRecall { print("share of true pairs among the links: \(blockingRecall.inFour)") }
        print("threshold  precision     recall         F1")
        for line in thresholds { print(line.line) }
        if let best { print("\(best.line)   the best F1") }
        if let brier, let brierWithMissed, let expectedCalibrationError {
            print(
                """
                Brier score \(brier.inFour), with missed pairs \(brierWithMissed.inFour); \
                expected calibration error \(expectedCalibrationError.inFour)
                """)
        }
    }
}

extension EvaluationSummary.AtThreshold {
    fileprivate init(_ outcome: Outcome) {
        threshold = outcome.probability
        precision = outcome.precision
        recall = outcome.recall
        f1 = outcome.f1
        truePositives = outcome.right
        falsePositives = outcome.wrong
        falseNegatives = outcome.missed
    }

    fileprivate var line: String {
        [threshold, precision, recall, f1].map { value in
            let text = value.map(\.inFour) ?? "-"
            return String(repeating: " ", count: max(0, 9 - text.count)) + text
        }.joined(separator: "  ")
    }
}
