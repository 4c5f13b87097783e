/// The similarity of Jaro (1989) and its variant by Winkler (1990), from 0 to 1, on Unicode scalars.
///
/// Two equal symbols match when they stand less than half the longer text apart (`max / 2 - 1`, at least 0); each
/// matches once, the leftmost free one first. With m matches, of which t stand in another order (halved, rounded
/// down), the similarity is `(m / |a| + m / |b| + (m - t) / m) / 3`. Winkler adds `0.1 * prefix * (1 - similarity)`
/// for a common prefix of up to 4, but only above 0.7. An empty text has similarity 0 with any text, an empty one too.
///
/// For ASCII this is to the last bit what DuckDB computes. DuckDB counts bytes instead of scalars: ("jose", "josé")
/// is .883 here, and .848 there. Spark counts characters as we do, but adds the prefix below 0.7 too, and takes two
/// empty texts as equal: ("abcd", "abxy") is .667 here and .733 there.
enum Jaro {
    static func value(_ a: Text, _ b: Text, winkler: Bool) -> Double {
        similarity(a, b, winkler: winkler, needed: -.infinity) ?? 0
    }

    static func holds(_ bound: Bound, _ a: Text, _ b: Text, winkler: Bool) -> Bool {
        guard let similarity = similarity(a, b, winkler: winkler, needed: bound.limit) else {
            return bound.limit == bound.limit && (bound.sense == .atMost || bound.sense == .below)
        }
        return bound.holds(similarity)
    }

    /// Nil when it is surely below what is needed.
    @inline(__always)
    private static func similarity(_ a: Text, _ b: Text, winkler: Bool, needed: Double) -> Double? {
        if a.isASCII, b.isASCII {
            return similarity(SymbolPair(a, b), winkler: winkler, needed: needed)
        }
        return SymbolPair.decoded(a, b) { similarity($0, winkler: winkler, needed: needed) }
    }

    @inline(__always)
    private static func similarity<Code>(_ pair: SymbolPair<Code>, winkler: Bool, needed: Double) -> Double? {
        let longer = pair.longer
        let shorter = pair.shorter
        guard shorter.count > 0 else { return needed > 0 ? nil : 0 }
        let prefix = winkler ? commonPrefix(longer, shorter) : 0
        let least = leastMatches(for: needed, prefix: prefix, longer.count, shorter.count)
        guard least <= shorter.count, least == 0 || mayMatch(least, longer, shorter) else { return nil }
        let agreement: Agreement? =
            longer.count <= 32
            ? Agreement(longer, shorter, alphabet: pair.alphabet, least: least, in: UInt32.self)
            : longer.count <= 64
                ? Agreement(longer, shorter, alphabet: pair.alphabet, least: least, in: UInt64.self)
                : Agreement(long: longer, shorter, alphabet: pair.alphabet)
        guard let agreement else { return nil }
        return agreement.similarity(longer.count, shorter.count, prefix: prefix)
    }

    /// A first look at which symbols occur at all: one that the other text lacks cannot match. It turns most pairs
    /// away for a third of what the matching costs.
    @inline(__always)
    private static func mayMatch<Code>(_ least: Int, _ longer: Symbols<Code>, _ shorter: Symbols<Code>) -> Bool {
        var (left, right): (UInt64, UInt64) = (0, 0)
        var place = 0
        // Two chains at a time, neither of which waits for the other.
        while place < shorter.count {
            left |= 1 &<< UInt64(truncatingIfNeeded: longer[place])
            right |= 1 &<< UInt64(truncatingIfNeeded: shorter[place])
            place += 1
        }
        while place < longer.count {
            left |= 1 &<< UInt64(truncatingIfNeeded: longer[place])
            place += 1
        }
        return longer.count - (left & ~right).nonzeroBitCount >= least
            && shorter.count - (right & ~left).nonzeroBitCount >= least
    }

    @inline(__always)
    private static func commonPrefix<Code>(_ longer: Symbols<Code>, _ shorter: Symbols<Code>) -> Int {
        let most = min(4, shorter.count)
        var length = 0
        while length < most, longer[length] == shorter[length] { length += 1 }
        return length
    }

    /// How many symbols must match at least, were there no transpositions: `(m / n + m / k + 1) / 3 >= jaro`.
    /// A little less is asked, so that rounding never turns away a pair that is just good enough.
    @inline(__always)
    private static func leastMatches(for needed: Double, prefix: Int, _ n: Int, _ k: Int) -> Int {
        var jaro = needed
        if prefix > 0, needed > 0.7 {
            let bonus = 0.1 * Double(prefix)
            jaro = max(0.7, (needed - bonus) / (1 - bonus))
        }
        let share = 3 * jaro - 1
        guard share > 0 else { return share == share ? 0 : k + 1 }
        let exact = share * Double(n * k) / Double(n + k) - 1e-6
        guard exact <= Double(k) else { return k + 1 }
        let whole = Int(exact)
        return Double(whole) < exact ? whole + 1 : whole
    }
}

