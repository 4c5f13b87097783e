/// Which share of all matches the rules bring, from how often the matches of other rules have each piece of a rule;
/// pieces of different columns are taken as independent.
struct Coverage: Sendable {
    /// By piece, the patterns that a rule brings which does not look at the piece's columns.
    private let isFair: [[Bool]]
    private let holds: [[Bool]]
    private let needs: [UInt32]
    private let hits: [Bool]

    init(_ patterns: TrainingPatterns, _ pieces: RulePieces) {
        let rules = pieces.needs.indices
        isFair = pieces.pieces.indices.map { piece in
            let free = rules.filter { pieces.ruleColumns[$0].isDisjoint(with: pieces.columns[piece]) }
            return (0..<patterns.count).map { pattern in
                free.contains { pieces.holds($0, patterns.pieces[pattern], stratum: patterns.strata[pattern]) }
            }
        }
        holds = pieces.pieces.indices.map { piece in patterns.pieces.map { $0 >> UInt32(piece) & 1 == 1 } }
        let needs = pieces.needs.compactMap(\.self)
        self.needs = needs
        hits =
            pieces.pieces.count > 14
            ? [] : (0..<UInt32(1) << UInt32(pieces.pieces.count)).map { set in needs.contains { set & $0 == $0 } }
    }

    /// The share, at least 0.3, given the expected matches of each pattern.
    func share(of matches: [Double]) -> Double {
        let shares = isFair.indices.map { piece in
            var (all, having) = (0.0, 0.0)
            for pattern in matches.indices where isFair[piece][pattern] {
                all += matches[pattern]
                if holds[piece][pattern] { having += matches[pattern] }
            }
            return having / max(all, 1e-9)
        }
        return min(1, max(0.3, hits.isEmpty ? ofManyPieces(shares) : ofFewPieces(shares)))
    }

    private func ofFewPieces(_ shares: [Double]) -> Double {
        var probabilities = [1.0]
        for share in shares {
            probabilities = probabilities.map { $0 * (1 - share) } + probabilities.map { $0 * share }
        }
        return zip(probabilities, hits).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    }

    private func ofManyPieces(_ shares: [Double]) -> Double {
        1
            - needs.reduce(1.0) { missed, bits in
                let all = shares.indices.filter { bits >> UInt32($0) & 1 == 1 }.reduce(1.0) { $0 * shares[$1] }
                return missed * (1 - all)
            }
    }
}
