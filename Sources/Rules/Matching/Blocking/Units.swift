/// A portion of one rule's pairs, large enough to be worth handing to a worker and small enough to share out evenly.
struct Unit: Sendable {
    /// Whole runs of the blocks; a single one when only some of its left records are meant.
    let entries: Range<Int>
    /// The left records of the single run, by place; nil for all.
    let lefts: Range<Int>?
    /// About how many pairs it has.
    let pairs: Int
    /// The rows of whole runs of several, which are each gathered once.
    var rows = 0
}

extension Blocks {
    /// All pairs in portions. They depend on the blocks alone, not on who works or how many.
    func units(of size: Int) -> [Unit] {
        var units: [Unit] = []
        var (start, place, pairs, rows) = (0, 0, 0, 0)
        while place < entries.count {
            let run = place..<endOfRun(from: place)
            place = run.upperBound
            guard run.count > 1 else { continue }
            let lefts = lefts(in: run)
            let more = self.pairs(in: run, first: lefts, of: lefts)
            if more <= size * 4 {
                pairs += more
                if window == 0 { rows += run.count }
                guard pairs >= size else { continue }
                units.append(Unit(entries: start..<place, lefts: nil, pairs: pairs, rows: rows))
            } else {
                if pairs > 0 {
                    units.append(Unit(entries: start..<run.lowerBound, lefts: nil, pairs: pairs, rows: rows))
                }
                units += portions(of: run, lefts: lefts, size: size)
            }
            (start, pairs, rows) = (place, 0, 0)
        }
        if pairs > 0 { units.append(Unit(entries: start..<entries.count, lefts: nil, pairs: pairs, rows: rows)) }
        return units
    }

    /// A large run, cut by its left records.
    private func portions(of run: Range<Int>, lefts: Int, size: Int) -> [Unit] {
        var units: [Unit] = []
        var first = 0
        while first < lefts {
            let rest = window > 0 ? window : isSymmetric ? max(1, run.count - 1 - first) : max(1, run.count - lefts)
            // Gathering the run again for every portion must stay cheap beside its pairs.
            let end = min(lefts, first + max(64, size * 4 / rest))
            let pairs = pairs(in: run, first: end, of: lefts) - pairs(in: run, first: first, of: lefts)
            units.append(Unit(entries: run, lefts: first..<end, pairs: pairs))
            first = end
        }
        return units
    }
}