/// How many symbols of two texts match, and how many of these stand in another order.
struct Agreement {
    var matches = 0
    var displaced = 0

    @inline(__always)
    func similarity(_ n: Int, _ k: Int, prefix: Int) -> Double {
        guard matches > 0 else { return 0 }
        let shares = Double(matches) / Double(n) + Double(matches) / Double(k)
        let jaro = (shares + Double(matches - displaced / 2) / Double(matches)) / 3
        // Rounded once, as DuckDB's build does: otherwise one pair in eighty differs in the last bit.
        return jaro > 0.7 && prefix > 0 ? jaro.addingProduct(Double(prefix) * 0.1, 1 - jaro) : jaro
    }

    /// Bit-parallel, for texts that fit a word; nil as soon as fewer than the least must match.
    @inline(__always)
    init?<Code, Word: FixedWidthInteger & UnsignedInteger>(
        _ longer: Symbols<Code>, _ shorter: Symbols<Code>, alphabet: Int, least: Int, in word: Word.Type
    ) {
        let found = PlaceTable.with(longer, alphabet: alphabet, as: word) { places -> Agreement? in
            let reach = max(longer.count / 2 - 1, 0)
            var near: Word = (1 &<< Word(truncatingIfNeeded: reach + 1)) &- 1
            var taken: Word = 0
            var matched: Word = 0
            var spare = shorter.count - least
            var place = 0
            while place < shorter.count {
                let free = places[Int(truncatingIfNeeded: shorter[place])] & near & ~taken
                taken |= free & (0 &- free)
                if free == 0 {
                    spare -= 1
                    if spare < 0 { return nil }
                }
                matched |= (free == 0 ? 0 : 1) &<< Word(truncatingIfNeeded: place)
                near = near &<< 1 | (place < reach ? 1 : 0)
                place += 1
            }
            return Agreement(longer, taken, shorter, matched)
        }
        guard let found else { return nil }
        self = found
    }

    @inline(__always)
    private init<Code, Word: FixedWidthInteger & UnsignedInteger>(
        _ longer: Symbols<Code>, _ taken: Word, _ shorter: Symbols<Code>, _ matched: Word
    ) {
        var left = taken
        var right = matched
        while right != 0 {
            matches += 1
            if longer[left.trailingZeroBitCount] != shorter[right.trailingZeroBitCount] { displaced += 1 }
            left &= left &- 1
            right &= right &- 1
        }
    }

    /// For longer texts, in time linear in their lengths. The places of one symbol are matched in order, and one that
    /// is left behind by the window stays behind; so a list of places per symbol, only ever walked forward, will do.
    @inline(never)
    init<Code>(long longer: Symbols<Code>, _ shorter: Symbols<Code>, alphabet: Int) {
        let (end, taken): (Int32, Int32) = (-1, -2)
        self = withUnsafeTemporaryAllocation(of: Int32.self, capacity: alphabet + longer.count + shorter.count) {
            buffer in
            buffer.initialize(repeating: end)
            let (next, matched) = (alphabet, alphabet + longer.count)
            for place in stride(from: longer.count - 1, through: 0, by: -1) {
                buffer[next + place] = buffer[Int(longer[place])]
                buffer[Int(longer[place])] = Int32(truncatingIfNeeded: place)
            }
            let reach = longer.count / 2 - 1
            var agreement = Agreement()
            for place in 0..<shorter.count {
                let symbol = Int(shorter[place])
                while buffer[symbol] >= 0, Int(buffer[symbol]) < place - reach {
                    buffer[symbol] = buffer[next + Int(buffer[symbol])]
                }
                let match = Int(buffer[symbol])
                guard match >= 0, match <= place + reach else { continue }
                buffer[symbol] = buffer[next + match]
                buffer[next + match] = taken
                buffer[matched + agreement.matches] = Int32(truncatingIfNeeded: symbol)
                agreement.matches += 1
            }
            var seen = 0
            for place in 0..<longer.count where buffer[next + place] == taken {
                if Int(buffer[matched + seen]) != Int(longer[place]) { agreement.displaced += 1 }
                seen += 1
            }
            return agreement
        }
    }

    private init() {}
}
