/// Visits the pairs of portions of blocks, each pair once however many rules bring it.
struct Pairing: Sendable {
    let rules: Rules
    let blocks: Blocks
    /// The number of the rule whose blocks these are, among the rules.
    let current: Int
    let sources: SourcePairs
    /// Which record is the left one where it matters: the one with the lower rank; nil for the lower row.
    let ranks: [UInt32]?
    /// Whether the rule at hand, or any, makes keys of arrays' elements.
    private let explodes, anyExplodes: Bool

    init(rules: Rules, blocks: Blocks, current: Int, sources: SourcePairs, ranks: [UInt32]?) {
        (self.rules, self.blocks, self.current) = (rules, blocks, current)
        (self.sources, self.ranks) = (sources, ranks)
        explodes = !rules.rules[current].exploded.isEmpty
        anyExplodes = rules.rules.contains { !$0.exploded.isEmpty }
    }

    /// Whether pairs that earlier rules bring are left out.
    var leavesOutEarlier = true
    /// Which pairs are wanted; nil for all.
    var choice: PairChoice?

    /// Calls the visitor with the places of each pair's left and right record in the bench, and says how many there were.
    ///
    /// With a floor, the visitor need not see pairs that cannot weigh so much; they are counted all the same.
    @inline(__always)
    func visit(
        _ unit: Unit, on bench: inout Workbench, from floor: Double? = nil,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        if blocks.window > 0 {
            return visitWindow(unit.entries, unit.lefts ?? 0..<unit.entries.count, on: &bench, visitor)
        }
        var count = 0
        var start = unit.entries.lowerBound
        var lookedTo = start
        while start < unit.entries.upperBound {
            if bench.near == nil, start >= lookedTo {
                lookedTo = look(from: start, to: unit.entries.upperBound, on: &bench)
            }
            let end = blocks.endOfRun(from: start)
            if end - start > 1 {
                count += visitRun(start..<end, unit.lefts, on: &bench, from: floor, visitor)
                bench.passNear(end - start)
            }
            start = end
        }
        return count
    }

    /// Looks at the rows that come next and have others in their block, all at once, so that they are near when they are
    /// gathered: to wait for one after the other took a seventh of all time. Says up to where it looked.
    @inline(never)
    private func look(from start: Int, to end: Int, on bench: inout Workbench) -> Int {
        let stop = min(end, start + 64)
        blocks.entries.withUnsafeBufferPointer { entries in
            for place in start..<stop {
                let key = entries[place] >> 33
                if place > 0 && entries[place - 1] >> 33 == key
                    || place + 1 < entries.count && entries[place + 1] >> 33 == key
                {
                    bench.look(at: UInt32(truncatingIfNeeded: entries[place]))
                }
            }
        }
        return stop
    }

    @inline(__always)
    private func visitRun(
        _ run: Range<Int>, _ portion: Range<Int>?, on bench: inout Workbench, from floor: Double?,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        let lefts = blocks.lefts(in: run)
        guard blocks.isSymmetric || lefts > 0 && lefts < run.count else { return 0 }
        gather(run, on: &bench)
        let isSure = isUniform(run.count, lefts: lefts, on: &bench)
        if let choice {
            return visitChosen(choice, run, portion ?? 0..<lefts, lefts, isSure: isSure, on: &bench, visitor)
        }
        var count = 0
        if let floor, isSure, run.count >= 16, blocks.isSymmetric, ranks == nil, sources.allowsAll {
            for left in portion ?? 0..<lefts { count += visitRow(left, run.count, on: &bench, from: floor, visitor) }
            return count
        }
        for left in portion ?? 0..<lefts {
            for right in (blocks.isSymmetric ? left + 1 : lefts)..<run.count {
                count += visit(left, right, run.lowerBound, isSure: isSure, on: &bench, visitor)
            }
        }
        return count
    }

