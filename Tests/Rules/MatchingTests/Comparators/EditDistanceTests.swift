@testable import Matching
import Testing
import Values

struct EditDistanceTests {
    @Test(arguments: [
        ("kitten", "sitting", 3, 3), ("saturday", "sunday", 3, 3), ("", "abc", 3, 3), ("", "", 0, 0),
        ("ca", "abc", 3, 2), ("a cat", "an abct", 4, 3), ("jose", "josé", 1, 1), ("日本語", "日語本", 2, 1),
        ("1950-07-08", "1950-08-07", 2, 2), ("👩‍👧", "👩", 2, 2),
    ]) func `published distances are met`(a: String, b: String, levenshtein: Double, damerau: Double) {
        #expect(Measure.levenshtein.value(a, b) == levenshtein)
        #expect(Measure.damerauLevenshtein.value(a, b) == damerau)
    }

    @Test(arguments: DuckDBReference.rows)
    func `distances are those of DuckDB`(row: DuckDBReference.Row) {
        #expect(Measure.levenshtein.value(row.a, row.b) == row.numbers[0])
        #expect(Measure.damerauLevenshtein.value(row.a, row.b) == row.numbers[1])
    }

    @Test func `distances are those of the slow way, whole and bounded`() {
        var pairs = TextPairs(seed: 11)
        for _ in 0..<250 {
            let (a, b) = pairs.next()
            let levenshtein = Slow.levenshtein(Array(a.unicodeScalars), Array(b.unicodeScalars))
            let damerau = Slow.damerauLevenshtein(Array(a.unicodeScalars), Array(b.unicodeScalars))
            expect(.levenshtein, a, b, Double(levenshtein))
            expect(.damerauLevenshtein, a, b, Double(damerau))
        }
    }

    /// Short texts have a way of their own, which looks at where they differ: so all of these, here and there, and zeros.
    @Test(arguments: ["", "1984-02-2", "0123456789", "\0"])
    func `of all short texts of two letters, few edits are told from more`(padding: String) {
        let texts = (0...5).flatMap { length in
            (0..<1 << length).map { bits in String((0..<length).map { bits >> $0 & 1 == 0 ? "a" : Character("\u{0}") })
            }
        }
        for a in texts {
            for b in texts {
                let distance = Slow.levenshtein(Array(a.unicodeScalars), Array(b.unicodeScalars))
                for most in 0...2 {
                    let bound = Bound(.atMost, Double(most))
                    for (one, other) in [(padding + a, padding + b), (a + padding, b + padding)] {
                        #expect(
                            Measure.levenshtein.holds(bound, one, other) == (distance <= most),
                            "\(one.debugDescription) \(other.debugDescription)")
                    }
                }
            }
        }
    }

    private func expect(_ measure: Measure, _ a: String, _ b: String, _ distance: Double) {
        #expect(measure.value(a, b) == distance, "\(measure) of \(a) and \(b), seed 11")
        for limit in [-1, 0, 0.5, 1, 2, 3, 4, 5, 7, 12, distance] {
            for sense in [Bound.Sense.atMost, .below, .atLeast, .above] {
                let bound = Bound(sense, limit)
                #expect(
                    measure.holds(bound, a, b) == bound.holds(distance), "\(measure) \(bound) of \(a) and \(b), seed 11"
                )
            }
        }
    }

    @Test(arguments: [Measure.levenshtein, .damerauLevenshtein])
    func `distances are symmetric and keep the triangle inequality`(measure: Measure) throws {
        var pairs = TextPairs(seed: 12)
        for _ in 0..<500 {
            let (a, b) = pairs.next()
            let c = pairs.changed(b)
            let (ab, bc) = (try #require(measure.value(a, b)), try #require(measure.value(b, c)))
            let ac = try #require(measure.value(a, c))
            #expect(measure.value(b, a) == ab)
            #expect(ac <= ab + bc, "\(a), \(b), \(c), seed 12")
        }
    }

    @Test func `texts of five thousand characters have their distances`() {
        var chance = SeededChance(seed: 13)
        let a = (0..<5000).map { _ in "abcdé".randomElement(using: &chance) ?? "a" }
        var b = a
        b.remove(at: 17)
        b.insert("z", at: 4000)
        b[2500] = "y"

        #expect(Measure.levenshtein.value(String(a), String(b)) == 3)
        #expect(Measure.levenshtein.holds(Bound(.atMost, 3), String(a), String(b)) == true)
        #expect(Measure.levenshtein.holds(Bound(.atMost, 2), String(a), String(b)) == false)
        #expect(Measure.damerauLevenshtein.holds(Bound(.atMost, 3), String(a), String(b)) == true)
    }

    @Test func `nothing is within a limit that is no number`() {
        #expect(Measure.levenshtein.holds(Bound(.atMost, .nan), "a", "a") == false)
        #expect(Measure.levenshtein.holds(Bound(.atMost, .infinity), "a", "b") == true)
        #expect(Measure.levenshtein.holds(Bound(.above, -.infinity), "a", "b") == true)
    }
}
