/// What an analyst should know about how a model was trained.
public enum TrainingNote: Equatable, Sendable {
    case noDeterministicPairs
    case noValues(String)
    case rareAtRandom(String, level: String)
    case noPairs(run: Int, String)
    case notConverged(run: Int, change: Double)
    case notTrained(String)
    /// The blocking rules bring no pairs together, so that nothing could be learned.
    case noBlockedPairs
    /// Levels of a comparison that fewer than five expected matches have.
    case hardlyTrained(String, levels: [LevelMatches])
    /// A comparison in which a large part of the expected matches agree in nothing: a share.
    case mostlyOther(String, share: Double)
    /// Every rule chooses its pairs by the comparison's columns.
    case blockedOn(String)
    /// A rule's pairs are too few to learn from by themselves.
    case commonValues(rule: Int, String, pairs: Int, matches: Double)
    case fewMatches(Double)
    case fewOthers(matches: Double, pairs: Double)
    case dependent(expected: Double, independent: Double)
    case notSettled(change: Double)
    /// Levels of a comparison that fewer than five labelled matches have.
    case fewLabels(String, levels: [LevelMatches])
    /// No labelled match has values of a comparison.
    case notLabelled(String)
    /// The rules that were made because the model has none.
    case madeRules([String])

    /// A level and the matches that are expected to have it.
    public struct LevelMatches: Equatable, Sendable {
        public var level: String
        public var matches: Double

        public init(level: String, matches: Double) {
            self.level = level
            self.matches = matches
        }
    }

    public var sentence: String {
        switch self {
        case .noDeterministicPairs:
            "The deterministic rules found no pair, so the prior stays as the model had it. Loosen them, or set `prior`."
        case .noValues(let comparison):
            "\(comparison): no two records drawn at random both had a value, so its u stay as they were."
        case .rareAtRandom(let comparison, let level):
            """
            \(comparison), "\(level)": met fewer than 20 times among random pairs, so its u is rough. Allow more random \
            pairs, or fix it.
            """
        case .noPairs(let run, let text):
            "Training run \(run + 1) (\(text)) brought no pairs together. Choose a looser rule."
        case .notConverged(let run, let change):
            "Training run \(run + 1) had not settled when it ended: the last change was \(change). Allow more iterations."
        case .notTrained(let comparison):
            """
            \(comparison): every training run chooses its pairs by this comparison's columns, so its m stay at their \
            defaults. Add a run by other columns.
            """
        default: blockedSentence
        }
    }

    /// About training on the pairs of the blocking rules.
    private var blockedSentence: String {
        switch self {
        case .noBlockedPairs:
            "The blocking rules bring no two records together, so the model stays as it was. Loosen them."
        case .hardlyTrained(let comparison, let levels):
            "\(comparison): hardly trained, for want of matches that have them: "
                + levels.map {
                    "\"\($0.level)\" (\(Self.tenths($0.matches)) expected"
                        + ($0.matches < 1 ? ", taken from the common values)" : ")")
                }.joined(separator: ", ") + "."
        case .mostlyOther(let comparison, let share):
            """
            \(comparison): \(Int((share * 100).rounded())) % of the expected matches agree in nothing there. Of what people keep (a \
            forename, a date of birth) that is a sign that the links found are those of families or of one address, and not of \
            persons. Look at some with `explain`; label pairs (--truth), or fix its m (fixed: m).
            """
        case .blockedOn(let comparison):
            """
            \(comparison): every rule chooses its pairs by this comparison's columns, so that its m come out too high. \
            Add a rule by other columns.
            """
        case .commonValues(let rule, let text, let pairs, let matches):
            """
            Rule \(rule + 1) (\(text)) is the first to bring \(pairs) pairs, with \(Self.tenths(matches)) expected \
            matches: too few, so they are scored with the common values.
            """
        case .fewMatches(let matches):
            "Almost no matches were found: \(Self.tenths(matches)) expected in all. Weights say little."
        case .fewOthers(let matches, let pairs):
            """
            The rules bring \(Self.tenths(pairs)) pairs, of which \(Self.tenths(matches)) are expected to match: too few \
            others to learn how often they agree by chance. Loosen a rule.
            """
        case .dependent(let expected, let independent):
            """
            The comparisons depend on each other: taken as independent, they would give \(Self.tenths(independent)) \
            expected matches instead of \(Self.tenths(expected)). This is corrected.
            """
        case .notSettled(let change):
            "Training had not settled when it ended: the last change was \(change) of the expected matches."
        case .fewLabels(let comparison, let levels):
            "\(comparison): too few labels for "
                + levels.map { "\"\($0.level)\" (\(Self.tenths($0.matches)))" }.joined(separator: ", ")
                + ", so their m are rough. Label more matches."
        case .notLabelled(let comparison):
            """
            \(comparison): no labelled match has values on both sides, so its m were learned without labels. Label \
            matches that have some.
            """
        case .madeRules(let rules):
            "The model has no blocking rules; these were made of its comparisons: \(rules.joined(separator: "; "))."
        default: ""
        }
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((min(max(number, 0), 1e15) * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
