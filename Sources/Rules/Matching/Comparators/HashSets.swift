/// The parts of two texts, its words or an array's elements, as sets of 64-bit hashes. Two different parts share a
/// hash once in some 10¹⁹ times, which is taken to be never.
enum HashSets {
    /// What the parts of a text are.
    enum Parts {
        /// Runs of letters and digits, in small letters.
        case words
        /// The elements of an array, exactly as they are.
        case elements
    }

    /// Calls with the hashes of each text, in order and each once.
    @inline(__always)
    static func with<Result>(
        _ parts: Parts, of a: Text, _ b: Text,
        _ use: (UnsafeMutableBufferPointer<UInt64>, UnsafeMutableBufferPointer<UInt64>) -> Result
    ) -> Result {
        // A part has at least one byte and a separator, but for the last; and elements may be empty.
        let (most, others) = (a.count + 1, b.count + 1)
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: most + others) { buffer in
            let left = UnsafeMutableBufferPointer(rebasing: buffer[..<most])
            let right = UnsafeMutableBufferPointer(rebasing: buffer[most...])
            return use(set(of: parts, in: a, within: left), set(of: parts, in: b, within: right))
        }
    }

    /// How many are in both.
    static func common(
        _ a: UnsafeMutableBufferPointer<UInt64>, _ b: UnsafeMutableBufferPointer<UInt64>
    ) -> Int {
        var count = 0
        meet(a, b) { _ in count += 1 }
        return count
    }

    /// Calls with each that is in both.
    @inline(__always)
    static func meet(
        _ a: UnsafeMutableBufferPointer<UInt64>, _ b: UnsafeMutableBufferPointer<UInt64>, _ found: (UInt64) -> Void
    ) {
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] { found(a[i]) }
            let (left, right) = (a[i], b[j])
            i += left <= right ? 1 : 0
            j += right <= left ? 1 : 0
        }
    }

    private static func set(
        of parts: Parts, in text: Text, within buffer: UnsafeMutableBufferPointer<UInt64>
    ) -> UnsafeMutableBufferPointer<UInt64> {
        let count = parts == .words ? words(of: text, into: buffer) : elements(of: text, into: buffer)
        return distinct(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    }

    private static func words(of text: Text, into hashes: UnsafeMutableBufferPointer<UInt64>) -> Int {
        var scalars = Scalars(text)
        var word = TextHash()
        var (count, isInside) = (0, false)
        while let scalar = scalars.next() {
            if Scalars.isOfWord(scalar) {
                word.add(Scalars.lowercased(scalar))
                isInside = true
            } else if isInside {
                hashes[count] = word.value
                (count, isInside, word) = (count + 1, false, TextHash())
            }
        }
        if isInside {
            hashes[count] = word.value
            count += 1
        }
        return count
    }

    private static func elements(of text: Text, into hashes: UnsafeMutableBufferPointer<UInt64>) -> Int {
        var elements = Elements(text)
        var count = 0
        while let element = elements.next() {
            var hash = TextHash()
            for byte in element.bytes { hash.add(UInt32(byte)) }
            hashes[count] = hash.value
            count += 1
        }
        return count
    }

    private static func distinct(
        _ hashes: UnsafeMutableBufferPointer<UInt64>
    ) -> UnsafeMutableBufferPointer<UInt64> {
        guard hashes.count > 1 else { return hashes }
        var hashes = hashes
        if hashes.count > 32 { hashes.sort() } else { insertionSort(hashes) }
        var kept = 1
        for place in 1..<hashes.count where hashes[place] != hashes[kept - 1] {
            hashes[kept] = hashes[place]
            kept += 1
        }
        return UnsafeMutableBufferPointer(rebasing: hashes[..<kept])
    }

    /// Faster for the few words of a name than a sort for many.
    private static func insertionSort(_ hashes: UnsafeMutableBufferPointer<UInt64>) {
        for end in 1..<hashes.count {
            let hash = hashes[end]
            var place = end
            while place > 0, hashes[place - 1] > hash {
                hashes[place] = hashes[place - 1]
                place -= 1
            }
            hashes[place] = hash
        }
    }
}

/// A 64-bit hash of a row of scalars, the same on every machine and in every run.
struct TextHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    /// FNV's step (Fowler, Noll, Vo, 1991), on whole scalars.
    @inline(__always)
    mutating func add(_ scalar: UInt32) {
        state = (state ^ UInt64(scalar)) &* 0x0000_0100_0000_01b3
    }

    /// Well mixed (the finish of SplitMix64), and never 0, so that 0 may mean an empty place.
    var value: UInt64 {
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        return mixed == 0 ? 1 : mixed
    }
}
