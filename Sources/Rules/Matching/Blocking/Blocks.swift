/// The rows that one rule brings together: runs of rows with the same hash of their keys.
///
/// Entries are the low half of a hash above a row's number, sorted by hash, then by row, in buckets by the hash's high
/// bits; of 100 million rows some two in a million blocks mix two keys, so the keys themselves have the last word.
struct Blocks: Sendable {
    private(set) var entries: [UInt64] = []
    /// Runs of at least two entries, as far as they can make pairs.
    private(set) var runs: [Range<Int>] = []
    /// Where the left records' keys are others than the right records', each record has two entries, and the lowest bit
    /// of a hash says which it is; left ones come first.
    let isSymmetric: Bool
    /// How far apart the rows of a pair may stand in the one run of neighbours; 0 where keys are equal.
    let window: Int
    /// Where each bucket begins, by the highest bits of a hash.
    private var starts: [Int] = []
    private var bits: UInt64 = 0

    init(_ rule: Rules.Rule, of rules: Rules, in records: Records) {
        isSymmetric = rule.keys.allSatisfy { $0.left == $0.right }
        window = rule.window?.width ?? 0
        if let window = rule.window {
            entries = Self.inOrder(rules.orders[window.order])
            if entries.count > 1 { runs = [0..<entries.count] }
            return
        }
        var hashes: [UInt64] = []
        hashes.reserveCapacity(records.count)
        var found: [UInt32] = []
        found.reserveCapacity(records.count)
        Self.gather(rule.fieldsOfLeft, rules, records, &hashes, &found)
        if !isSymmetric {
            let lefts = hashes.count
            Self.gather(rule.fieldsOfRight, rules, records, &hashes, &found)
            for place in hashes.indices { hashes[place] = hashes[place] & ~1 | (place < lefts ? 0 : 1) }
        }
        sort(hashes, found)
        findRuns()
    }

    /// The row of an entry.
    func row(_ place: Int) -> UInt32 { UInt32(truncatingIfNeeded: entries[place]) }

    /// How many of a run's entries are of left records.
    func lefts(in run: Range<Int>) -> Int {
        isSymmetric ? run.count : run.prefix { entries[$0] >> 32 & 1 == 0 }.count
    }

    /// The pairs that so many first left records of a run are in.
    func pairs(in run: Range<Int>, lefts: Int) -> Int {
        if window > 0 { return lefts * window }
        return isSymmetric
            ? lefts * (run.count - 1) - lefts * (lefts - 1) / 2 : lefts * (run.count - self.lefts(in: run))
    }

    private static func inOrder(_ places: [UInt32]) -> [UInt64] {
        var entries = [UInt64](repeating: .max, count: places.count)
        for (row, place) in places.enumerated() where place > 0 { entries[Int(place) - 1] = UInt64(row) }
        return Array(entries.prefix { $0 != .max })
    }

    private static func gather(
        _ numbers: [Int], _ rules: Rules, _ records: Records, _ hashes: inout [UInt64], _ rows: inout [UInt32]
    ) {
        let width = records.layout.columns.count
        let fields = numbers.map { rules.fields[$0] }
        let maps = fields.map { field in
            field.map.map { $0 < records.maps.count ? records.maps[$0] : rules.maps[$0 - records.maps.count] } ?? []
        }
        records.codes.withUnsafeBufferPointer { codes in
            for row in 0..<records.count {
                var hash = Self.seed
                var isWhole = true
                for number in fields.indices {
                    var code = codes[row * width + fields[number].slot]
                    if fields[number].map != nil { code = maps[number][Int(code)] }
                    if code == 0 { isWhole = false }
                    hash = Self.mixed(hash, code)
                }
                guard isWhole else { continue }
                hashes.append(Self.finished(hash))
                rows.append(UInt32(row))
            }
        }
    }

