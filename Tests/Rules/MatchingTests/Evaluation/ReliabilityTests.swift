@testable import Matching
import Testing
import Values

struct ReliabilityTests {
    /// Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
    func `Wilson's interval is the published one`(part: Int, whole: Int, low: Double, high: Double) {
        let interval = Reliability.wilson(part, of: whole)

        #expect(isNear(interval.lowerBound, low, within: 0.00005))
        #expect(isNear(interval.upperBound, high, within: 0.00005))
    }

    @Test func `an interval holds its share and stays within 0 and 1`() {
        for whole in 0..<40 {
            for part in 0...whole {
                let interval = Reliability.wilson(part, of: whole)
                #expect(interval.lowerBound >= 0 && interval.upperBound <= 1)
                #expect(whole == 0 || interval.contains(Double(part) / Double(whole)))
            }
        }
    }

    @Test(arguments: [Reliability.Cut.equalWidth, .equalCount], [1, 7, 10])
    func `every pair is in one bin, with its probability`(cut: Reliability.Cut, count: Int) {
        let links = OutcomeTests.random(1_000, seed: 21)

        let bins = links.reliability(cut, bins: count).bins

        #expect(bins.count <= count)
        #expect(bins.reduce(0) { $0 + $1.pairs } == links.scored)
        #expect(bins.reduce(0) { $0 + $1.matches } == links.matches.count)
        let sum = (links.matches + links.others).reduce(0.0) { $0 + LogOdds.probability($1) }
        #expect(isNear(bins.reduce(0.0) { $0 + $1.meanProbability * Double($1.pairs) }, sum, within: 1e-9))
        #expect(bins.allSatisfy { $0.from <= $0.meanProbability && $0.meanProbability <= $0.to })
        if cut == .equalCount { #expect(bins.allSatisfy { ($0.pairs - links.scored / count).magnitude <= 2 }) }
    }

    @Test func `pairs of one weight stay in one bin`() {
        let links = JudgedLinks(matches: Array(repeating: 1, count: 90), others: [-3, 5])

        let bins = links.reliability(.equalCount, bins: 5).bins

        #expect(bins.map(\.pairs) == [91, 1])
    }

    @Test func `the expected error is the mean distance, and none where shares are as given`() {
        let right = JudgedLinks(matches: [0, 0, 2, 2, 2, 2], others: [0, 0, 2])
        let wrong = JudgedLinks(matches: [], others: [0, 0])

        #expect(right.reliability(.equalWidth).expectedError < 1e-12)
        #expect(wrong.reliability(.equalWidth).expectedError == 0.5)
        #expect(JudgedLinks(matches: [], others: []).reliability(.equalCount).expectedError == 0)
    }
}
