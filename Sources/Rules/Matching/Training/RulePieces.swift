/// What blocking rules ask for, each piece once: that a key is equal, or a whole rule that is more than equal keys.
///
/// Which pieces hold for a pair says which rules bring it. At most 32 pieces are told apart; a rule that needs others
/// is known of a pair only when it is the first to bring it.
struct RulePieces: Sendable {
    static let most = 32

    private(set) var pieces: [Piece] = []
    /// The columns that each piece looks at.
    private(set) var columns: [Set<String>] = []
    /// By the model's rule, the pieces it needs as bits; nil where they are not told apart.
    private(set) var needs: [UInt32?] = []
    /// By the model's rule, the columns that it looks at.
    let ruleColumns: [Set<String>]

    struct Piece: Sendable {
        /// The fields that must be equal; -1 for a whole rule.
        var left: Int32 = -1
        var right: Int32 = -1
        /// The ready rules of which one must hold.
        var ready = 0..<0
    }

    init(_ rules: [BlockingRule], _ ready: Rules, _ layout: Layout) {
        ruleColumns = rules.map { Set($0.columns) }
        var places: [BlockingRule.KeyPair: Int] = [:]
        for (number, rule) in rules.enumerated() {
            guard case .equal(let pairs, also: nil) = rule.kind, !ready.isSplit(number) else {
                let first = ready.rules.firstIndex { $0.number == number } ?? 0
                let end = ready.rules.lastIndex { $0.number == number }.map { $0 + 1 } ?? first
                needs.append(bit(pieces.count))
                add(Piece(ready: first..<end), ruleColumns[number])
                continue
            }
            var bits: UInt32? = 0
            for pair in pairs {
                let place = places[pair] ?? pieces.count
                if places[pair] == nil {
                    places[pair] = place
                    let (left, right) = (Int32(layout.field(pair.left)), Int32(layout.field(pair.right)))
                    add(Piece(left: left, right: right), Set(pair.left.columns + pair.right.columns))
                }
                bits = bits.flatMap { known in bit(place).map { known | $0 } }
            }
            needs.append(bits)
        }
        pieces = Array(pieces.prefix(Self.most))
        columns = Array(columns.prefix(Self.most))
    }

    private func bit(_ place: Int) -> UInt32? { place < Self.most ? 1 << UInt32(place) : nil }

    private mutating func add(_ piece: Piece, _ columns: Set<String>) {
        pieces.append(piece)
        self.columns.append(columns)
    }

    /// Whether a rule brings the pairs of a stratum whose pieces are these bits.
    func holds(_ rule: Int, _ bits: UInt32, stratum: Int) -> Bool {
        rule == stratum || needs[rule].map { bits & $0 == $0 } ?? false
    }

    /// Whether two rules that share no column both bring them.
    func isFoundTwice(_ bits: UInt32, stratum: Int) -> Bool {
        let bringing = needs.indices.filter { holds($0, bits, stratum: stratum) }
        return bringing.contains { one in
            bringing.contains { $0 > one && ruleColumns[$0].isDisjoint(with: ruleColumns[one]) }
        }
    }
}

/// What the pairs of a pattern have in common beside their levels, in one number.
struct PatternMarks {
    let pieces: UInt32
    let stratum: Int
    /// The sum of what the rarity of values adds, in halves of a bit.
    let bucket: Int

    init(pieces: UInt32, stratum: Int, term: Double) {
        self.pieces = pieces
        self.stratum = stratum
        bucket = Int((min(max(term, -1000), 1000) * 2).rounded())
    }

    init(_ packed: UInt64) {
        pieces = UInt32(truncatingIfNeeded: packed >> 32)
        stratum = Int(packed >> 16 & 0xffff)
        bucket = Int(packed & 0xffff) - 0x8000
    }

    var packed: UInt64 { UInt64(pieces) << 32 | UInt64(stratum & 0xffff) << 16 | UInt64(bucket + 0x8000) }
}

extension Workbench {
    /// The pieces that hold for a pair, as bits.
    @inline(__always)
    mutating func pieces(_ pieces: UnsafeBufferPointer<RulePieces.Piece>, _ left: Int, _ right: Int) -> UInt32 {
        var bits: UInt32 = 0
        for (number, piece) in pieces.enumerated() {
            var holds = false
            if piece.left >= 0 {
                let one = gathered(piece.left, left)
                holds = one != 0 && one == gathered(piece.right, right)
            } else {
                for rule in piece.ready where !holds { holds = isPaired(by: rule, left, right) }
            }
            if holds { bits |= 1 << UInt32(number) }
        }
        return bits
    }
}
