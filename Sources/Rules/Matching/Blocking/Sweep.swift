import Synchronization

/// Goes through all pairs that rules bring together, with every core, each worker with a bench and a tally of its own.
///
/// What comes out does not depend on how many workers there are or who is quicker: tallies are sums, and results are
/// delivered in the order of the portions.
struct Sweep: Sendable {
    let records: Records
    let scorer: Scorer
    var rules: Rules
    let sources: SourcePairs
    var ranks: [UInt32]?
    var workers = 2
    var limits = PairLimits()
    /// Which pairs are wanted; nil for all.
    var choice: PairChoice?

    /// What one portion gave: how many pairs, and the links among them.
    struct Result: Sendable {
        let pairs: Int
        let links: [Link]
    }

    /// Called with each portion's result in order: the number of the rule among the ready ones, the result, how much of
    /// the rule is done, and where this portion stands.
    typealias Delivery = @Sendable (Int, Result, Double, LinkPlace) throws -> Void

    /// Scores every pair, or those of the portions after a place, and delivers the links that reach the weight.
    func links(from floor: Double, after place: LinkPlace? = nil, to deliver: @escaping Delivery) async throws {
        try await run(after: place, deliver) {
        } work: { pairing, unit, bench, _ in
            var links: [Link] = []
            let pairs = pairing.visit(unit, on: &bench, from: floor) { bench, left, right in
                let weight = bench.weight(left, right, atLeast: floor)
                if weight >= floor { links.append(Link(bench.row(left), bench.row(right), weight: weight)) }
            }
            records.readAheadNames(of: links)
            return Result(pairs: pairs, links: links)
        } end: { _ in
        }
    }

    /// Counts the pairs of each pattern of levels, in the order of their numbers.
    func patterns() async throws -> [PatternRow] {
        try await counted { pairing, unit, bench, counts in
            pairing.visit(unit, on: &bench) { bench, left, right in
                counts.add(levels: UInt64(bench.pattern(left, right)), marks: 1, term: 0)
            }
        }
    }

    /// Counts the pairs by levels, by the rule that brings them first, by the pieces of rules that hold for them, and by
    /// what the rarity of their values adds.
    func patterns(by pieces: RulePieces) async throws -> [PatternRow] {
        try await counted { pairing, unit, bench, counts in
            let stratum = rules.rules[pairing.current].number
            let isRest = stratum >= pieces.needs.count
            return pieces.pieces.withUnsafeBufferPointer { pieces in
                let pieces = isRest ? UnsafeBufferPointer(rebasing: pieces[..<0]) : pieces
                return pairing.visit(unit, on: &bench) { bench, left, right in
                    let levels = UInt64(bench.pattern(left, right))
                    let term = bench.adjustment(left, right)
                    let bits = bench.pieces(pieces, left, right)
                    let marks = PatternMarks(pieces: bits, stratum: stratum, term: term)
                    counts.add(levels: levels, marks: marks.packed, term: term)
                }
            }
        }
    }

    private func counted(
        _ count: @escaping @Sendable (Pairing, Unit, inout Workbench, PatternCounts) -> Int
    ) async throws -> [PatternRow] {
        let tally = Mutex<[PatternRow]>([])
        try await run({ _, _, _, _ in }) {
            PatternCounts()
        } work: { pairing, unit, bench, counts in
            Result(pairs: count(pairing, unit, &bench, counts), links: [])
        } end: { counts in
            let found = counts.found
            tally.withLock { $0 += found }
        }
        return PatternRow.merged(tally.withLock { $0 })
    }

    /// Counts the pairs, without comparing them.
    func pairs(_ deliver: @escaping Delivery) async throws {
        try await run(deliver) {
        } work: { pairing, unit, bench, _ in
            Result(pairs: pairing.visit(unit, on: &bench) { _, _, _ in }, links: [])
        } end: { _ in
        }
    }

    /// What a worker does with a portion, and something of its own.
    typealias Work<Own> = @Sendable (Pairing, Unit, inout Workbench, Own) -> Result

    /// Goes through all portions, or those after a place. For each rule, each worker begins with something of its own and
    /// ends with it.
    private func run<Own>(
        after place: LinkPlace? = nil, _ deliver: @escaping Delivery, begin: @escaping @Sendable () -> Own,
        work: @escaping Work<Own>, end: @escaping @Sendable (Own) -> Void
    ) async throws {
        try refuseHugeBlocks()
        try await eachTurn(from: place?.turn ?? 0) { turn, blocks in
            let done = turn.number == place?.turn ? place.map { $0.portion + 1 } ?? 0 : 0
            let units = blocks.units(of: limits.pairsOfPortion)
            try await run(turn, blocks, units, from: done, deliver, begin: begin, work: work, end: end)
        }
    }

