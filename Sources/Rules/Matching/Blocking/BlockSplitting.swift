/// How blocks that are too large are cut: into the pairs that agree in one thing more.
///
/// A filler value, such as "unknown" for a surname, says nothing; records that share it and are one person agree in other
/// things. Of what the model compares or blocks by, what fewest of the block's pairs agree in comes first, and as much
/// is taken as the limit has room for; where nothing alone is rare enough, two things together.
struct BlockSplitting {
    private let sweep: Sweep
    private let rule: Rules.Rule
    /// What a pair may have to agree in besides: the fields, and how that is written.
    private let candidates: [(fields: [Int], text: String)]
    private let blocks: [Block]

    /// The rows of a huge block; those on the right side apart, where keys differ by side.
    private struct Block {
        let hash: UInt64
        let size: BlockingReport.Block
        var rows: [[UInt32]] = [[], []]
    }

    /// Pairs take part at most in so many ways: figures are counted for all their combinations.
    private static let mostWays = 4

    init(_ sweep: Sweep, _ rule: Rules.Rule, _ found: [(hash: UInt64, block: BlockingReport.Block)], _ model: Model) {
        (self.sweep, self.rule) = (sweep, rule)
        candidates = Self.candidates(sweep, rule, model)
        var blocks = found.sorted { $0.hash < $1.hash }.map { Block(hash: $0.hash, size: $0.block) }
        let sides = rule.hasSameKeys ? [false] : [false, true]
        for areRight in sides {
            KeyReader(rule, areRight: areRight, sweep.rules, sweep.records).each { hash, row in
                guard let place = blocks.firstIndex(where: { $0.hash == hash }) else { return }
                blocks[place].rows[areRight ? 1 : 0].append(row)
            }
        }
        self.blocks = blocks
    }

    /// The ready rules that take this one's place, and what became of the blocks. `isSplit` is false where they are skipped.
    func split(_ isSplit: Bool) throws(ModelFault) -> (rules: [Rules.Rule], blocks: [SplitBlock]) {
        let hashes = blocks.map(\.hash)
        var rest = rule
        rest.gate = KeyGate(hashes: hashes, keys: rule.keys.count, isInside: false)
        guard isSplit else { return ([rest], blocks.map { report($0, []) }) }
        let ways = ways(candidates)
        let chosen = ways.isEmpty ? self.ways(together) : ways
        guard !chosen.isEmpty else { throw fault() }
        let parts = chosen.map { way in
            var part = rule.with(way.fields.map { Rules.Key(left: $0, right: $0) })
            part.gate = KeyGate(hashes: hashes, keys: rule.keys.count, isInside: true)
            return part
        }
        return ([rest] + parts, blocks.map { report($0, chosen) })
    }

    /// Two of the candidates at a time.
    private var together: [(fields: [Int], text: String)] {
        candidates.indices.flatMap { one in
            candidates[(one + 1)...].map {
                (candidates[one].fields + $0.fields, "\(candidates[one].text) and \($0.text)")
            }
        }
    }

    /// As many ways as there is room for in every block, those with the fewest pairs first.
    private func ways(_ candidates: [(fields: [Int], text: String)]) -> [(fields: [Int], text: String)] {
        let counted = candidates.map { way in (way: way, pairs: blocks.map { pairs(of: $0, agreeingIn: way.fields) }) }
        let inOrder = counted.filter { $0.pairs.contains { $0 > 0 } }.enumerated().sorted { one, other in
            let (first, second) = (one.element.pairs.reduce(0, +), other.element.pairs.reduce(0, +))
            return (first, one.offset) < (second, other.offset)
        }
        var room = blocks.map { _ in sweep.limits.pairsOfBlock }
        var chosen: [(fields: [Int], text: String)] = []
        for (_, candidate) in inOrder where chosen.count < Self.mostWays {
            guard zip(room, candidate.pairs).allSatisfy({ $0 >= $1 }) else { continue }
            room = zip(room, candidate.pairs).map { $0 - $1 }
            chosen.append(candidate.way)
        }
        return chosen
    }

