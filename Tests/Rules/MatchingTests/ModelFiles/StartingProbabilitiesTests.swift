import Matching
import Testing

struct StartingProbabilitiesTests {
    private func comparison(levels count: Int) -> Comparison {
        let (left, right) = (Operand.left("a"), Operand.right("a"))
        var levels = [Level(.isMissing(left), label: "", isNull: true)]
        levels += (0..<count - 1).map {
            Level(.measured(.levenshtein, left, right, Bound(.atMost, Double($0))), label: "")
        }
        return Comparison(name: "a", levels: levels + [Level(.otherwise, label: "")])
    }

    static let weights: [[Double]] = [[10, -5], [10, 3, -5], [10, 3, 1.0 / 3, -7.0 / 3, -5]]

    @Test(arguments: weights)
    func `untrained weights go from minus five to three, and the strictest has ten`(weights: [Double]) {
        let start = comparison(levels: weights.count).startingProbabilities

        #expect(start.first == .some(nil))
        let counted = start.compactMap(\.self)
        #expect(counted.first?.m == 0.95)
        #expect(abs(counted.map(\.m).reduce(0, +) - 1) < 1e-12)
        for (pair, weight) in zip(counted, weights) {
            #expect(abs(pair.m / pair.u - exponential(weight)) < 1e-9)
        }
    }

    @Test func `trained numbers go before those one starts with`() {
        var two = comparison(levels: 2)
        two.levels[1].m = 0.5
        two.levels[2].u = 0.25
        #expect(two.probabilities[1] == LevelProbabilities(m: 0.5, u: 0.95 / 1024))
        #expect(two.probabilities[2]?.u == 0.25)
        #expect(comparison(levels: 1).startingProbabilities == [nil, LevelProbabilities(m: 1, u: 1)])
    }

    /// 2 to the power of a number that is a third of a whole one, the slow way.
    private func exponential(_ exponent: Double) -> Double {
        let cube = 1.2599210498948732
        let thirds = Int((exponent * 3).rounded())
        return (0..<abs(thirds)).reduce(1.0) { power, _ in thirds > 0 ? power * cube : power / cube }
    }
}
