@testable import Matching
import Testing
import Values

struct LossesTests {
    @Test func `losses are those worked out by hand, over the scored pairs`() throws {
        // Odds 3 : 1 for a match, even odds for another pair, and one true pair never scored.
        let links = JudgedLinks(matches: [LogOdds.weight(0.75)], others: [0], truePairs: 2)

        let losses = try #require(links.losses)

        #expect(losses.pairs == 2)
        #expect(losses.missed == 1)
        #expect(isNear(losses.brier, (0.0625 + 0.25) / 2))
        #expect(isNear(losses.brierWithMissed, (0.0625 + 0.25 + 1) / 3))
        #expect(isNear(losses.logLoss, (0.287_682_072_451_780_9 + 0.693_147_180_559_945_3) / 2))
    }

    @Test func `one wrong certainty does not make a mean infinite`() {
        let losses = JudgedLinks(matches: [-.infinity], others: [.infinity, 2_000]).losses

        #expect(losses?.brier == 1)
        #expect(losses.map { isNear($0.logLoss, 53 * 0.693_147_180_559_945_3) } == true)
        #expect(JudgedLinks(matches: [], others: [], truePairs: 3).losses == nil)
    }

    @Test(arguments: [1e-12, 0.001, 0.1, 0.5, 0.95, 0.999_999])
    func `a weight and its probability tell each other`(probability: Double) {
        #expect(isNear(LogOdds.probability(LogOdds.weight(probability)), probability))
    }
}

func isNear(_ one: Double, _ other: Double, within bound: Double = 1e-12) -> Bool {
    (one - other).magnitude <= bound * max(1, other.magnitude)
}
