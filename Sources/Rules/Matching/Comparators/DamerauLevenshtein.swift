/// The fewest symbols replaced, inserted, left out, or swapped with their neighbour, that turn one text into the
/// other, on Unicode scalars.
///
/// This is the unrestricted distance: symbols that changed places may be edited again, so ("ca", "abc") is 2, it
/// keeps the triangle inequality, and for ASCII it is what DuckDB's `damerau_levenshtein` gives. The "optimal string
/// alignment", which others go by this name, touches nothing twice and says 3 there; Spark has neither.
/// R. Lowrance, R. Wagner, "An extension of the string-to-string correction problem" (1975).
enum DamerauLevenshtein {
    static func value(_ a: Text, _ b: Text) -> Double {
        if a.isASCII, b.isASCII { return Double(distance(SymbolPair(a, b))) }
        return Double(SymbolPair.decoded(a, b) { distance($0) })
    }

    static func holds(_ bound: Bound, _ a: Text, _ b: Text) -> Bool {
        guard let edits = EditBound(bound) else { return false }
        if a.isASCII, b.isASCII { return isWithin(edits.most, SymbolPair(a, b)) != edits.isDenied }
        return SymbolPair.decoded(a, b) { isWithin(edits.most, $0) } != edits.isDenied
    }

    @inline(__always)
    private static func isWithin<Code>(_ most: Int, _ pair: SymbolPair<Code>) -> Bool {
        let (n, k) = (pair.longer.count, pair.shorter.count)
        guard n - k <= most else { return false }
        guard n > most else { return true }
        // The frontier looks back over all gaps, so its cost grows with the third power.
        if most <= 2 || (most < 400 && most * most * (most + 1) <= n * k) {
            return EditFrontier.distance(pair, within: most, crossing: true) != nil
        }
        return distance(pair) <= most
    }

    /// Row by row, with three rows and, per symbol, the row where it was seen last: C. Zhao, S. Sahni, "String
    /// correction using the Damerau-Levenshtein distance" (2019). A swap needs a gap in one text at most.
    @inline(never)
    static func distance<Code>(_ pair: SymbolPair<Code>) -> Int {
        let (a, b) = (pair.a, pair.b)
        let size = b.count + 2
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 3 * size + pair.alphabet) { buffer in
            let far = Int32(truncatingIfNeeded: max(a.count, b.count) + 1)
            buffer.initialize(repeating: far)
            for j in 0...b.count { buffer[1 + j] = Int32(truncatingIfNeeded: j) }
            for symbol in 0..<pair.alphabet { buffer[3 * size + symbol] = -1 }
            var (row, above) = (0, size)
            for i in stride(from: 1, through: a.count, by: 1) {
                swap(&row, &above)
                fill(row, above: above, crossings: 2 * size, seen: 3 * size, a[i - 1], i, b, buffer)
                buffer[3 * size + Int(a[i - 1])] = Int32(truncatingIfNeeded: i)
            }
            return Int(buffer[row + 1 + b.count])
        }
    }

    /// Fills the table's row for the i-th symbol of the first text. Until overwritten, the row holds the last but one.
    /// `crossings` holds, for each column, the corner before the last row where its symbol matched.
    @inline(__always)
    private static func fill<Code>(
        _ row: Int, above: Int, crossings: Int, seen: Int, _ symbol: Code, _ i: Int, _ b: Symbols<Code>,
        _ table: UnsafeMutableBufferPointer<Int32>
    ) {
        let far = Int32(truncatingIfNeeded: max(i, b.count) + 1)
        var matchedColumn = -1
        var corner = far
        var beforeLast = table[row + 1]
        table[row] = far
        table[row + 1] = Int32(truncatingIfNeeded: i)
        for j in stride(from: 1, through: b.count, by: 1) {
            let isEqual = symbol == b[j - 1]
            var best = min(
                table[above + j] + (isEqual ? 0 : 1), table[row + j] + 1, table[above + j + 1] + 1)
            if isEqual {
                matchedColumn = j
                table[crossings + j] = table[above + j - 1]
                corner = beforeLast
            } else {
                let matchedRow = Int(table[seen + Int(b[j - 1])])
                if matchedRow > 0, j - matchedColumn == 1, matchedColumn > 0 {
                    best = min(best, table[crossings + j] + Int32(truncatingIfNeeded: i - matchedRow))
                } else if matchedRow > 0, matchedColumn > 0, i - matchedRow == 1 {
                    best = min(best, corner + Int32(truncatingIfNeeded: j - matchedColumn))
                }
            }
            beforeLast = table[row + 1 + j]
            table[row + 1 + j] = best
        }
    }
}
