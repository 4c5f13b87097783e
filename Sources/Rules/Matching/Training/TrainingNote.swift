/// What an analyst should know about how a model was trained.
public enum TrainingNote: Equatable, Sendable {
    case noDeterministicPairs
    case noValues(String)
    case rareAtRandom(String, level: String)
    case noPairs(run: Int, String)
    case notConverged(run: Int, change: Double)
    case notTrained(String)

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
        }
    }
}
