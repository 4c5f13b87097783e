/// The letters with the most to say about them.
extension DoubleMetaphone {
    mutating func hearC() {
        if isGermanicACH { return add("K", skipping: 2) }
        if current == 0, hears("CAESAR") { return add("S", skipping: 2) }
        if hears("CHIA") { return add("K", skipping: 2) }  // Chianti
        if hears("CH") { return hearCH() }
        if hears("CZ"), !hears("WICZ", -2) { return add("S", skipping: 2) }  // Czerny
        if hears("CIA", 1) { return add("X", skipping: 3) }  // focaccia
        if hears("CC"), !(current == 1 && has("M", at: 0)) { return hearCC() }  // but McClellan
        if hears("CK|CG|CQ") { return add("K", skipping: 2) }
        if hears("CI|CE|CY") { return add("S", skipping: 2) }
        if hears(" C| Q| G", 1) { return add("K", skipping: 3) }  // Mac Caffrey
        add("K", skipping: hears("C|K|Q", 1) && !hears("CE|CI", 1) ? 2 : 1)
    }

    /// As in Bacher and Macher.
    private var isGermanicACH: Bool {
        guard current > 1, !isVowel(at: current - 2), hears("ACH", -1), !hears("I", 2) else { return false }
        return !hears("E", 2) || hears("BACHER|MACHER", -2)
    }

    private mutating func hearCH() {
        let isMichael = current > 0 && hears("CHAE")
        let isGreek = current == 0 && hears("HARAC|HARIS|HOR|HYM|HIA|HEM", 1) && !has("CHORE", at: 0)
        let isBeforeConsonant =
            (current == 0 || hears("A|O|U|E", -1)) && hears("L|R|N|M|B|H|F|V|W| ", 2)  // Wachtler, Bach
        let isHard = startsGermanic || hears("ORCHES|ARCHIT|ORCHID", -2) || hears("T|S", 2) || isBeforeConsonant
        let isScottish = current > 0 && has("MC", at: 0)  // McHugh
        add(isMichael || isGreek || isHard || isScottish ? "K" : "X", skipping: 2)
    }

    private mutating func hearCC() {
        guard hears("I|E|H", 2), !hears("HU", 2) else { return add("K", skipping: 2) }
        let isParted = (current == 1 && has("A", at: 0)) || hears("UCCEE|UCCES", -1)  // accident, success
        add(isParted ? "KS" : "X", skipping: 3)  // bacci, Bertucci
    }

    mutating func hearG() {
        if next(is: "H") { return hearGH() }
        if next(is: "N") { return hearGN() }
        if hears("LI", 1), !isSlavoGermanic { return add("KL", skipping: 2) }  // Tagliaro
        if current == 0, hears("Y|ES|EP|EB|EL|EY|IB|IL|IN|IE|EI|ER", 1) { return add("K", skipping: 2) }
        if hears("ER|Y", 1), !has("DANGER|RANGER|MANGER", at: 0), !hears("E|I|RGY|OGY", -1) {
            return add("K", skipping: 2)
        }
        if hears("E|I|Y", 1) || hears("AGGI|OGGI", -1) {
            return add(startsGermanic || hears("ET", 1) ? "K" : "J", skipping: 2)
        }
        add("K", once: "G")
    }

    private mutating func hearGH() {
        if current > 0, !isVowel(at: current - 1) { return add("K", skipping: 2) }
        if current == 0 { return add(hears("I", 2) ? "J" : "K", skipping: 2) }  // Ghislane, Ghiradelli
        // Parker's rule, with a few more: Hugh, bough, Broughton.
        if hears("B|H|D", -2) || hears("B|H|D", -3) || hears("B|H", -4) { return current += 2 }
        if hears("U", -1), hears("C|G|L|R|T", -3) { return add("F", skipping: 2) }  // laugh, McLaughlin, cough, rough
        add(hears("I", -1) ? "" : "K", skipping: 2)
    }

    private mutating func hearGN() {
        let isHeard = (current == 1 && isVowel(at: 0)) || hears("EY", 2) || isSlavoGermanic
        add(isHeard ? "KN" : "N", skipping: 2)
    }

    mutating func hearS() {
        if hears("ISL|YSL", -1) { return current += 1 }  // island, Carlisle
        if current == 0, hears("SUGAR") { return add("X", skipping: 1) }
        if hears("SH") { return add(hears("HEIM|HOEK|HOLM|HOLZ", 1) ? "S" : "X", skipping: 2) }
        if hears("SIO|SIA") { return add("S", skipping: 3) }
        if current == 0, hears("M|N|L|W", 1) { return add("S", skipping: 1) }  // Smith, as Schmidt
        if hears("SC") { return hearSC() }
        // A last S after AI or OI is French, as in Artois, and not heard.
        add(current == last && hears("AI|OI", -2) ? "" : "S", once: "S|Z")
    }

    private mutating func hearSC() {
        if hears("H", 2) {
            let isDutch = hears("OO|UY|ED|EM", 3)  // school, Schuyler
            return add(isDutch ? "SK" : "X", skipping: 3)
        }
        add(hears("I|E|Y", 2) ? "S" : "SK", skipping: 3)
    }
}
