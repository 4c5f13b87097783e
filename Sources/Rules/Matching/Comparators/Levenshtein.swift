/// The fewest symbols replaced, inserted or left out that turn one text into the other (Levenshtein, 1965), on
/// Unicode scalars. The same as Spark's; DuckDB counts bytes, which is the same for ASCII.
enum Levenshtein {
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
        if n <= ShortPair.most, most <= 2, let bytes = pair as? SymbolPair<UInt8> {
            return ShortPair(bytes).isWithin(most)
        }
        // A step of the frontier costs about as much as ten of the bit-parallel way.
        if most <= 3 || (k > 64 && most * most <= n * k / 512) {
            return EditFrontier.distance(pair, within: most, crossing: false) != nil
        }
        return distance(pair) <= most
    }

    @inline(__always)
    static func distance<Code>(_ pair: SymbolPair<Code>) -> Int {
        let (longer, shorter) = (pair.longer, pair.shorter)
        guard shorter.count > 0 else { return longer.count }
        if shorter.count <= 32 { return distance(shorter, longer, alphabet: pair.alphabet, in: UInt32.self) }
        if shorter.count <= 64 { return distance(shorter, longer, alphabet: pair.alphabet, in: UInt64.self) }
        return distance(long: shorter, longer, alphabet: pair.alphabet)
    }

    /// A column of the table at a time, as the bits of its rises and falls: G. Myers, "A fast bit-vector algorithm for
    /// approximate string matching" (1999), as H. Hyyrö (2003) has it for distances.
    @inline(__always)
    private static func distance<Code, Word: FixedWidthInteger & UnsignedInteger>(
        _ shorter: Symbols<Code>, _ longer: Symbols<Code>, alphabet: Int, in word: Word.Type
    ) -> Int {
        PlaceTable.with(shorter, alphabet: alphabet, as: word) { places in
            var (rises, falls): (Word, Word) = (~0, 0)
            let last = Word(truncatingIfNeeded: shorter.count - 1)
            var distance = shorter.count
            var place = 0
            while place < longer.count {
                let equal = places[Int(truncatingIfNeeded: longer[place])]
                let across = (((equal & rises) &+ rises) ^ rises) | equal
                var right = falls | ~(across | rises)
                let left = rises & across
                distance += Int(truncatingIfNeeded: (right &>> last) & 1) - Int(truncatingIfNeeded: (left &>> last) & 1)
                right = right &<< 1 | 1
                let down = equal | falls
                rises = left &<< 1 | ~(down | right)
                falls = right & down
                place += 1
            }
            return distance
        }
    }

    /// The same in strips of 64 rows, each taking the rises along its upper edge from the strip above. One table and
    /// one number per symbol of the other text are all the memory.
    @inline(never)
    private static func distance<Code>(long shorter: Symbols<Code>, _ longer: Symbols<Code>, alphabet: Int) -> Int {
        withUnsafeTemporaryAllocation(of: Int8.self, capacity: longer.count) { steps in
            steps.initialize(repeating: 1)
            var top = 0
            while top < shorter.count {
                let strip = Symbols(start: shorter.start + top, count: min(64, shorter.count - top))
                PlaceTable.with(strip, alphabet: alphabet, as: UInt64.self) { places in
                    descend(places, rows: strip.count, longer, steps)
                }
                top += 64
            }
            return steps.reduce(shorter.count) { $0 + Int($1) }
        }
    }

    @inline(__always)
    private static func descend<Code>(
        _ places: UnsafeMutablePointer<UInt64>, rows: Int, _ longer: Symbols<Code>,
        _ steps: UnsafeMutableBufferPointer<Int8>
    ) {
        var (rises, falls): (UInt64, UInt64) = (~0, 0)
        let last = UInt64(rows - 1)
        for place in 0..<longer.count {
            let step = steps[place]
            let fallsIn: UInt64 = step < 0 ? 1 : 0
            let risesIn: UInt64 = step > 0 ? 1 : 0
            let equal = places[Int(truncatingIfNeeded: longer[place])]
            let down = equal | falls
            let met = equal | fallsIn
            let across = (((met & rises) &+ rises) ^ rises) | met
            var right = falls | ~(across | rises)
            var left = rises & across
            steps[place] =
                Int8(truncatingIfNeeded: (right &>> last) & 1) - Int8(truncatingIfNeeded: (left &>> last) & 1)
            right = right &<< 1 | risesIn
            left = left &<< 1 | fallsIn
            rises = left | ~(down | right)
            falls = right & down
        }
    }
}
