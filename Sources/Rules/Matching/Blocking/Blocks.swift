/// The rows that one rule brings together, or a share of them: runs of rows with the same hash of their keys.
///
/// Entries are the upper half of a hash above a row's number, sorted. A row stands in a run once, however many of its
/// keys lead there. Eight bytes per entry, while sorting too.
struct Blocks: Sendable {
    private(set) var entries: [UInt64] = []
    /// Where the left records' keys are others than the right records', each record has two entries, and the lowest bit
    /// of a hash's upper half says which it is; left ones come first.
    let isSymmetric: Bool
    /// How far apart the rows of a pair may stand in the one run of neighbours; 0 where keys are equal.
    let window: Int
    let share: KeyShare
    /// Where each bucket begins, by the highest bits of a hash.
    private var starts: [Int] = [0, 0]
    private var bits: UInt64 = 0

    /// Where not all pairs are wanted, the choice leaves out the rows that meet no wanted one.
    init(
        _ rule: Rules.Rule, of rules: Rules, in records: Records, share: KeyShare = .all, choice: PairChoice? = nil
    ) {
        isSymmetric = rule.hasSameKeys
        window = rule.window?.width ?? 0
        self.share = share
        if let window = rule.window {
            // Neighbours have one order of all rows, which takes its turn with the first share.
            if share.number == 0 { entries = Self.inOrder(rules.orders[window.order]) }
            return
        }
        let readers = (isSymmetric ? [false] : [false, true]).map { KeyReader(rule, areRight: $0, rules, records) }
        let rows = UInt64(max(1, records.count / share.count))
        bits = UInt64(max(0, min(14, 55 - rows.leadingZeroBitCount)))
        gather(readers, choice.map { WantedKeys($0, readers) })
        sortBuckets()
        if !rule.exploded.isEmpty { dropRepeats() }
    }

    /// The row of an entry.
    func row(_ place: Int) -> UInt32 { UInt32(truncatingIfNeeded: entries[place]) }

    /// The end of the run that begins at an entry.
    @inline(__always)
    func endOfRun(from start: Int) -> Int {
        guard window == 0 else { return entries.count }
        return entries.withUnsafeBufferPointer { entries in
            let shift: UInt64 = isSymmetric ? 32 : 33
            var end = start + 1
            while end < entries.count, entries[end] >> shift == entries[start] >> shift { end += 1 }
            return end
        }
    }

    /// Whether a key with this hash belongs to the run with this entry.
    func isKey(_ hash: UInt64, ofRunWith place: Int) -> Bool {
        let shift: UInt64 = isSymmetric ? 32 : 33
        return share.holds(hash) && hash >> shift == entries[place] >> shift
    }

    /// How many of a run's entries are of left records.
    func lefts(in run: Range<Int>) -> Int {
        isSymmetric || window > 0 ? run.count : entries[run].partitioningIndex { $0 >> 32 & 1 == 1 } - run.lowerBound
    }

    /// The pairs that so many first left records of a run are in, of so many in all.
    func pairs(in run: Range<Int>, first: Int, of lefts: Int) -> Int {
        if window > 0 { return first * min(window, run.count) }
        return isSymmetric ? first * (run.count - 1) - first * (first - 1) / 2 : first * (run.count - lefts)
    }

    /// The entries of the rows with a key; for keys that differ by side, those of one side.
    func entries(of hash: UInt64, areRight: Bool) -> Range<Int> {
        guard !entries.isEmpty else { return 0..<0 }
        let key = entry(of: hash, row: 0, areRight: areRight)
        let bucket = bits == 0 ? 0 : Int(hash >> (64 - bits))
        let range = starts[bucket]..<starts[bucket + 1]
        let first = entries[range].partitioningIndex { $0 >= key }
        let end = entries[first..<range.upperBound].partitioningIndex { $0 >> 32 > key >> 32 }
        return first..<end
    }

    private static func inOrder(_ places: [UInt32]) -> [UInt64] {
        var entries = [UInt64](repeating: .max, count: places.count)
        for (row, place) in places.enumerated() where place > 0 { entries[Int(place) - 1] = UInt64(row) }
        return Array(entries.prefix { $0 != .max })
    }

    @inline(__always)
    private func entry(of hash: UInt64, row: UInt32, areRight: Bool) -> UInt64 {
        var key = hash & 0xffff_ffff_0000_0000
        if !isSymmetric { key = key & ~(1 << 32) | (areRight ? 1 << 32 : 0) }
        return key | UInt64(row)
    }

    /// Puts the entries into buckets. Keys are hashed twice, once to count and once to place: that costs less than
    /// keeping the hashes, which would take more memory than the entries.
    private mutating func gather(_ readers: [KeyReader], _ wanted: WantedKeys?) {
        let (bits, share) = (bits, share)
        @inline(__always) func isTaken(_ hash: UInt64) -> Bool {
            share.holds(hash) && wanted?.mayHold(hash) ?? true
        }
        @inline(__always) func bucket(_ hash: UInt64) -> Int { bits == 0 ? 0 : Int(hash >> (64 - bits)) }
        var next = [Int](repeating: 0, count: 1 << bits + 1)
        next.withUnsafeMutableBufferPointer { next in
            for reader in readers {
                reader.each { hash, _ in if isTaken(hash) { next[bucket(hash) + 1] += 1 } }
            }
            for bucket in 1..<next.count { next[bucket] += next[bucket - 1] }
        }
        starts = next
        let total = next[next.count - 1]
        entries = [UInt64](unsafeUninitializedCapacity: total) { buffer, count in
            next.withUnsafeMutableBufferPointer { next in
                for (side, reader) in readers.enumerated() {
                    reader.each { hash, row in
                        guard isTaken(hash) else { return }
                        let place = bucket(hash)
                        buffer[next[place]] = entry(of: hash, row: row, areRight: side == 1)
                        next[place] += 1
                    }
                }
            }
            count = total
        }
    }

    private mutating func sortBuckets() {
        let (bounds, bits) = (starts, bits)
        let largest = (1..<bounds.count).map { bounds[$0] - bounds[$0 - 1] }.max() ?? 0
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, largest)) { spare in
            entries.withUnsafeMutableBufferPointer { entries in
                for bucket in 1..<bounds.count {
                    UnsafeMutableBufferPointer(rebasing: entries[bounds[bucket - 1]..<bounds[bucket]])
                        .sortByUpperHalf(spare, sharing: bits)
                }
            }
        }
    }

    /// Two elements of one array may have led to the same hash.
    private mutating func dropRepeats() {
        var kept: [UInt64] = []
        kept.reserveCapacity(entries.count)
        var newStarts = [0]
        for bucket in 1..<starts.count {
            for place in starts[bucket - 1]..<starts[bucket] where kept.last != entries[place] {
                kept.append(entries[place])
            }
            newStarts.append(kept.count)
        }
        (entries, starts) = (kept, newStarts)
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place from which on the condition holds; the end when there is none. It must hold from one place on.
    fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
