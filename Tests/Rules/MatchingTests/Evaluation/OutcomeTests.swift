@testable import Matching
import Testing
import Values

struct OutcomeTests {
    /// Weights 4 and 2 are matches, 3 and -1 are not, and one match was never scored.
    private let small = JudgedLinks(matches: [2, 4], others: [-1, 3], truePairs: 3)

    @Test func `counts and shares at a threshold are those counted by hand`() {
        let outcome = small.outcome(fromWeight: 2)

        #expect(outcome == Outcome(weight: 2, right: 2, wrong: 1, missed: 1))
        #expect(outcome.precision == 2.0 / 3)
        #expect(outcome.recall == 2.0 / 3)
        #expect(outcome.f1 == 2.0 / 3)
    }

    @Test func `a threshold of 0 takes every pair, and one above 1 none`() {
        #expect(small.outcome(fromProbability: 0).right == 2)
        #expect(small.outcome(fromProbability: 0).wrong == 2)

        let none = small.outcome(fromProbability: 1.5)
        #expect(none.precision == nil)
        #expect(none.recall == 0)
        #expect(none.f1 == 0)
    }

    @Test func `a threshold of 1 takes what a Double cannot tell from 1`() {
        let links = JudgedLinks(matches: [52, 53, 60], others: [])

        #expect(links.outcome(fromProbability: 1).right == links.matches.count { LogOdds.probability($0) >= 1 })
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `the best threshold is the best of all, and the curve passes through it`(seed: UInt64) {
        let links = Self.random(3_000, seed: seed)
        let all = Set(links.matches + links.others).map(links.outcome(fromWeight:))

        let best = links.best

        #expect(best?.f1 == all.map(\.f1).max())
        let curve = links.curve(atMost: 500)
        #expect(curve.count <= 500)
        #expect(curve.count > 100)
        #expect(curve.allSatisfy { $0 == links.outcome(fromWeight: $0.weight) })
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.weight > $1.weight })
        #expect(curve.last?.weight == min(links.matches[0], links.others[0]))
        #expect(best.map(curve.contains) == true)
        #expect(links.curve(atMost: 20).count <= 20)
    }

    @Test func `a curve of few weights has each of them once`() {
        #expect(small.curve().map(\.weight) == [4, 3, 2, -1])
        #expect(JudgedLinks(matches: [], others: []).curve().isEmpty)
        #expect(JudgedLinks(matches: [], others: []).best == nil)
    }

    @Test func `calibrating changes probabilities but not who is best`() {
        let links = Self.random(500, seed: 4)

        let calibrated = links.calibrated(by: Calibration(slope: 0.5, offset: -1))

        #expect(calibrated.best?.f1 == links.best?.f1)
        #expect(calibrated.matches == links.matches.map { 0.5 * $0 - 1 })
    }

    static func random(_ count: Int, seed: UInt64) -> JudgedLinks {
        var chance = SeededChance(seed: seed)
        let matches = (0..<count).map { _ in Double.random(in: -4...14, using: &chance) }
        let others = (0..<count * 2).map { _ in Double.random(in: -14...4, using: &chance) }
        return JudgedLinks(matches: matches, others: others, truePairs: count + count / 10)
    }
}
