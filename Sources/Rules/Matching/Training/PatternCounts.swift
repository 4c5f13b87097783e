/// Pairs that have the same levels, and in training the same marks.
struct PatternRow: Hashable, Sendable {
    /// The number of the pattern of levels.
    var levels: UInt64
    /// What else they have in common, as the sweep packs it; above 0.
    var marks: UInt64
    var pairs: Int
    /// The sum of what the rarity of their values adds, in parts of 2^-20 bits, so that the order of adding is nothing.
    var terms: Int

    static let unit = 1_048_576.0

    /// Rows in order, those of the same levels and marks in one.
    static func merged(_ rows: [Self]) -> [Self] {
        var merged: [Self] = []
        for row in rows.sorted(by: { ($0.levels, $0.marks) < ($1.levels, $1.marks) }) {
            if let last = merged.last, last.levels == row.levels, last.marks == row.marks {
                merged[merged.count - 1].pairs += row.pairs
                merged[merged.count - 1].terms += row.terms
            } else {
                merged.append(row)
            }
        }
        return merged
    }
}

/// Counts pairs by pattern: a table of hashes of one worker's own, so that a pair costs one look near the core.
final class PatternCounts {
    private var rows: UnsafeMutablePointer<PatternRow>
    private var room = 1 << 12
    private var count = 0

    init() {
        rows = Self.empty(room)
    }

    deinit {
        rows.deallocate()
    }

    private static func empty(_ room: Int) -> UnsafeMutablePointer<PatternRow> {
        let rows = UnsafeMutablePointer<PatternRow>.allocate(capacity: room)
        rows.initialize(repeating: PatternRow(levels: 0, marks: 0, pairs: 0, terms: 0), count: room)
        return rows
    }

    /// Counts one pair. Marks are above 0.
    @inline(__always)
    func add(levels: UInt64, marks: UInt64, term: Double) {
        let row = rows + place(levels, marks)
        if row.pointee.marks == 0 {
            row.pointee.levels = levels
            row.pointee.marks = marks
            count += 1
        }
        row.pointee.pairs += 1
        row.pointee.terms += Int((term * PatternRow.unit).rounded())
        if count * 2 > room { grow() }
    }

    @inline(__always)
    private func place(_ levels: UInt64, _ marks: UInt64) -> Int {
        let product = (levels &* 0x9e37_79b9_7f4a_7c15 ^ marks).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
        var place = Int(truncatingIfNeeded: product.high ^ product.low) & (room - 1)
        while rows[place].marks != 0, rows[place].levels != levels || rows[place].marks != marks {
            place = (place + 1) & (room - 1)
        }
        return place
    }

    @inline(never)
    private func grow() {
        let known = found
        rows.deallocate()
        room *= 2
        rows = Self.empty(room)
        for row in known { rows[place(row.levels, row.marks)] = row }
    }

    /// What was counted, in no order.
    var found: [PatternRow] {
        (0..<room).compactMap { rows[$0].marks == 0 ? nil : rows[$0] }
    }
}
