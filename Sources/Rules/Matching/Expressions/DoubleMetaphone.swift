/// The primary code of Double Metaphone: how a name probably sounds in English, in at most four letters.
///
/// L. Philips, "The Double Metaphone Search Algorithm", C/C++ Users Journal (2000). `A` is any vowel at the start, `0`
/// is "th", `X` is "sh". The second code, for the other of two pronunciations, is not computed. Accents are taken off
/// the letters of Latin-1 and Latin Extended-A first, but for ç, which has a rule; other letters are not heard.
struct DoubleMetaphone {
    static let longestCode = 4

    /// The letters A to Z, `c` for ç, `-` for what is not heard, then spaces so that rules may look beyond the end.
    private let letters: UnsafeBufferPointer<UInt8>
    /// How many letters there are without the spaces behind them.
    let count: Int
    /// The place of the letter whose turn it is.
    var current = 0
    private(set) var code = Code()
    /// Whether it looks Slavic or Germanic, which changes how some letters sound.
    private(set) var isSlavoGermanic = false

    /// Up to four letters, without a place in memory of their own.
    struct Code: Equatable {
        private var letters: UInt32 = 0
        private(set) var count = 0

        mutating func add(_ letter: UInt8) {
            guard count < longestCode else { return }
            letters |= UInt32(letter) << UInt32(8 * count)
            count += 1
        }

        func append(to output: inout [UInt8]) {
            for place in 0..<count { output.append(UInt8(truncatingIfNeeded: letters >> UInt32(8 * place))) }
        }
    }

    static func primary(of text: UnsafeBufferPointer<UInt8>) -> Code {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + padding) { letters in
            let count = MetaphoneLetters.write(text, to: letters)
            for place in count..<(count + padding) { letters[place] = UInt8(ascii: " ") }
            var metaphone = Self(
                letters: UnsafeBufferPointer(rebasing: letters[..<(count + padding)]), count: count)
            metaphone.run()
            return metaphone.code
        }
    }

    private static let padding = 6

    private init(letters: UnsafeBufferPointer<UInt8>, count: Int) {
        self.letters = letters
        self.count = count
    }

    private mutating func run() {
        for place in 0..<count where has("W|K|CZ", at: place) { isSlavoGermanic = true }
        if has("GN|KN|PN|WR|PS", at: 0) { current = 1 }
        if has("X", at: 0) { add("S", skipping: 1) }
        while current < count, code.count < Self.longestCode { hear() }
    }
}

extension DoubleMetaphone {
    var last: Int { count - 1 }

    /// The letter so many places on; a space beyond the ends.
    func letter(_ distance: Int) -> UInt8 {
        let place = current + distance
        return place >= 0 && place < letters.count ? letters[place] : UInt8(ascii: " ")
    }

    func next(is letter: Unicode.Scalar) -> Bool { self.letter(1) == UInt8(ascii: letter) }

    /// Whether one of the words, which are parted by bars, stands at the place.
    func has(_ words: StaticString, at place: Int) -> Bool {
        guard place >= 0 else { return false }
        var index = place
        var isSame = true
        for offset in 0..<words.utf8CodeUnitCount {
            let byte = words.utf8Start[offset]
            if byte == UInt8(ascii: "|") {
                if isSame { return true }
                (index, isSame) = (place, true)
            } else {
                isSame = isSame && index < letters.count && letters[index] == byte
                index += 1
            }
        }
        return isSame
    }

    /// The same, so many places from the current letter.
    func hears(_ words: StaticString, _ distance: Int = 0) -> Bool { has(words, at: current + distance) }

    func isVowel(at place: Int) -> Bool { has("A|E|I|O|U|Y", at: place) }

    /// Whether it starts as Dutch and German names do.
    var startsGermanic: Bool { has("VAN |VON |SCH", at: 0) }

    /// Writes the sounds and goes on.
    mutating func add(_ sounds: StaticString, skipping places: Int) {
        for offset in 0..<sounds.utf8CodeUnitCount { code.add(sounds.utf8Start[offset]) }
        current += places
    }

    /// Writes the sound; a letter of the same kind right after it is not heard again.
    mutating func add(_ sounds: StaticString, once twin: StaticString) {
        add(sounds, skipping: hears(twin, 1) ? 2 : 1)
    }
}

/// Folds a text to the letters the rules know.
private enum MetaphoneLetters {
    /// For U+00C0 to U+017F; `c` is ç, `-` is no letter.
    private static let folded: StaticString = """
        AAAAAAAcEEEEIIIIDNOOOOO-OUUUUYTSAAAAAAAcEEEEIIIIDNOOOOO-OUUUUYTY\
        AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKK\
        LLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS
        """

    /// Writes the letters; gives their number, never more than bytes in the text.
    static func write(_ text: UnsafeBufferPointer<UInt8>, to letters: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var count = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte & 0xc0 == 0x80 { continue }
            var letter = plain(byte)
            if byte >= 0xc3, byte <= 0xcd, index < text.count {
                let value = Int(byte & 0x1f) << 6 | Int(text[index] & 0x3f)
                if 0x300...0x36f ~= value { continue }  // an accent that stands after its letter
                if value < 0x180 { letter = folded.utf8Start[value - 0xc0] }
            }
            letters[count] = letter
            count += 1
        }
        return count
    }

    private static func plain(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xdf
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: " "): byte
        default: UInt8(ascii: "-")
        }
    }
}
