/// When the method `bridges` cuts a cluster in two.
///
/// Wrong links between two groups of records show by what is missing: of all pairs that reach from one group to the
/// other only one or a few are linked, while inside the groups nearly all are. So the *cohesion* of a set of pairs is
/// its evidence for each pair, pairs without a link counting as none. The evidence of a link is what it weighs above the
/// threshold, and one bit more. A cut is made when the cohesion of the pairs across it is less than `share` of that of the
/// looser of its two sides.
///
/// With links of equal weight and a share of 1/8, one link between two triangles is cut (1 of 9 pairs) while one between
/// two pairs stays (1 of 4), unless it has less than half of their evidence.
public struct CutRule: Equatable, Sendable {
    /// Each side must have at least so many records; at least 2, as a single record has no cohesion.
    public var leastRecords: Int {
        didSet { leastRecords = max(2, leastRecords) }
    }
    /// Below which share of the looser side's cohesion a cut is made; 0 never cuts.
    public var share: Double

    public init(leastRecords: Int = 2, share: Double = 0.125) {
        self.leastRecords = max(2, leastRecords)
        self.share = share
    }

    /// The evidence of a link, in 1/1024 bit: whole numbers, whose sums depend on no order. Beyond 64 bits nothing is surer,
    /// and below even odds no threshold counts.
    static func evidence(of weight: Double, above threshold: Double) -> Int64 {
        let bits = min(max(weight - max(threshold, 0), 0), 63) + 1
        return Int64((bits * 1024).rounded())
    }

    /// How weak the cut is: the cohesion across it as a share of that of its looser side.
    func weakness(across: Int64, inside: (Int64, Int64), records: (Int, Int)) -> Double {
        let cut = Double(across) / (Double(records.0) * Double(records.1))
        return cut / min(Self.cohesion(inside.0, records.0), Self.cohesion(inside.1, records.1))
    }

    private static func cohesion(_ evidence: Int64, _ records: Int) -> Double {
        Double(evidence) * 2 / (Double(records) * Double(records - 1))
    }
}
