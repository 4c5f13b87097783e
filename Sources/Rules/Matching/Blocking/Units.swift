/// A portion of one rule's pairs, large enough to be worth handing to a worker and small enough to share out evenly.
struct Unit: Sendable {
    /// Runs of the blocks; a single one when only some of its left records are meant.
    let runs: Range<Int>
    /// The left records of the single run, by place; nil for all.
    let lefts: Range<Int>?
    /// About how many pairs it has.
    let pairs: Int
}

extension Blocks {
    /// All pairs in portions. They depend on the blocks alone, not on who works or how many.
    func units(of size: Int = 1 << 16) -> [Unit] {
        var units: [Unit] = []
        var (start, pairs) = (0, 0)
        for (number, run) in runs.enumerated() {
            let lefts = lefts(in: run)
            let more = self.pairs(in: run, lefts: lefts)
            if more <= size * 4 {
                pairs += more
                guard pairs >= size else { continue }
                units.append(Unit(runs: start..<number + 1, lefts: nil, pairs: pairs))
            } else {
                if start < number { units.append(Unit(runs: start..<number, lefts: nil, pairs: pairs)) }
                units += portions(of: number, lefts: lefts, size: size)
            }
            (start, pairs) = (number + 1, 0)
        }
        if start < runs.count { units.append(Unit(runs: start..<runs.count, lefts: nil, pairs: pairs)) }
        return units
    }

    /// A large run, cut by its left records.
    private func portions(of number: Int, lefts: Int, size: Int) -> [Unit] {
        let run = runs[number]
        var units: [Unit] = []
        var first = 0
        while first < lefts {
            let rest = window > 0 ? window : isSymmetric ? max(1, run.count - 1 - first) : max(1, run.count - lefts)
            // Gathering the run again for every portion must stay cheap beside its pairs.
            let end = min(lefts, first + max(64, size * 4 / rest))
            let pairs = pairs(in: run, lefts: end) - pairs(in: run, lefts: first)
            units.append(Unit(runs: number..<number + 1, lefts: first..<end, pairs: pairs))
            first = end
        }
        return units
    }
}