    /// One rule with one share of its keys.
    struct Turn {
        let number: Int
        let rule: Int
        let share: KeyShare
    }

    /// Makes the blocks of each rule, share by share, always one ahead of the body.
    func eachTurn(from start: Int = 0, _ body: (Turn, Blocks) async throws -> Void) async throws {
        let turns = Array(turns.dropFirst(start))
        guard let first = turns.first else { return }
        var blocks = blocks(of: first)
        for (place, turn) in turns.enumerated() {
            async let next = place + 1 < turns.count ? self.blocks(of: turns[place + 1]) : nil
            try await body(turn, blocks)
            if let next = await next { blocks = next }
        }
    }

    private func blocks(of turn: Turn) -> Blocks {
        Blocks(rules.rules[turn.rule], of: rules, in: records, share: turn.share, choice: choice)
    }

    private var turns: [Turn] {
        var turns: [Turn] = []
        for (number, rule) in rules.rules.enumerated() {
            let shares = rule.window == nil ? limits.shares(of: rule, rows: records.count) : 1
            for share in 0..<shares {
                turns.append(Turn(number: turns.count, rule: number, share: KeyShare(number: share, count: shares)))
            }
        }
        return turns
    }

    /// Has portions worked on by all workers.
    func run<Own>(
        _ turn: Turn, _ blocks: Blocks, _ units: [Unit], from done: Int = 0, leavesOutEarlier: Bool = true,
        _ deliver: @escaping Delivery, begin: @escaping @Sendable () -> Own, work: @escaping Work<Own>,
        end: @escaping @Sendable (Own) -> Void
    ) async throws {
        var pairing = Pairing(rules: rules, blocks: blocks, current: turn.rule, sources: sources, ranks: ranks)
        pairing.leavesOutEarlier = leavesOutEarlier
        pairing.choice = choice
        let ready = pairing
        let inOrder = InOrder(done..<max(done, units.count)) { number, result, share in
            let all = (Double(turn.share.number) + share) / Double(turn.share.count)
            try deliver(turn.rule, result, all, LinkPlace(turn: turn.number, portion: number))
        }
        try await eachStage(of: units[min(done, units.count)...], blocks) { stage, near in
            let numbers = Numbers(stage)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<max(1, min(workers, stage.count)) {
                    group.addTask {
                        records.lend(rules, scorer) { lent in
                            var bench = Workbench(scorer, rules, lent: lent)
                            bench.enter(stratum: rules.rules[turn.rule].number)
                            let own = begin()
                            near.lend { start in
                                while !Task.isCancelled, inOrder.goesOn, let number = numbers.next() {
                                    bench.near = start(number - stage.lowerBound)
                                    inOrder.add(work(ready, units[number], &bench, own), number: number)
                                }
                            }
                            end(own)
                        }
                        try inOrder.check()
                        try Task.checkCancellation()
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

/// The numbers of portions, each given out once.
private final class Numbers: Sendable {
    private let given: Mutex<Int>
    private let end: Int

    init(_ numbers: Range<Int>) {
        given = Mutex(numbers.lowerBound)
        end = numbers.upperBound
    }

    func next() -> Int? {
        given.withLock { given in
            guard given < end else { return nil }
            given += 1
            return given - 1
        }
    }
}

/// Hands results on in the order of their numbers, whoever comes first.
private final class InOrder: Sendable {
    private struct State {
        var waiting: [Int: Sweep.Result] = [:]
        var next: Int
        var fault: (any Error)?
    }

    private let state: Mutex<State>
    private let count: Int
    private let deliver: @Sendable (Int, Sweep.Result, Double) throws -> Void

    init(_ numbers: Range<Int>, _ deliver: @escaping @Sendable (Int, Sweep.Result, Double) throws -> Void) {
        state = Mutex(State(next: numbers.lowerBound))
        count = numbers.upperBound
        self.deliver = deliver
    }

    func add(_ result: Sweep.Result, number: Int) {
        state.withLock { state in
            state.waiting[number] = result
            while state.fault == nil, let result = state.waiting.removeValue(forKey: state.next) {
                state.next += 1
                do {
                    try deliver(state.next - 1, result, Double(state.next) / Double(count))
                } catch {
                    state.fault = error
                }
            }
        }
    }

    /// Whether what was delivered was taken so far.
    var goesOn: Bool { state.withLock { $0.fault == nil } }

    /// Throws what delivering threw.
    func check() throws {
        if let fault = state.withLock({ $0.fault }) { throw fault }
    }
}
