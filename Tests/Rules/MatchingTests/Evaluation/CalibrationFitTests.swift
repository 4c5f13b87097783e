@testable import Matching
import Testing
import Values

struct CalibrationFitTests {
    /// Pairs whose weights say too much: the truth is drawn with odds of 0.6 * weight - 1 bits.
    private static func overconfident(_ count: Int, seed: UInt64) -> JudgedLinks {
        var chance = SeededChance(seed: seed)
        var (matches, others): ([Double], [Double]) = ([], [])
        for _ in 0..<count {
            let weight = Double.random(in: -15...15, using: &chance)
            let isMatch = Double.random(in: 0..<1, using: &chance) < LogOdds.probability(0.6 * weight - 1)
            if isMatch { matches.append(weight) } else { others.append(weight) }
        }
        return JudgedLinks(matches: matches, others: others)
    }

    @Test func `the line that made the labels is found again`() throws {
        let fit = try CalibrationFit(to: Self.overconfident(20_000, seed: 31))

        #expect(isNear(fit.calibration.slope, 0.6, within: 0.03))
        #expect(isNear(fit.calibration.offset, -1, within: 0.1))
        #expect(fit.after.logLoss < fit.before.logLoss)
        #expect(fit.after.brier < fit.before.brier)
        #expect(fit.warnings.isEmpty)
    }

    @Test func `no neighbouring line has less loss`() throws {
        let links = Self.overconfident(2_000, seed: 32)
        let best = try CalibrationFit(to: links, ridge: 0).calibration
        let loss = { (slope: Double, offset: Double) in
            links.calibrated(by: Calibration(slope: slope, offset: offset)).losses?.logLoss ?? .infinity
        }

        let least = loss(best.slope, best.offset)
        for (slope, offset) in [(0.001, 0.0), (-0.001, 0), (0, 0.005), (0, -0.005), (0.001, -0.005)] {
            #expect(loss(best.slope + slope, best.offset + offset) > least)
        }
    }

    @Test func `many pairs in groups give the same line as each alone`() throws {
        let links = Self.overconfident(8_000, seed: 33)
        var alone = LogisticLine(
            groups: links.matches.map { WeightGroup(weight: $0, matches: 1, pairs: 1) }
                + links.others.map { WeightGroup(weight: $0, matches: 0, pairs: 1) }, ridge: 1)
        var grouped = LogisticLine(groups: links.weightGroups(within: 0.01), ridge: 1)

        let haveSettled = [alone.settle(), grouped.settle()]

        #expect(haveSettled == [true, true])
        #expect(grouped.groups.count < 3_000)
        #expect(grouped.groups.reduce(0) { $0 + $1.pairs } == 8_000)
        #expect(isNear(grouped.slope, alone.slope, within: 1e-4))
        #expect(isNear(grouped.offset, alone.offset, within: 1e-4))
    }

    @Test func `labels that a threshold separates give a finite line and a warning`() throws {
        let fit = try CalibrationFit(to: JudgedLinks(matches: [3, 4, 60], others: [-2, 1, -.infinity]))

        #expect(fit.calibration.slope.isFinite && fit.calibration.slope > 0)
        #expect(fit.warnings == [.fewLabels(matches: 3, others: 3), .separated])
        #expect(fit.warnings.allSatisfy { $0.sentence.hasSuffix(".") })
    }

    @Test func `labels that are the wrong way round change nothing, and say so`() throws {
        let fit = try CalibrationFit(
            to: JudgedLinks(
                matches: (0..<200).map { -5 - Double($0) / 100 }, others: (0..<200).map { 5 + Double($0) / 100 }))

        #expect(fit.calibration == Calibration(slope: 1, offset: 0))
        #expect(fit.before == fit.after)
        guard case .reversed(let slope)? = fit.warnings.last else {
            Issue.record("No warning that the labels are reversed: \(fit.warnings)")
            return
        }
        #expect(slope < 0)
    }

    @Test func `labels of one kind are refused`() {
        #expect(throws: ModelFault.self) { try CalibrationFit(to: JudgedLinks(matches: [1], others: [])) }
        #expect(throws: ModelFault.self) { try CalibrationFit(to: JudgedLinks(matches: [], others: [1])) }
    }

    @Test(arguments: Array(UInt64(1)...200)) func `any labels give a usable line`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let weights = (0..<4 + chance.below(20)).map { _ in
            Double.random(in: -1...1, using: &chance) * [1, 50, 1e6][chance.below(3)]
        }

        let fit = try CalibrationFit(
            to: JudgedLinks(matches: Array(weights.dropFirst(2)), others: Array(weights.prefix(2))))

        #expect(fit.calibration.slope > 0 && fit.calibration.slope.isFinite && fit.calibration.offset.isFinite)
    }
}
