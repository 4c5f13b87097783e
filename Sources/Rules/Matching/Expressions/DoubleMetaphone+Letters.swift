/// What each letter sounds like, but C, G and S, which have files of their own.
extension DoubleMetaphone {
    mutating func hear() {
        switch letter(0) {
        case UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "I"), UInt8(ascii: "O"), UInt8(ascii: "U"),
            UInt8(ascii: "Y"):
            add(current == 0 ? "A" : "", skipping: 1)
        case UInt8(ascii: "B"): add("P", once: "B")
        case UInt8(ascii: "c"): add("S", skipping: 1)
        case UInt8(ascii: "C"): hearC()
        case UInt8(ascii: "D"): hearD()
        case UInt8(ascii: "F"): add("F", once: "F")
        case UInt8(ascii: "G"): hearG()
        case UInt8(ascii: "H"): hearH()
        case UInt8(ascii: "J"): hearJ()
        case UInt8(ascii: "K"): add("K", once: "K")
        case UInt8(ascii: "L"): add("L", once: "L")
        case UInt8(ascii: "M"): hearM()
        case UInt8(ascii: "N"): add("N", once: "N")
        case UInt8(ascii: "P"): hearP()
        case UInt8(ascii: "Q"): add("K", once: "Q")
        case UInt8(ascii: "R"): hearR()
        case UInt8(ascii: "S"): hearS()
        case UInt8(ascii: "T"): hearT()
        case UInt8(ascii: "V"): add("F", once: "V")
        case UInt8(ascii: "W"): hearW()
        case UInt8(ascii: "X"): hearX()
        case UInt8(ascii: "Z"): hearZ()
        default: current += 1
        }
    }

    private mutating func hearD() {
        if hears("DGI|DGE|DGY") { return add("J", skipping: 3) }  // edge
        if hears("DG") { return add("TK", skipping: 2) }  // Edgar
        add("T", once: "T|D")
    }

    /// Only between vowels, or first before one.
    private mutating func hearH() {
        guard current == 0 || isVowel(at: current - 1), isVowel(at: current + 1) else { return current += 1 }
        add("H", skipping: 2)
    }

    private mutating func hearJ() {
        let isSaint = has("SAN ", at: 0)
        if hears("JOSE") || isSaint {
            let isSpanish = isSaint || (current == 0 && letter(4) == UInt8(ascii: " "))
            return add(isSpanish ? "H" : "J", skipping: 1)
        }
        let isVoiced = isVowel(at: current - 1) && !isSlavoGermanic && hears("A|O", 1)
        let isHeard = !hears("L|T|K|S|N|M|B|Z", 1) && !hears("S|K|L", -1)
        add(current == 0 || current == last || isVoiced || isHeard ? "J" : "", once: "J")
    }

    /// The B of "dumb" and "thumber" is swallowed.
    private mutating func hearM() {
        let isDumb = hears("UMB", -1) && (current + 1 == last || hears("ER", 2))
        add("M", skipping: isDumb || next(is: "M") ? 2 : 1)
    }

    private mutating func hearP() {
        if next(is: "H") { return add("F", skipping: 2) }
        add("P", once: "P|B")  // Campbell
    }

    /// A last R after IE is French, as in Rogier, and not heard.
    private mutating func hearR() {
        let isFrench = current == last && !isSlavoGermanic && hears("IE", -2) && !hears("ME|MA", -4)
        add(isFrench ? "" : "R", once: "R")
    }

    private mutating func hearT() {
        if hears("TION|TIA|TCH") { return add("X", skipping: 3) }
        if hears("TH|TTH") {
            let isHard = hears("OM|AM", 2) || startsGermanic  // Thomas, Thames
            return add(isHard ? "T" : "0", skipping: 2)
        }
        add("T", once: "T|D")
    }

    private mutating func hearW() {
        if hears("WR") { return add("R", skipping: 2) }
        if current == 0, isVowel(at: 1) || hears("WH") { add("A", skipping: 0) }
        let isSilent = (current == last && isVowel(at: current - 1)) || has("SCH", at: 0)
        if !isSilent, !hears("EWSKI|EWSKY|OWSKI|OWSKY", -1), hears("WICZ|WITZ") { return add("TS", skipping: 4) }
        current += 1
    }

    /// A last X after AU is French, as in Breaux, and not heard.
    private mutating func hearX() {
        let isFrench = current == last && (hears("IAU|EAU", -3) || hears("AU|OU", -2))
        add(isFrench ? "" : "KS", once: "C|X")
    }

    private mutating func hearZ() {
        if next(is: "H") { return add("J", skipping: 2) }  // Zhao
        add("S", once: "Z")
    }
}
