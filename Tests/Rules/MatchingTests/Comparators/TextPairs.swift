import Values

/// Pairs of texts, alike and unlike, short and long, plain and accented; the same again for the same seed.
struct TextPairs {
    private var chance: SeededChance
    private static let alphabets = ["ab", "abcd", "abcdefghijklmnopqrstuvwxyz -.", "abé", "aéñ日本語👩"].map { Array($0) }

    init(seed: UInt64) {
        chance = SeededChance(seed: seed)
    }

    mutating func next() -> (String, String) {
        let alphabet = Self.alphabets[chance.below(Self.alphabets.count)]
        let most = [3, 3, 8, 8, 17, 17, 17, 36, 72][chance.below(9)]
        let a = text(from: alphabet, upTo: most)
        return (a, chance.below(3) == 0 ? text(from: alphabet, upTo: most) : changed(a))
    }

    /// The text with a few errors of typing.
    mutating func changed(_ text: String) -> String {
        var letters = Array(text)
        for _ in 0...chance.below(5) {
            let place = chance.below(letters.count + 1)
            switch chance.below(4) {
            case 0: letters.insert("b", at: place)
            case 1 where place < letters.count: letters.remove(at: place)
            case 2 where place < letters.count: letters[place] = "a"
            case _ where place + 2 < letters.count: letters.swapAt(place, place + 1 + chance.below(2))
            default: break
            }
        }
        return String(letters)
    }

    private mutating func text(from alphabet: [Character], upTo most: Int) -> String {
        String((0..<chance.below(most + 1)).map { _ in alphabet[chance.below(alphabet.count)] })
    }
}
