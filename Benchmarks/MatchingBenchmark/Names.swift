import Values

/// The names that there are: those that everybody knows, the most common first, and thousands made of syllables.
struct Names {
    let women, men, surnames, towns, streets: LongTail
    let areas: [Bytes]
    let providers: [Bytes]
    /// What else somebody of a name is called.
    let forms: [Bytes: [Bytes]]

    init() {
        var chance = SeededChance(seed: 0x6e61_6d65)
        let surnames = Self.grown(Self.commonSurnames, to: 60_000, Self.surnameEnds, &chance)
        let women = Self.grown(Self.commonWomen, to: 2_500, ["a", "ie", "elle", "ine", "ya", "ith"], &chance)
        let men = Self.grown(Self.commonMen, to: 2_500, ["o", "an", "us", "ik", "em", "ard"], &chance)
        let towns = Self.grown([], to: 2_000, Self.townEnds, &chance)
        forms = Self.forms()
        self.surnames = LongTail(surnames, power: 0.92, shift: 5)
        self.women = LongTail(women, power: 1.2, shift: 8)
        self.men = LongTail(men, power: 1.2, shift: 8)
        self.towns = LongTail(towns, power: 0.8, shift: 6)
        streets = LongTail(Self.streets(of: surnames, &chance), power: 0.6, shift: 6)
        areas = Self.words(Self.postcodeAreas)
        providers = Self.words(
            "gmail.com hotmail.co.uk outlook.com yahoo.co.uk btinternet.com icloud.com sky.com aol.com")
    }

    static func words(_ text: String) -> [Bytes] {
        text.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }
    }

    /// The words, and as many more made of syllables as are needed.
    private static func grown(_ common: [Bytes], to count: Int, _ ends: [String], _ chance: inout SeededChance)
        -> [Bytes]
    {
        let starts = words("b bl br c ch cl cr d dr f fl g gl gr h j k l m n p pr qu r s sh sl sm st str t th tr v w")
        let vowels = words("a e i o u ai ea ee ie oa oo ow")
        let middles = words("b d ck dd ff g l ll m mm n nd ng nn p r rd rr s ss st t tt th v")
        let ends = ends.map { Array($0.utf8) }
        var all = common
        var known = Set(common)
        while all.count < count {
            var word = chance.any(of: starts) + chance.any(of: vowels) + chance.any(of: middles)
            if chance.below(4) == 0 { word += chance.any(of: vowels) + chance.any(of: middles) }
            word += chance.any(of: ends)
            if known.insert(word).inserted { all.append(word) }
        }
        return all
    }

    private static func streets(of surnames: [Bytes], _ chance: inout SeededChance) -> [Bytes] {
        var streets = (words(streetNames) + surnames[..<500]).flatMap { name in
            words(streetKinds).map { name + [UInt8(ascii: " ")] + $0 }
        }
        streets.shuffle(using: &chance)
        return streets
    }

    private static func forms() -> [Bytes: [Bytes]] {
        var forms: [Bytes: [Bytes]] = [:]
        for line in nicknames.split(separator: "\n") {
            let words = words(String(line))
            forms[words[0]] = Array(words.dropFirst())
        }
        return forms
    }

    private static let surnameEnds = [
        "", "", "", "", "son", "ton", "ley", "ford", "man", "well", "wood", "by", "er", "s", "ham", "worth", "ing",
    ]
    private static let townEnds = [
        "ton", "ham", "bury", "ford", "by", "mouth", "wick", "field", "worth", "port", "minster",
    ]
}
