import Synchronization
import Values

extension Sweep {
    /// Counts what each rule brings.
    func report(_ texts: [BlockingRule], exactBelow: Int, sampling: Int, seed: UInt64) async throws -> BlockingReport {
        var found = texts.map { Found(text: $0.text) }
        var raw: [Int: Int] = [:]
        try await eachTurn { turn, blocks in
            raw[rules.rules[turn.rule].number, default: 0] += blocks.units(of: limits.pairsOfPortion).reduce(0) {
                $0 + $1.pairs
            }
            if let block = largestBlock(turn, blocks) { found[rules.rules[turn.rule].number].see(block) }
        }
        let isExact = raw.values.reduce(0, +) <= exactBelow
        try await eachTurn { turn, blocks in
            let number = rules.rules[turn.rule].number
            let units = blocks.units(of: limits.pairsOfPortion)
            let all = units.reduce(0) { $0 + $1.pairs }
            let isWhole = isExact || all <= sampling
            let chosen = isWhole ? units : Self.drawn(units, sampling, seed: seed &+ UInt64(turn.rule))
            let counts = try await count(turn, blocks, chosen)
            let looked = chosen.reduce(0) { $0 + $1.pairs }
            found[number].add(counts, factor: looked == 0 ? 0 : Double(all) / Double(looked), isAll: looked == all)
        }
        let shares = found.map(\.rule)
        return BlockingReport(rules: shares, total: shares.reduce(0) { $0 + $1.gain })
    }

    /// Some portions, enough for a sample.
    private static func drawn(_ units: [Unit], _ most: Int, seed: UInt64) -> [Unit] {
        var chance = SeededChance(seed: seed)
        var left = Array(units.indices)
        var (drawn, pairs): ([Unit], Int) = ([], 0)
        while pairs < most, !left.isEmpty {
            let place = chance.below(left.count)
            let unit = units[left[place]]
            left.swapAt(place, left.count - 1)
            left.removeLast()
            drawn.append(unit)
            pairs += unit.pairs
        }
        return drawn
    }

    /// How many of some portions' pairs are the rule's, no earlier rule's, and no other rule's.
    private func count(_ turn: Turn, _ blocks: Blocks, _ units: [Unit]) async throws -> Counts {
        let number = rules.rules[turn.rule].number
        // The ready rules that one rule of the model became, such as bands of letter groups, count as one.
        let own = rules.rules.indices.filter { rules.rules[$0].number == number }
        guard let first = own.first, let last = own.last else { return Counts() }
        let total = Mutex(Counts())
        try await run(turn, blocks, units, leavesOutEarlier: false, { _, _, _, _ in }) {
        } work: { pairing, unit, bench, _ in
            var counts = Counts()
            let pairs = pairing.visit(unit, on: &bench) { bench, left, right in
                for band in first..<turn.rule where pairing.isPaired(by: band, left, right, on: &bench) { return }
                counts.pairs += 1
                for earlier in 0..<first where pairing.isPaired(by: earlier, left, right, on: &bench) { return }
                counts.gain += 1
                for later in last + 1..<max(last + 1, pairing.rules.rules.count)
                where pairing.isPaired(by: later, left, right, on: &bench) { return }
                counts.only += 1
            }
            total.withLock { $0.add(counts) }
            return Result(pairs: pairs, links: [])
        } end: { _ in
        }
        return total.withLock { $0 }
    }

    /// The run with the most pairs; of equal ones the first.
    private func largestBlock(_ turn: Turn, _ blocks: Blocks) -> BlockingReport.Block? {
        guard blocks.window == 0 else { return nil }
        var best: (run: Range<Int>, pairs: Int)?
        var counts = [Int](repeating: 0, count: sources.count)
        var place = 0
        while place < blocks.entries.count {
            let run = place..<blocks.endOfRun(from: place)
            place = run.upperBound
            let lefts = blocks.lefts(in: run)
            var pairs = blocks.pairs(in: run, first: lefts, of: lefts)
            guard pairs > best?.pairs ?? 0 else { continue }
            if blocks.isSymmetric, !sources.allowsAll {
                for source in counts.indices { counts[source] = 0 }
                for entry in run { counts[sources.source(of: Int(blocks.row(entry)))] += 1 }
                pairs = sources.pairs(of: counts)
                guard pairs > best?.pairs ?? 0 else { continue }
            }
            best = (run, pairs)
        }
        return best.map { block(turn, blocks, $0.run, $0.pairs) }
    }

    private func block(_ turn: Turn, _ blocks: Blocks, _ run: Range<Int>, _ pairs: Int) -> BlockingReport.Block {
        let rule = rules.rules[turn.rule]
        let row = Int(blocks.row(run.lowerBound))
        let areRight = blocks.lefts(in: run) == 0
        let key = keyTexts(of: rule, row: row, areRight: areRight) { blocks.isKey($0, ofRunWith: run.lowerBound) }
        return BlockingReport.Block(key: key, records: run.count, pairs: pairs)
    }
}

/// Pairs of a rule, those that no earlier rule brings, and those that no other does.
private struct Counts {
    var (pairs, gain, only) = (0, 0, 0)

    mutating func add(_ more: Counts) {
        pairs += more.pairs
        gain += more.gain
        only += more.only
    }
}

/// What is known of a rule so far.
private struct Found {
    let text: String
    private var (pairs, gain, only) = (0.0, 0.0, 0.0)
    private var largest: BlockingReport.Block?
    private var isExact = true

    init(text: String) {
        self.text = text
    }

    mutating func see(_ block: BlockingReport.Block) {
        if block.pairs > largest?.pairs ?? 0 { largest = block }
    }

    mutating func add(_ counts: Counts, factor: Double, isAll: Bool) {
        pairs += Double(counts.pairs) * factor
        gain += Double(counts.gain) * factor
        only += Double(counts.only) * factor
        if !isAll { isExact = false }
    }

    var rule: BlockingReport.Rule {
        var rule = BlockingReport.Rule(
            text: text, pairs: Int(pairs.rounded()), gain: Int(gain.rounded()), only: Int(only.rounded()),
            largest: largest)
        rule.isEstimated = !isExact
        return rule
    }
}
