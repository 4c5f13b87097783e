/// Edit distances of at most a few edits, by how far each diagonal of the table gets with so many edits: nearly
/// nothing for two texts that soon differ. G. Landau, U. Vishkin, "Fast parallel and serial approximate string
/// matching" (1989), after E. Ukkonen (1985).
///
/// With `crossing`, two neighbours may also change places, at the cost of one edit and of one more for each symbol
/// inserted or left out between them. As for the other edits, only the furthest place of a diagonal needs looking
/// at: from one nearer by g + 2 or more, inserting or leaving out g and replacing one gets as far for the same cost.
/// Nor need symbols be both inserted and left out between the two: replacing them costs no more.
enum EditFrontier {
    /// The distance, or nil when it is more than the most.
    @inline(__always)
    static func distance<Code>(_ pair: SymbolPair<Code>, within most: Int, crossing: Bool) -> Int? {
        if let bytes = pair as? SymbolPair<UInt8>, max(bytes.a.count, bytes.b.count) <= ShortPair.most {
            return bounded(ShortPair(bytes), within: most, crossing: crossing)
        }
        return bounded(pair, within: most, crossing: crossing)
    }

    @inline(__always)
    private static func bounded(_ pair: some FrontierPair, within most: Int, crossing: Bool) -> Int? {
        // A size known when compiled makes the allocation a mere move of the stack pointer.
        if most <= 3 {
            return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 36) {
                advance(pair, within: most, crossing: crossing, $0)
            }
        }
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: (most + 1) * (2 * most + 3)) {
            advance(pair, within: most, crossing: crossing, $0)
        }
    }

    @inline(__always)
    private static func advance(
        _ pair: some FrontierPair, within most: Int, crossing: Bool, _ reached: UnsafeMutableBufferPointer<Int32>
    ) -> Int? {
        let (n, m) = (pair.symbols.a.count, pair.symbols.b.count)
        let target = m - n
        guard abs(target) <= most else { return nil }
        let width = 2 * most + 3
        reached.initialize(repeating: .min / 2)
        var edits = 0
        while edits <= most {
            let spare = most - edits
            var diagonal = max(-edits, target - spare)
            let last = min(edits, target + spare)
            while diagonal <= last {
                let centre = edits * width + diagonal + most + 1
                var place = edits == 0 ? 0 : stepped(reached, centre - width)
                if crossing, edits > 0 {
                    place = max(place, crossed(pair.symbols, reached, centre, edits, diagonal, width))
                }
                place = min(place, n, m - diagonal)
                if place >= 0 {
                    place += pair.shared(from: place, place + diagonal)
                    if diagonal == target, place == n { return edits }
                    reached[centre] = Int32(truncatingIfNeeded: place)
                }
                diagonal += 1
            }
            edits += 1
        }
        return nil
    }

    /// One more replaced, inserted or left out.
    @inline(__always)
    private static func stepped(_ reached: UnsafeMutableBufferPointer<Int32>, _ before: Int) -> Int {
        Int(max(reached[before] + 1, reached[before - 1], reached[before + 1] + 1))
    }

    /// Two that changed places, with 0 or more left out of the first or inserted in the second between them.
    @inline(__always)
    private static func crossed<Code>(
        _ pair: SymbolPair<Code>, _ reached: UnsafeMutableBufferPointer<Int32>, _ centre: Int, _ edits: Int,
        _ diagonal: Int, _ width: Int
    ) -> Int {
        let (a, b) = (pair.a, pair.b)
        var best = -1
        var gap = 0
        while gap < edits {
            // With so many edits fewer, a diagonal further out than that many was not reached.
            let (row, most) = (centre - (gap + 1) * width, edits - 1 - gap)
            if diagonal + gap <= most {
                let i = Int(reached[row + gap])
                let j = i + diagonal + gap
                if i >= 0, i + gap + 1 < a.count, j + 1 < b.count, a[i] == b[j + 1], a[i + gap + 1] == b[j] {
                    best = max(best, i + gap + 2)
                }
            }
            if gap > 0, diagonal - gap >= -most {
                let i = Int(reached[row - gap])
                let j = i + diagonal - gap
                if i >= 0, i + 1 < a.count, j + gap + 1 < b.count, a[i] == b[j + gap + 1], a[i + 1] == b[j] {
                    best = max(best, i + 2)
                }
            }
            gap += 1
        }
        return best
    }
}
