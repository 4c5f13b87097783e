@testable import Matching
import Testing
import Values

struct JaroTests {
    /// W. Winkler, "Overview of record linkage and current research directions" (2006), table 6; to three places.
    @Test(arguments: [
        ("shackleford", "shackelford", 0.970, 0.982), ("dunningham", "cunnigham", 0.896, 0.896),
        ("nichleson", "nichulson", 0.926, 0.956), ("massey", "massie", 0.889, 0.933),
        ("abroms", "abrams", 0.889, 0.922), ("jeraldine", "geraldine", 0.926, 0.926),
        ("marhta", "martha", 0.944, 0.961), ("michelle", "michael", 0.869, 0.921), ("julies", "julius", 0.889, 0.933),
        ("tanya", "tonya", 0.867, 0.880), ("dwayne", "duane", 0.822, 0.840), ("dixon", "dicksonx", 0.767, 0.813),
        ("jon", "jan", 0.778, 0.800), ("", "", 0, 0), ("a", "", 0, 0), ("a", "a", 1, 1), ("ab", "ba", 0, 0),
        ("abcd", "abxy", 0.667, 0.667), ("jose", "josé", 0.833, 0.883),
    ]) func `published similarities are met`(a: String, b: String, jaro: Double, winkler: Double) throws {
        #expect(abs(try #require(Measure.jaro.value(a, b)) - jaro) < 0.0006)
        #expect(abs(try #require(Measure.jaroWinkler.value(a, b)) - winkler) < 0.0006)
    }

    @Test(arguments: DuckDBReference.rows)
    func `similarities are those of DuckDB to the last bit`(row: DuckDBReference.Row) {
        #expect(Measure.jaro.value(row.a, row.b) == row.numbers[2])
        #expect(Measure.jaroWinkler.value(row.a, row.b) == row.numbers[3])
        #expect(Measure.jaccard.value(row.a, row.b) == row.numbers[4])
    }

    @Test func `similarities are those of the slow way, symmetric, and the same when bounded`() throws {
        var pairs = TextPairs(seed: 21)
        for _ in 0..<400 {
            let (a, b) = pairs.next()
            let (left, right) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
            try expect(.jaro, a, b, Slow.jaro(left, right))
            try expect(.jaroWinkler, a, b, Slow.jaroWinkler(left, right))
        }
    }

    private func expect(_ measure: Measure, _ a: String, _ b: String, _ similarity: Double) throws {
        let value = try #require(measure.value(a, b))
        #expect(abs(value - similarity) < 1e-12, "\(measure) of \(a) and \(b), seed 21")
        #expect(measure.value(b, a) == value)
        for limit in [-1, 0, 0.3, 0.5, 0.7, 0.8, 0.88, 0.92, 1, 1.5, value] {
            for sense in [Bound.Sense.atLeast, .above, .atMost, .below] {
                let bound = Bound(sense, limit)
                #expect(measure.holds(bound, a, b) == bound.holds(value), "\(measure) \(bound) of \(a), \(b), seed 21")
            }
        }
    }

    @Test func `long texts are compared like short ones`() throws {
        var chance = SeededChance(seed: 22)
        let a = (0..<1000).map { _ in "abcdefgh".randomElement(using: &chance) ?? "a" }
        let b = a.map { chance.below(10) == 0 ? "x" : $0 }
        let slow = Slow.jaroWinkler(Array(String(a).unicodeScalars), Array(String(b).unicodeScalars))
        #expect(abs(try #require(Measure.jaroWinkler.value(String(a), String(b))) - slow) < 1e-12)
    }
}
