/// Visits the pairs of portions of blocks, each pair once however many rules bring it.
struct Pairing: Sendable {
    let rules: Rules
    let blocks: Blocks
    /// The number of the rule whose blocks these are, among the rules.
    let current: Int
    let sources: SourcePairs
    /// Which record is the left one where it matters: the one with the lower rank; nil for the lower row.
    let ranks: [UInt32]?

    /// Calls the visitor with the places of each pair's left and right record in the bench, and says how many there were.
    @inline(__always)
    ///
    /// With a floor, the visitor need not see pairs that cannot weigh so much; they are counted all the same.
    func visit(
        _ unit: Unit, on bench: inout Workbench, from floor: Double? = nil,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        var count = 0
        for number in unit.runs {
            let run = blocks.runs[number]
            if blocks.window > 0 {
                count += visitWindow(run, unit.lefts ?? 0..<run.count, on: &bench, visitor)
            } else {
                count += visitRun(run, unit.lefts, on: &bench, from: floor, visitor)
            }
        }
        return count
    }

    @inline(__always)
    private func visitRun(
        _ run: Range<Int>, _ portion: Range<Int>?, on bench: inout Workbench, from floor: Double?,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        gather(run, on: &bench)
        let lefts = blocks.lefts(in: run)
        let isSure = isUniform(run.count, lefts: lefts, on: bench)
        var count = 0
        if let floor, isSure, run.count >= 16, blocks.isSymmetric, ranks == nil, sources.allowsAll {
            for left in portion ?? 0..<lefts { count += visitRow(left, run.count, on: &bench, from: floor, visitor) }
            return count
        }
        for left in portion ?? 0..<lefts {
            for right in (blocks.isSymmetric ? left + 1 : lefts)..<run.count {
                count += visit(left, right, isSure: isSure, on: &bench, visitor)
            }
        }
        return count
    }

    /// The pairs of one record with all that come after it, most of them ruled out together.
    @inline(__always)
    private func visitRow(
        _ left: Int, _ end: Int, on bench: inout Workbench, from floor: Double,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        var count = 0
        var first = left + 1
        while first < end {
            let length = min(RowBounds.length, end - first)
            let bounds = bench.scorer.bounds.fill(bench, left, from: first, length)
            if current == 0 { count += length }
            for place in 0..<length {
                if current > 0 {
                    guard !(0..<current).contains(where: { bench.isPaired(by: $0, left, first + place) }) else {
                        continue
                    }
                    count += 1
                }
                if bounds[place] >= floor - 1e-9 { visitor(&bench, left, first + place) }
            }
            first += length
        }
        return count
    }

    @inline(__always)
    private func visitWindow(
        _ run: Range<Int>, _ lefts: Range<Int>, on bench: inout Workbench,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        let end = min(run.count, lefts.upperBound + blocks.window)
        gather(lefts.lowerBound..<end, on: &bench)
        var count = 0
        for left in 0..<lefts.count {
            for right in left + 1..<max(left + 1, min(left + blocks.window + 1, end - lefts.lowerBound)) {
                count += visit(left, right, isSure: true, on: &bench, visitor)
            }
        }
        return count
    }

    @inline(__always)
    private func visit(
        _ one: Int, _ other: Int, isSure: Bool, on bench: inout Workbench,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        let (first, second) = (bench.row(one), bench.row(other))
        guard first != second, sources.allowsAll || sources.allow(Int(first), Int(second)) else { return 0 }
        var (left, right) = (one, other)
        if let ranks {
            if ranks[Int(first)] > ranks[Int(second)] { swap(&left, &right) }
        } else if first > second {
            swap(&left, &right)
        }
        // Where keys differ by side, only the true left record may stand on the left.
        if !blocks.isSymmetric, left != one { return 0 }
        for earlier in 0..<current where bench.isPaired(by: earlier, left, right) { return 0 }
        if !isSure, !bench.isPaired(by: current, left, right) { return 0 }
        visitor(&bench, left, right)
        return 1
    }

    private func gather(_ places: Range<Int>, on bench: inout Workbench) {
        bench.begin(places.count)
        for (place, entry) in places.enumerated() { bench.set(place, row: blocks.row(entry)) }
        bench.gather()
    }

    /// Whether all keys are the same, and nothing else must hold: then no pair needs to be asked.
    private func isUniform(_ count: Int, lefts: Int, on bench: borrowing Workbench) -> Bool {
        let rule = rules.rules[current]
        guard rule.also < 0 else { return false }
        for key in rule.keys {
            let first = bench.code(key.left, 0)
            for place in 0..<lefts where bench.code(key.left, place) != first { return false }
            for place in (blocks.isSymmetric ? 0 : lefts)..<count where bench.code(key.right, place) != first {
                return false
            }
        }
        return true
    }
}

extension Workbench {
    /// Whether a rule brings a pair together.
    @inline(__always)
    mutating func isPaired(by number: Int, _ left: Int, _ right: Int) -> Bool {
        let rule = scorer.rules[number]
        if rule.order >= 0 { return isNear(rule, row(left), row(right)) }
        for place in rule.keys {
            let key = scorer.keys[place]
            let one = gathered(Int32(key.left), left)
            guard one != 0, one == gathered(Int32(key.right), right) else { return false }
        }
        guard rule.also >= 0 else { return true }
        forgetMeasured()
        return truth(at: rule.also, left, right) == 1
    }

    private func isNear(_ rule: Tables.Rule, _ left: UInt32, _ right: UInt32) -> Bool {
        let places = lent.orders[rule.order]
        let (one, other) = (places[Int(left)], places[Int(right)])
        return one != 0 && other != 0 && max(one, other) - min(one, other) <= rule.width
    }
}

/// Which sources may be paired with which.
struct SourcePairs: Sendable {
    let allowsAll: Bool
    private let ends: [Int]
    private let allowed: [Bool]

    init(_ rule: LinkRule, _ sources: [Records.Source]) {
        let count = sources.count
        var allowed = [Bool](repeating: false, count: count * count)
        for one in 0..<count {
            for other in 0..<count {
                allowed[one * count + other] =
                    switch rule {
                    case .dedupe: one == other
                    case .link: one != other
                    case .linkAndDedupe: true
                    case .only(let pairs):
                        pairs.contains(LinkRule.SourcePair(sources[one].name, sources[other].name))
                            || pairs.contains(LinkRule.SourcePair(sources[other].name, sources[one].name))
                    }
            }
        }
        self.allowed = allowed
        allowsAll = allowed.allSatisfy { $0 }
        ends = sources.map(\.rows.upperBound)
    }

    func allow(_ one: Int, _ other: Int) -> Bool {
        allowed[source(of: one) * ends.count + source(of: other)]
    }

    private func source(of row: Int) -> Int {
        var source = 0
        while row >= ends[source] { source += 1 }
        return source
    }
}
