/// What is known to be true about records, which are numbered from 0 (`RecordNames`).
public enum Truth: Equatable, Sendable {
    /// Pairs that somebody judged. Any other pair is what `others` says.
    case pairs([LabelledPair], others: Unlisted = .different)
    /// The cluster of each record, or `notKnown`; pairs of a record that is not known do not count.
    case clusters([UInt32])

    /// Stands for the cluster of a record of which nothing is known.
    public static let notKnown = UInt32.max

    /// What a pair is that no list names.
    public enum Unlisted: Hashable, Sendable {
        /// Two different things: the list names every match.
        case different
        /// Not known: only listed pairs count.
        case unknown
    }
}

/// Two records and how sure somebody is that they are the same: 0 for surely not, 1 for surely.
public struct LabelledPair: Hashable, Sendable {
    public var left, right: UInt32
    public var score: Double

    public init(_ left: UInt32, _ right: UInt32, score: Double = 1) {
        self.left = left
        self.right = right
        self.score = score
    }

    /// From this score on a pair counts as a match.
    public static let match = 0.5
}

/// Which pairs can be right or wrong at all.
public enum PairScope: Equatable, Sendable {
    case all
    /// Only those of two different sources; the source of each record.
    case acrossSources([UInt32])
}
