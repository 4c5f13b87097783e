import ArgumentParser
import Matching

/// `touchdown match evaluate`: how good links are, where the truth is known.
struct MatchEvaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure links against the truth: precision, recall, F1, Brier score, reliability.",
        discussion: """
            The truth is a table with unique_id and cluster, or with labelled pairs: unique_id_l, unique_id_r and, if it \
            has one, clerical_match_score from 0 to 1. A list of matches alone names them all; with pairs below 0.5 in it, \
            only what is listed counts. Recall counts every true pair, also those never compared.
            """)

    @Option(name: .long, help: ArgumentHelp("The links, as `predict` and `run` write them.", valueName: "file"))
    var links: String

    @Option(
        name: .long,
        help: ArgumentHelp("Clusters to measure as well, as `cluster` and `run` write them.", valueName: "file"))
    var clusters: String?

    @Option(name: .long, help: ArgumentHelp("What is true.", valueName: "file"))
    var truth: String

    @Option(
        name: .long, parsing: .upToNextOption,
        help: ArgumentHelp("The probabilities to say the figures for.", valueName: "probability"))
    var thresholds: [Double] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Also draw the reliability diagram: .svg, or .html with a table.", valueName: "file"))
    var chart: String?

    @Flag(name: .long, help: "Also say which calibration would make the model right about these pairs.")
    var calibrate = false

    @Flag(name: .long, help: "Print the figures as JSON.")
    var json = false

    func validate() throws {
        for threshold in thresholds { try Threshold.check(threshold) }
        try outputs.validate(json: json)
    }

    func run() async throws {
        let command = self
        try await MatchCommand.run(writing: outputs.paths) { try command.evaluate() }
    }

    private var outputs: MatchOutputs { MatchOutputs(texts: [chart]) }

    private func evaluate() throws {
        try outputs.check(inputs: [links, truth] + [clusters].compactMap(\.self))
        let truths = try TruthFile(truth)
        var file = try LinkFile(links, withSources: truths.hasSources)
        let truth = try truths.truth(about: &file)
        let judged = try JudgedLinks(file.judged, by: truth)
        let asked = thresholds.isEmpty ? Evaluation.usualThresholds : thresholds
        let evaluation = Evaluation(of: judged, at: asked)
        let compared = try clusters.map { try ClusterSummary(comparison(of: $0, with: truth, &file)) }
        let fit = calibrate ? try CalibrationSummary(of: judged, file) : nil
        let summary = EvaluationSummary(evaluation, at: asked, compared, fit)
        if let chart { try ChartFile.write(.reliability(of: evaluation), to: chart) }
        try json ? JSONOutput.print(summary) : summary.tell()
    }
}

extension MatchEvaluate {
    /// How like the clusters of a file are to the true ones.
    private func comparison(of path: String, with truth: Truth, _ file: inout LinkFile) throws -> ClusterComparison {
        guard case .clusters(var known) = truth else {
            throw MatchFault(
                "\(self.truth): Clusters are measured against clusters. Give a truth with unique_id and cluster.")
        }
        guard case .clusters(var found) = try TruthFile(path).truth(about: &file) else {
            throw MatchFault("\(path) has no columns unique_id and cluster. Give what `cluster` or `run` wrote.")
        }
        let count = max(known.count, found.count)
        known += repeatElement(Truth.notKnown, count: count - known.count)
        found += repeatElement(Truth.notKnown, count: count - found.count)
        return ClusterComparison(found: found, truth: known)
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
    /// Where it was asked for.
    let calibration: CalibrationSummary?
    /// Where clusters were given.
    let clusters: ClusterSummary?

    init(_ evaluation: Evaluation, at asked: [Double], _ clusters: ClusterSummary?, _ calibration: CalibrationSummary?)
    {
        self.calibration = calibration
        self.clusters = clusters
        links = evaluation.scored
        matchesAmongLinks = evaluation.scoredMatches
        truePairs = evaluation.truePairs
        repeatedLinks = evaluation.repeated
        linksNotJudged = evaluation.ignored
        blockingRecall = evaluation.blockingRecall
        thresholds = zip(evaluation.thresholds, asked).map(AtThreshold.init)
        best = evaluation.best.flatMap { $0.right > 0 ? AtThreshold($0, at: $0.probability) : nil }
        brier = evaluation.losses?.brier
        brierWithMissed = evaluation.losses?.brierWithMissed
        logLoss = evaluation.losses?.logLoss
        expectedCalibrationError = evaluation.equalWidth.expectedError
    }

    func tell() throws {
        var lines = [
            "\(links.grouped) links, \(matchesAmongLinks.grouped) of them true; \(truePairs.grouped) true pairs in all"
        ]
        if linksNotJudged > 0 {
            lines.append("\(linksNotJudged.grouped) links left out: the truth says nothing of them")
        }
        if repeatedLinks > 0 { lines.append("\(repeatedLinks.grouped) links left out: they stand there twice") }
        if let blockingRecall { lines.append("share of true pairs among the links: \(blockingRecall.inFour)") }
        lines.append("threshold  precision     recall         F1")
        lines += thresholds.map(\.line)
        if let best { lines.append("\(best.line)   the best F1") }
        if let brier, let brierWithMissed, let expectedCalibrationError {
            lines.append(
                """
                Brier score \(brier.inFour), with missed pairs \(brierWithMissed.inFour); \
                expected calibration error \(expectedCalibrationError.inFour)
                """)
        }
        if let clusters { lines += clusters.lines }
        if let calibration { lines += calibration.lines }
        try Terminal.print(lines)
    }
}

extension EvaluationSummary.AtThreshold {
    fileprivate init(_ outcome: Outcome, at threshold: Double) {
        self.threshold = threshold
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