    private static let seed: UInt64 = 0x243f_6a88_85a3_08d3

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ code: UInt32) -> UInt64 {
        let product = (hash ^ UInt64(code)) &* 0x9e37_79b9_7f4a_7c15
        return product ^ product >> 29
    }

    @inline(__always)
    private static func finished(_ hash: UInt64) -> UInt64 {
        let product = hash &* 0xbf58_476d_1ce4_e5b9
        return product ^ product >> 32
    }

    /// The entries of the rows with these codes of a key; for keys that differ by side, those of one side.
    func entries(of codes: [UInt32], areRight: Bool) -> Range<Int> {
        guard !codes.contains(0), !entries.isEmpty else { return 0..<0 }
        var hash = Self.finished(codes.reduce(Self.seed, Self.mixed))
        if !isSymmetric { hash = hash & ~1 | (areRight ? 1 : 0) }
        let bucket = bits == 0 ? 0 : Int(hash >> (64 - bits))
        let range = starts.isEmpty ? entries.indices : starts[bucket]..<starts[bucket + 1]
        let low = hash << 32
        let first = entries[range].partitioningIndex { $0 >= low }
        let end = entries[first..<range.upperBound].partitioningIndex { $0 >> 32 > low >> 32 }
        return first..<end
    }

    /// Sorts by hash: into buckets by its highest bits, then each bucket, which fits near the core.
    private mutating func sort(_ hashes: [UInt64], _ rows: [UInt32]) {
        bits = UInt64(max(0, min(14, hashes.count.bitWidth - hashes.count.leadingZeroBitCount - 9)))
        guard bits > 0 else {
            entries = hashes.indices.map { hashes[$0] << 32 | UInt64(rows[$0]) }.sorted()
            return
        }
        let bits = bits
        var starts = [Int](repeating: 0, count: 1 << bits + 1)
        for hash in hashes { starts[Int(hash >> (64 - bits)) + 1] += 1 }
        for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
        var next = starts
        entries = [UInt64](unsafeUninitializedCapacity: hashes.count) { buffer, count in
            for place in hashes.indices {
                let bucket = Int(hashes[place] >> (64 - bits))
                buffer[next[bucket]] = hashes[place] << 32 | UInt64(rows[place])
                next[bucket] += 1
            }
            count = hashes.count
        }
        let largest = (1..<starts.count).map { starts[$0] - starts[$0 - 1] }.max() ?? 0
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: max(1, largest)) { spare in
            entries.withUnsafeMutableBufferPointer { entries in
                for bucket in 1..<starts.count {
                    Self.sortBucket(
                        UnsafeMutableBufferPointer(rebasing: entries[starts[bucket - 1]..<starts[bucket]]), spare)
                }
            }
        }
        self.starts = starts
    }

    /// Sorts a bucket by the upper halves, least byte first; what was in order of rows stays so.
    private static func sortBucket(
        _ entries: UnsafeMutableBufferPointer<UInt64>, _ spare: UnsafeMutableBufferPointer<UInt64>
    ) {
        guard entries.count > 1 else { return }
        if entries.count < 48 { return insertionSort(entries) }
        var (from, to) = (entries, UnsafeMutableBufferPointer(rebasing: spare[..<entries.count]))
        for shift in stride(from: UInt64(32), to: 64, by: 8) {
            withUnsafeTemporaryAllocation(of: Int.self, capacity: 257) { starts in
                starts.initialize(repeating: 0)
                for entry in from { starts[Int(entry >> shift & 255) + 1] += 1 }
                for byte in 1..<257 { starts[byte] += starts[byte - 1] }
                for entry in from {
                    let byte = Int(entry >> shift & 255)
                    to[starts[byte]] = entry
                    starts[byte] += 1
                }
            }
            swap(&from, &to)
        }
    }

    private static func insertionSort(_ entries: UnsafeMutableBufferPointer<UInt64>) {
        for place in 1..<entries.count {
            let entry = entries[place]
            var hole = place
            while hole > 0, entries[hole - 1] > entry {
                entries[hole] = entries[hole - 1]
                hole -= 1
            }
            entries[hole] = entry
        }
    }

    private mutating func findRuns() {
        let shift: UInt64 = isSymmetric ? 32 : 33
        var start = 0
        entries.withUnsafeBufferPointer { entries in
            for place in 1..<max(1, entries.count + 1) {
                if place < entries.count, entries[place] >> shift == entries[start] >> shift { continue }
                if place - start > 1 { runs.append(start..<place) }
                start = place
            }
        }
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
