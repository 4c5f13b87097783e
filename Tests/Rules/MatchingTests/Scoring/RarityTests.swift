import Testing

@testable import Matching

struct RarityTests {
    @Test func `where all agree by chance rarity counts in full, where none does not at all`() {
        for terms in [-8.0, -0.5, 0, 3, 12] {
            #expect(Rarity.worth(terms, 1) == terms)
            #expect(Rarity.worth(terms, 0) == 0)
            #expect(Rarity.worth(ofShared: terms * 0, 0) == 0)
        }
    }

    @Test func `it is never worth more than chance's share of it, and grows with rarity`() {
        for chance in [0.01, 0.3, 0.5, 0.99] {
            var last = -Double.infinity
            for step in -40...40 {
                let terms = Double(step) / 2
                let worth = Rarity.worth(terms, chance)
                #expect(worth <= chance * terms + 1e-12)
                #expect(worth >= last)
                #expect(abs(Rarity.worth(ofShared: terms * chance, chance) - worth) < 1e-9)
                last = worth
            }
            // A half that agrees for a reason caps it at one bit.
            #expect(last < -LogOdds.bits(1 - chance) + 1e-5)
        }
    }

    @Test func `the parts are scaled so that they add up to the whole`() {
        let parts = [2.5, -0.75, 4].map { $0 * 0.4 }
        let scale = Rarity.scale(ofShared: parts.reduce(0, +), 0.4)

        #expect(abs(parts.reduce(0) { $0 + $1 * scale } - Rarity.worth(5.75, 0.4)) < 1e-12)
        #expect(Rarity.scale(ofShared: 0, 0.4) == 1)
    }

    @Test func `common values are shared by chance, rare ones for a reason`() {
        #expect(Rarity.chance(given: 0, 0.5) == 0.5)
        #expect(Rarity.chance(given: -3, 0.5) > 0.88)
        #expect(Rarity.chance(given: 3, 0.5) < 0.12)
    }
}
