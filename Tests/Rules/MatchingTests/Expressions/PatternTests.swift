import Testing
import Values

@testable import Matching

struct PatternTests {
    /// What DuckDB 2.0's `regexp_extract` gives, its empty text being our nothing.
    private static let findings: [(pattern: String, group: Int, text: String, found: String?)] = [
        (#"^[^@]+"#, 0, "amina@example.org", "amina"),
        (#"@(.+)$"#, 1, "amina@example.org", "example.org"),
        (#"@(.+)$"#, 1, "amina", nil),
        (#"^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? [0-9]"#, 0, "SW1A 1AA", "SW1A 1"),
        (#"^[A-Za-z]{1,2}"#, 0, "m1 1ae", "m"),
        (#"[0-9]{4}$"#, 0, "12-04-1985", "1985"),
        (#"(\d+)-(\d+)-(\d+)"#, 2, "12-04-1985", "04"),
        (#"a|ab"#, 0, "ab", "a"),
        (#"ab|a"#, 0, "ab", "ab"),
        (#"(a|ab)(c|bcd)(d*)"#, 2, "abcd", "bcd"),
        (#"a+?"#, 0, "aaa", "a"),
        (#"a{2,3}"#, 0, "aaaa", "aaa"),
        (#"a{2,3}?"#, 0, "aaaa", "aa"),
        (#"(a*)*"#, 1, "aab", "aa"),
        (#"(a|b)*"#, 1, "abab", "b"),
        (#"(?:(a)|b)*"#, 1, "ab", "a"),
        (#"x*"#, 0, "b", nil),
        (#"\bfoo\b"#, 0, "a foo b", "foo"),
        (#"\bfoo\b"#, 0, "afoob", nil),
        (#"\Boo"#, 0, "foo", "oo"),
        (#"(?i)straße"#, 0, "STRAßE", "STRAßE"),
        (#"(?i)[k]+"#, 0, "kKK", "kKK"),
        (#"[^\s]+"#, 0, " ab c", "ab"),
        (#".+"#, 0, "ab\ncd", "ab"),
        (#"(?s).+"#, 0, "ab\ncd", "ab\ncd"),
        (#"b$"#, 0, "ab\n", nil),
        (#"[é-ü]+"#, 0, "aéêz", "éê"),
        (#".$"#, 0, "zoë", "ë"),
        (#"^.{3}"#, 0, "Zoë👍", "Zoë"),
        (#"[[:alpha:]]+"#, 0, "1abc2", "abc"),
        (#"[]a]+"#, 0, "b]a]", "]a]"),
        (#"x{,3}"#, 0, "x{,3}", "x{,3}"),
        (#"\x41\x{e9}"#, 0, "Aé", "Aé"),
        (#"(\D)c|"#, 0, "abkc", nil),
        (#"(a+)+$"#, 0, "aaaab", nil),
        (#"(a+)+$"#, 1, "baaa", "aaa"),
        (#"[^@]*?@"#, 0, "a@b@", "a@"),
        (#"^(?:de|van) (.*)"#, 1, "van Dijk", "Dijk"),
        (#"(?P<y>\d\d)$"#, 1, "1985", "85"),
        (#"a||b"#, 0, "b", nil),
        (#"\."#, 0, "a.b", "."),
        (#"(?i)a\W"#, 0, "a\u{212a} a£", "a£"),
    ]

    @Test func `a pattern finds what RE2 finds`() throws {
        for (pattern, group, text, found) in Self.findings {
            let derivation = try Derivation(.extract(.column("x"), pattern: pattern, group: group))
            #expect(derivation.value(["x": text]) == found, "\(pattern) in \(text)")
        }
    }

    @Test func `the table and the simulation agree on patterns made up`() throws {
        let seed: UInt64 = 20_261_122
        var chance = SeededChance(seed: seed)
        for _ in 0..<80 {
            let text = Invented.pattern(depth: 4, &chance)
            let pattern = try Pattern(text, group: 0)
            for _ in 0..<4 {
                let subject = Invented.text(&chance)
                var steps = 0
                let slow = simulated(pattern, subject, &steps)
                #expect(found(pattern, subject) == slow, "seed \(seed): \(text) in \(subject)")
            }
        }
    }

    @Test func `a group at a fixed distance from either end is found without simulation, and the same`() throws {
        for text in [
            "(a+)b", "é(.*)$", "a(b|c)c", "^(?:a|b)*(cc)", "((a))b?", "(a*)[^a]", "^.*(a{2})b$", "x|(a)", "(b)+c",
        ] {
            let pattern = try Pattern(text, group: 1)
            var chance = SeededChance(seed: 3)
            for _ in 0..<60 {
                let subject = Invented.text(&chance)
                var steps = 0
                let slow = simulated(pattern, subject, &steps)
                #expect(found(pattern, subject) == slow, "\(text) in \(subject)")
            }
        }
    }

    @Test(arguments: ["(a+)+$", "(a|a)*$", "(?:a*)*b", "(a|aa)+$", "((a+)+)+c", "(.*)(.*)(.*)(.*)x"])
    func `a hostile pattern takes steps in proportion to the text`(text: String) throws {
        let pattern = try Pattern(text, group: 0)
        var (short, long) = (0, 0)

        _ = simulated(pattern, String(repeating: "a", count: 500) + "!", &short)
        _ = simulated(pattern, String(repeating: "a", count: 1000) + "!", &long)

        #expect(pattern.isTable)
        #expect(long <= 2 * short + 100)
        #expect(long <= 1002 * 40)
    }

    @Test func `a pattern too large for a table is simulated`() throws {
        let pattern = try Pattern("(?:a|b)*a(?:a|b){16}c", group: 0)

        #expect(!pattern.isTable)
        #expect(found(pattern, "xbabbbbbbbbbbbbbbbbcx") == "babbbbbbbbbbbbbbbbc")
        #expect(found(pattern, "xbbbbbbbbbbbbbbbbbbcx") == nil)
    }

    @Test(arguments: [
        ("a(?=b)", 2), ("(?<!a)b", 1), (#"(a)\1"#, 4), (#"\pL"#, 1), ("(?m)^a", 3), ("a**", 3), ("*a", 1), ("a|+", 3),
        ("(a", 1), ("a)", 2), ("[a", 1), ("[z-a]", 2), (#"[a-\d]"#, 2), ("a{3,2}", 2), ("a{1001}", 2), (#"a\"#, 2),
        (#"\y"#, 1), (#"\xg1"#, 1), ("[[:letters:]]", 2), ("(?P<a", 1), ("(?i", 1),
    ]) func `what is not supported is refused at its place`(text: String, character: Int) {
        let fault = #expect(throws: ModelFault.self) { try Pattern(text, group: 0) }

        #expect(fault?.place == "regular expression '\(text)', character \(character)")
        #expect(fault?.reason.hasSuffix(".") == true)
    }

    @Test(arguments: [
        "(((a{100}){100}){100}){100}", "((((){1000}){1000}){1000}){1000}", String(repeating: "(", count: 1000),
        String(repeating: "a", count: 3000), "(?:(?:[^é]{1000}){1000})",
    ]) func `a pattern that would be too large is refused`(text: String) {
        #expect(throws: ModelFault.self) { try Pattern(text, group: 0) }
    }

    @Test func `a group that is not there is refused`() {
        #expect(throws: ModelFault.self) { try Pattern("(a)", group: 2) }
        #expect(throws: ModelFault.self) { try Pattern("(a)", group: -1) }
    }

    @Test func `any text is a pattern or refused with a sentence`() {
        let seed: UInt64 = 7
        var chance = SeededChance(seed: seed)
        let signs = Array("ab01(((()))[[]]{}{},*+?|\\\\^$.:?P<i>-=!dwsbxpQé \u{0}\u{301}".unicodeScalars)
        for _ in 0..<1000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<chance.below(14) { text.append(signs[chance.below(signs.count)]) }
            do throws(ModelFault) {
                _ = found(try Pattern(String(text), group: 0), "ab01 é")
            } catch {
                #expect(error.sentence.hasSuffix("."), "seed \(seed): \(String(text))")
            }
        }
    }

    private func found(_ pattern: Pattern, _ text: String) -> String? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            pattern.find(in: bytes).map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
        }
    }

    private func simulated(_ pattern: Pattern, _ text: String, _ steps: inout Int) -> String? {
        let found = Array(text.utf8).withUnsafeBufferPointer { bytes in
            pattern.simulated(in: bytes, from: nil, steps: &steps).map { found in
                found.start < 0 ? "" : String(decoding: bytes[found.start..<found.end], as: UTF8.self)
            }
        }
        return found == "" ? nil : found
    }
}

/// Patterns and texts at random, of few letters so that they often meet.
private enum Invented {
    private static let atoms = [
        "a", "b", "c", ".", #"\w"#, #"\d"#, "[ab]", "[^a]", "é", "[é-ü]", "^", "$", #"\b"#, #"\B"#,
    ]
    private static let repeats = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}"]

    static func pattern(depth: Int, _ chance: inout SeededChance) -> String {
        switch depth == 0 ? 0 : chance.below(6) {
        case 0, 1: atoms[chance.below(atoms.count)]
        case 2: pattern(depth: depth - 1, &chance) + pattern(depth: depth - 1, &chance)
        case 3: "(\(pattern(depth: depth - 1, &chance))|\(pattern(depth: depth - 1, &chance)))"
        case 4: "(?i:\(pattern(depth: depth - 1, &chance)))"
        default: "(?:\(pattern(depth: depth - 1, &chance)))" + repeats[chance.below(repeats.count)]
        }
    }

    static func text(_ chance: inout SeededChance) -> String {
        let letters = Array("aaabbcc1 éÉ\n")
        return String((0..<chance.below(9)).map { _ in letters[chance.below(letters.count)] })
    }
}