    private func report(_ block: Block, _ ways: [(fields: [Int], text: String)]) -> SplitBlock {
        // Pairs that agree in any of the ways: by inclusion and exclusion.
        var kept = 0
        for choice in 1..<(1 << ways.count) {
            let fields = ways.indices.filter { choice >> $0 & 1 == 1 }.flatMap { ways[$0].fields }
            kept += (choice.nonzeroBitCount % 2 == 1 ? 1 : -1) * pairs(of: block, agreeingIn: fields)
        }
        return SplitBlock(
            rule: rule.number, key: block.size.key, records: block.size.records, pairs: block.size.pairs, kept: kept,
            also: ways.map(\.text))
    }

    private func fault() -> ModelFault {
        let worst = blocks.max { $0.size.pairs < $1.size.pairs }?.size
        let values = (worst?.key ?? []).map { "\"\($0)\"" }.joined(separator: ", ")
        return ModelFault(
            at: "blocking rule \(rule.number + 1)",
            """
            \(worst?.records ?? 0) records share \(values), and cannot be split: whatever else they agree in leaves more \
            than \(sweep.limits.pairsOfBlock) pairs, or none. Have that value read as missing, skip such blocks, or raise the \
            limit.
            """)
    }

    /// How many pairs of a block agree in all these fields.
    private func pairs(of block: Block, agreeingIn fields: [Int]) -> Int {
        var entries: [(key: UInt64, side: Int, row: UInt32)] = []
        for (side, rows) in block.rows.enumerated() {
            for row in rows {
                var key = KeyHash()
                var isWhole = true
                for field in fields {
                    let code = sweep.rules.code(Int(row), field, of: sweep.records)
                    key.add(code)
                    if code == 0 { isWhole = false }
                }
                if isWhole { entries.append((key.value, side, row)) }
            }
        }
        entries.sort { $0.key < $1.key }
        var (pairs, start) = (0, 0)
        while start < entries.count {
            var end = start
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            pairs += self.pairs(of: entries[start..<end].map { ($0.side, $0.row) })
            start = end
        }
        return pairs
    }

    private func pairs(of group: [(side: Int, row: UInt32)]) -> Int {
        guard rule.hasSameKeys else {
            let lefts = group.count { $0.side == 0 }
            return lefts * (group.count - lefts)
        }
        var counts = [Int](repeating: 0, count: sweep.sources.count)
        for entry in group { counts[sweep.sources.source(of: Int(entry.row))] += 1 }
        return sweep.sources.pairs(of: counts)
    }

    /// What the model compares exactly, and what its rules hold equal on both sides.
    private static func candidates(
        _ sweep: Sweep, _ rule: Rules.Rule, _ model: Model
    ) -> [(fields: [Int], text: String)] {
        var expressions = model.comparisons.flatMap(\.levels).compactMap(\.condition.equalOnBothSides)
        for other in model.blocking {
            guard case .equal(let pairs, _) = other.kind else { continue }
            expressions += pairs.filter { $0.left == $0.right && !other.isExploding($0) }.map(\.left)
        }
        let own = Set(rule.keys.flatMap { [$0.left, $0.right] })
        var seen: Set<Int> = []
        return expressions.compactMap { expression in
            let field = sweep.records.layout.field(expression)
            guard !own.contains(field), seen.insert(field).inserted else { return nil }
            let kind = BlockingRule.Kind.equal([BlockingRule.KeyPair(expression)], also: nil)
            return ([field], BlockingRule.plainText(of: kind, in: model.dialect))
        }
    }
}

extension Sweep {
    /// Splits or skips, as the limits say, the blocks that are too large, and says what became of them.
    mutating func splitHugeBlocks(_ model: Model) throws(ModelFault) -> [SplitBlock] {
        guard limits.hugeBlocks != .refuse else { return [] }
        var ready: [Rules.Rule] = []
        var blocks: [SplitBlock] = []
        for rule in rules.rules {
            // Those of arrays' elements, whose pairs may meet in several blocks, are refused later on.
            let found = rule.window == nil && rule.exploded.isEmpty && !rule.keys.isEmpty ? hugeBlocks(of: rule) : []
            guard !found.isEmpty else {
                ready.append(rule)
                continue
            }
            let (parts, split) = try BlockSplitting(self, rule, found, model).split(limits.hugeBlocks == .split)
            ready += parts
            blocks += split
        }
        rules.replaceRules(by: ready)
        return blocks
    }
}
