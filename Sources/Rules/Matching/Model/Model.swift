/// What makes two records the same: which pairs to look at, how to compare them, and what each agreement is worth.
///
/// The statistics are those of Fellegi and Sunter, "A theory for record linkage" (1969), with levels of agreement and
/// term frequencies. docs/matching.md explains them.
public struct Model: Equatable, Sendable {
    /// Which sources are linked with which.
    public var links: LinkRule = .dedupe
    /// The probability that two records drawn at random are the same, between 0 and 1.
    public var prior: Double = 0.0001
    /// Which pairs are compared at all: those that any of these rules brings together.
    public var blocking: [BlockingRule] = []
    public var comparisons: [Comparison] = []
    public var training = TrainingPlan()
    public var clustering = ClusteringPlan()
    /// The sources by name, where a model says anything about them; else they take the names of their files.
    public var sources: [SourcePlan] = []
    /// The column that names a record within its source.
    public var identifier = "unique_id"
    /// The column that names a record's source in results, when there are several.
    public var sourceColumn = "source_dataset"
    /// Frequency tables from outside: the column, and the file with `value,frequency`.
    public var frequencies: [String: String] = [:]
    /// How often a value is taken to occur where its rarity changes a weight.
    public var frequencyCounting = FrequencyCounting.others
    /// What training learned of each blocking rule's pairs; nil when m, u and the prior are all there is.
    public var strata: Strata?
    /// What turns the model's weight into the probability that is given out, when it was fitted.
    public var calibration: Calibration?
    /// The dialect of the conditions' texts.
    public var dialect: SQLDialect = .duckdb
    /// What the peer's file says beyond this, kept as it was so that it can be written again.
    public var peer: PeerSettings?

    public init() {}
}

/// Which sources are linked with which.
public enum LinkRule: Equatable, Sendable {
    /// Any two records of the one source (the peer's `dedupe_only`).
    case dedupe
    /// Any two records of different sources (`link_only`).
    case link
    /// Any two records (`link_and_dedupe`).
    case linkAndDedupe
    /// Only these pairs of sources; a source with itself is deduped.
    case only([SourcePair])

    public struct SourcePair: Hashable, Sendable {
        public var left, right: String

        public init(_ left: String, _ right: String) {
            self.left = left
            self.right = right
        }
    }
}

/// One source: its name, and what its columns are called there.
public struct SourcePlan: Equatable, Sendable {
    public var name: String
    /// The model's name of a column, and this source's.
    public var columns: [String: String]

    public init(name: String, columns: [String: String] = [:]) {
        self.name = name
        self.columns = columns
    }
}

/// One thing that is compared, in levels from the strictest to the loosest. The first that holds counts.
public struct Comparison: Equatable, Sendable {
    public var name: String
    public var about: String
    public var levels: [Level]

    public init(name: String, about: String = "", levels: [Level]) {
        self.name = name
        self.about = about
        self.levels = levels
    }
}

/// One grade of agreement, and how often it is met among matches (m) and among others (u).
public struct Level: Equatable, Sendable {
    public var condition: Condition
    public var label: String
    /// The probability of this level among pairs that match; nil until trained.
    public var m: Double?
    /// The probability of this level among pairs that do not match; nil until trained.
    public var u: Double?
    public var isMFixed = false
    public var isUFixed = false
    /// Says nothing, because something is missing: weight 0.
    public var isNull = false
    public var frequency: FrequencyAdjustment?
    /// How the condition is written in the file it came from; empty when it came from none.
    public var text = ""

    public init(_ condition: Condition, label: String, m: Double? = nil, u: Double? = nil, isNull: Bool = false) {
        self.condition = condition
        self.label = label
        self.m = m
        self.u = u
        self.isNull = isNull
    }
}

/// Agreement on a rare value is worth more than on a common one.
public struct FrequencyAdjustment: Equatable, Sendable {
    /// The column whose values' frequencies count.
    public var column: String
    /// 1 for the whole adjustment, 0 for none.
    public var weight: Double = 1
    /// Rarer than this counts as this.
    public var leastU: Double?
    /// Compare with this level's own u instead of that of the column's exact agreement.
    public var usesOwnU = false
    /// Further columns that agree at this level, whose frequencies count in the same way.
    public var also: [String] = []

    public init(column: String, weight: Double = 1, leastU: Double? = nil, usesOwnU: Bool = false) {
        self.column = column
        self.weight = weight
        self.leastU = leastU
        self.usesOwnU = usesOwnU
    }
}

/// Turns a match weight into a probability by a straight line in log-odds: `slope * weight + offset`, in bits.
public struct Calibration: Equatable, Sendable {
    public var slope: Double
    public var offset: Double

    public init(slope: Double, offset: Double) {
        self.slope = slope
        self.offset = offset
    }
}

/// The database whose SQL a model's conditions are written in.
public enum SQLDialect: String, Hashable, Sendable, CaseIterable {
    case duckdb, spark
}

/// The keys of the peer's model file that mean nothing here.
public struct PeerSettings: Equatable, Sendable {
    /// The key and its value as JSON text.
    public var keys: [String: String]

    public init(keys: [String: String] = [:]) {
        self.keys = keys
    }
}
