import Values

/// What goes wrong when people type.
struct Slips {
    /// The keys beside each letter, from a to z.
    private let beside = [
        "qsz", "vghn", "xdfv", "serfxc", "wrd", "drtgvc", "ftyhbv", "gyujnb", "uok", "huikmn", "jiolm", "kop", "njk",
        "bhjm", "ipl", "ol", "wa", "etf", "awedzx", "ryg", "yij", "cfgb", "qes", "zsdc", "tuh", "asx",
    ].map { Array($0.utf8) }

    /// What sounds alike and is written otherwise, both ways.
    private let sounds: [(Bytes, Bytes)] = [
        ("ph", "f"), ("ck", "k"), ("ie", "y"), ("ee", "ea"), ("ou", "ow"), ("mac", "mc"), ("sh", "ch"), ("th", "t"),
        ("ll", "l"), ("nn", "n"), ("tt", "t"), ("ss", "s"), ("c", "k"), ("s", "z"), ("i", "y"), ("ai", "ay"),
        ("er", "ar"), ("gh", "g"), ("kn", "n"), ("wr", "r"), ("ks", "x"), ("sen", "son"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    /// A word with one slip, one in eight times with two.
    func slipped(_ word: Bytes, _ chance: inout SeededChance) -> Bytes {
        guard !word.isEmpty else { return word }
        let once = slippedOnce(word, &chance)
        return chance.below(8) == 0 && !once.isEmpty ? slippedOnce(once, &chance) : once
    }

    private func slippedOnce(_ word: Bytes, _ chance: inout SeededChance) -> Bytes {
        var word = word
        let place = chance.below(word.count)
        switch chance.below(100) {
        case ..<28: word[place] = keyBeside(word[place], &chance)
        case ..<46: if word.count > 2 { word.remove(at: place) }
        case ..<60: word.insert(keyBeside(word[place], &chance), at: place)
        case ..<70: word.insert(word[place], at: place)
        case ..<84: if place + 1 < word.count { word.swapAt(place, place + 1) }
        default: return misheard(word, &chance)
        }
        return word
    }

    private func keyBeside(_ key: UInt8, _ chance: inout SeededChance) -> UInt8 {
        switch key {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): chance.any(of: beside[Int(key) - 97])
        case 48...57: chance.digit()
        default: UInt8(ascii: "e")
        }
    }

    /// Written as it sounds: the first of the sounds that is in the word, looking from anywhere in the list.
    private func misheard(_ word: Bytes, _ chance: inout SeededChance) -> Bytes {
        let start = chance.below(sounds.count)
        for step in sounds.indices {
            let (one, other) = sounds[(start + step) % sounds.count]
            if let place = word.place(of: one) {
                return Array(word[..<place]) + other + word[(place + one.count)...]
            }
            if let place = word.place(of: other) {
                return Array(word[..<place]) + one + word[(place + other.count)...]
            }
        }
        return word
    }

    /// A number, a date or a postcode with one wrong digit, or two exchanged.
    func misread(_ number: Bytes, _ chance: inout SeededChance) -> Bytes {
        var number = number
        let digits = number.indices.filter { (48...57).contains(number[$0]) }
        guard !digits.isEmpty else { return number }
        let place = chance.below(digits.count)
        if chance.below(3) == 0, place + 1 < digits.count {
            number.swapAt(digits[place], digits[place + 1])
        } else {
            number[digits[place]] = chance.digit()
        }
        return number
    }
}

extension Bytes {
    /// Where another text begins in this one, if it is in it.
    func place(of other: Bytes) -> Int? {
        guard other.count <= count else { return nil }
        return (0...count - other.count).first { start in other.indices.allSatisfy { self[start + $0] == other[$0] } }
    }
}