    /// The wanted pairs of a run: most of its rows look at few others.
    private func visitChosen(
        _ choice: PairChoice, _ run: Range<Int>, _ portion: Range<Int>, _ lefts: Int, isSure: Bool,
        on bench: inout Workbench, _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        var wanted: [Int] = []
        for place in 0..<run.count where choice.isWanted(bench.row(place)) { wanted.append(place) }
        guard !wanted.isEmpty else { return 0 }
        var count = 0
        for left in portion {
            let first = blocks.isSymmetric ? left + 1 : lefts
            if choice.isFresh(bench.row(left)) {
                for right in first..<run.count {
                    count += visit(left, right, run.lowerBound, isSure: isSure, on: &bench, visitor)
                }
            } else {
                for right in wanted where right >= first {
                    count += visit(left, right, run.lowerBound, isSure: isSure, on: &bench, visitor)
                }
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
            let row = bench.scorer.bounds
            let bounds = row.fill(&bench, left, from: first, length)
            let earlier = leavesOutEarlier ? 0..<current : 0..<0
            if earlier.isEmpty { count += length }
            for place in 0..<length {
                if !earlier.isEmpty {
                    guard !earlier.contains(where: { isPaired(by: $0, left, first + place, on: &bench) }) else {
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
                count += visit(left, right, 0, isSure: true, on: &bench, visitor)
            }
        }
        return count
    }

    @inline(__always)
    private func visit(
        _ one: Int, _ other: Int, _ run: Int, isSure: Bool, on bench: inout Workbench,
        _ visitor: (inout Workbench, Int, Int) -> Void
    ) -> Int {
        let (first, second) = (bench.row(one), bench.row(other))
        guard first != second, sources.allowsAll || sources.allow(Int(first), Int(second)) else { return 0 }
        if let choice, !choice.holds(first, second) { return 0 }
        var (left, right) = (one, other)
        if let ranks {
            if ranks[Int(first)] > ranks[Int(second)] { swap(&left, &right) }
        } else if first > second {
            swap(&left, &right)
        }
        // Where keys differ by side, only the true left record may stand on the left.
        if !blocks.isSymmetric, left != one { return 0 }
        if leavesOutEarlier {
            for earlier in 0..<current where isPaired(by: earlier, left, right, on: &bench) { return 0 }
        }
        if !isSure, !bench.isPaired(by: current, left, right) { return 0 }
        if explodes, !isTurn(ofRunWith: run, left, right, on: &bench) { return 0 }
        visitor(&bench, left, right)
        return 1
    }

    /// Whether a rule brings a pair together.
    @inline(__always)
    func isPaired(by number: Int, _ left: Int, _ right: Int, on bench: inout Workbench) -> Bool {
        bench.isPaired(by: number, left, right) && (!anyExplodes || shareElements(number, left, right, on: &bench))
    }

    @inline(never)
    private func shareElements(_ number: Int, _ left: Int, _ right: Int, on bench: inout Workbench) -> Bool {
        rules.rules[number].exploded.allSatisfy { key in
            key.common(bench.rawCode(key.left.slot, left), bench.rawCode(key.right.slot, right)) != nil
        }
    }

    /// Whether this run is where a pair that may meet in several, having several elements in common, counts: that of
    /// the lowest ones.
    @inline(never)
    private func isTurn(ofRunWith entry: Int, _ left: Int, _ right: Int, on bench: inout Workbench) -> Bool {
        let rule = rules.rules[current]
        var hash = KeyHash()
        for key in rule.keys { hash.add(bench.code(key.left, left)) }
        for key in rule.exploded {
            let codes = (bench.rawCode(key.left.slot, left), bench.rawCode(key.right.slot, right))
            guard let common = key.common(codes.0, codes.1) else { return false }
            hash.add(common)
        }
        return blocks.isKey(hash.value, ofRunWith: entry)
    }

    private func gather(_ places: Range<Int>, on bench: inout Workbench) {
        bench.begin(places.count)
        if let near = bench.near {
            let width = bench.lent.width
            for (place, entry) in places.enumerated() {
                bench.set(place, row: blocks.row(entry), codes: near + place * width)
            }
        } else {
            for (place, entry) in places.enumerated() { bench.set(place, row: blocks.row(entry)) }
        }
        bench.gather()
    }

    /// Whether all keys are the same, and nothing else must hold: then no pair needs to be asked.
    private func isUniform(_ count: Int, lefts: Int, on bench: inout Workbench) -> Bool {
        let rule = rules.rules[current]
        guard rule.also < 0, rule.exploded.isEmpty else { return false }
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
    /// Whether a rule brings a pair together, as far as its keys without arrays and its condition say.
    @inline(__always)
    mutating func isPaired(by number: Int, _ left: Int, _ right: Int) -> Bool {
        let rule = UnsafePointer(scorer.rules + number)
        if rule.pointee.order >= 0 { return isNear(rule, row(left), row(right)) }
        for place in rule.pointee.keys {
            let key = scorer.keys[place]
            let one = gathered(Int32(key.left), left)
            guard one != 0, one == gathered(Int32(key.right), right) else { return false }
        }
        if rule.pointee.gateKeys > 0, !isThrough(rule, left) { return false }
        guard rule.pointee.also >= 0 else { return true }
        forgetMeasured()
        return truth(at: rule.pointee.also, left, right) == 1
    }

    /// Whether the key of a record is one that the rule has.
    @inline(never)
    private mutating func isThrough(_ rule: UnsafePointer<Tables.Rule>, _ left: Int) -> Bool {
        var hash = KeyHash()
        for place in rule.pointee.keys.prefix(rule.pointee.gateKeys) {
            hash.add(gathered(Int32(scorer.keys[place].left), left))
        }
        return KeyGate.holds(hash.value, UnsafeBufferPointer(rule.pointee.hashes)) == rule.pointee.isInside
    }

    private mutating func isNear(_ rule: UnsafePointer<Tables.Rule>, _ left: UInt32, _ right: UInt32) -> Bool {
        let places = lent.orders[rule.pointee.order]
        let (one, other) = (places[Int(left)], places[Int(right)])
        return one != 0 && other != 0 && max(one, other) - min(one, other) <= rule.pointee.width
    }
}
