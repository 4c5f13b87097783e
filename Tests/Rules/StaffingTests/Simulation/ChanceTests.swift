@testable import Staffing
import Testing
import Values

struct ChanceTests {
    @Test func `draws are even, and neighbours in every direction do not know of each other`() {
        // Neighbouring places of one branch, branches of one root, and roots of neighbouring seeds.
        let rows: [[Double]] = [
            (0..<20_000).map { Draws(seed: 7).uniform(UInt64($0)) },
            (0..<20_000).map { Draws(seed: 7).branch(UInt64($0)).uniform(1) },
            (0..<20_000).map { Draws(seed: UInt64($0)).uniform(1) },
            (0..<20_000).map { Draws(seed: 7).branch("queue").branch(Int64($0)).branch(3 as UInt64).uniform(2) },
        ]
        for row in rows {
            // Chi-square over 100 cells: mean 99, standard deviation 14.
            var cells = [Double](repeating: 0, count: 100)
            for value in row { cells[Int(value * 100)] += 1 }
            let square = cells.reduce(0) { $0 + ($1 - 200) * ($1 - 200) / 200 }
            #expect((99 - 4 * 14...99 + 4 * 14).contains(square))
            // The correlation of neighbours has a standard deviation of 1 / sqrt(20,000) = 0.007.
            let products = zip(row, row.dropFirst()).map { ($0 - 0.5) * ($1 - 0.5) * 12 }
            #expect(abs(products.reduce(0, +) / Double(products.count)) < 4 * 0.007_1)
        }
        for (one, other) in zip(rows, rows.dropFirst()) {
            let products = zip(one, other).map { ($0 - 0.5) * ($1 - 0.5) * 12 }
            #expect(abs(products.reduce(0, +) / Double(products.count)) < 4 * 0.007_1)
        }
    }

    @Test func `a place of a branch is what SplitMix64 gives there`() {
        let draws = Draws(seed: 3)
        var chance = SeededChance(seed: draws.key)

        for place in 0..<10 as Range<UInt64> {
            #expect(draws.uniform(place) == (Double(chance.next() >> 12) + 0.5) * 0x1p-52)
        }
    }

    @Test(arguments: [
        (0.5, 0.0), (0.975, 1.959_963_984_540_054), (0.025, -1.959_963_984_540_054), (0.841_344_746_068_542_9, 1),
        (1e-10, -6.361_340_902_404_056), (1e-20, -9.262_340_089_798_408), (0.9999, 3.719_016_485_455_709),
    ]) func `normal quantiles are right to twelve digits`(share: Double, value: Double) {
        #expect(abs(Normal.quantile(share) - value) <= 1e-12 * max(1, abs(value)))
    }

    @Test(arguments: [
        Times.constant(.seconds(10)), .exponential(mean: .seconds(10)), .lognormal(mean: .seconds(10), variation: 0.8),
        .weibull(mean: .seconds(10), shape: 1.7), .weibull(mean: .seconds(10), shape: 0.8),
        .measured([
            .init(share: 0, time: .zero), .init(share: 0.5, time: .seconds(8)), .init(share: 1, time: .seconds(24)),
        ]),
    ]) func `times have the mean that they are given, and rise with their draw`(times: Times) {
        let sampler = Sampler(times)
        let count = 100_000
        let values = (0..<count).map { sampler.milliseconds((Double($0) + 0.5) / Double(count)) }

        #expect(abs(values.reduce(0, +) / Double(count) - times.meanSeconds * 1_000) < 30)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: [0.1, 0.5, 2]) func `busy days have mean 1 and vary as asked`(variation: Double) {
        let values = (0..<20_000).map { Gamma.value(variation: variation, Draws(seed: 1).branch(Int64($0))) }
        let mean = values.reduce(0, +) / 20_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19_999

        #expect(abs(mean - 1) < 4 * variation / 20_000.0.squareRoot())
        #expect(abs(variance.squareRoot() / variation - 1) < 0.1)
        #expect(Gamma.value(variation: 0, Draws(seed: 1)) == 1)
    }

    @Test(arguments: [
        (1, 12.706_204_736), (2, 4.302_652_730), (3, 3.182_446_305), (9, 2.262_157_163), (39, 2.022_690_920),
        (100, 1.983_971_519), (1_000, 1.962_339_081),
    ]) func `the bounds of intervals are Student's`(degrees: Int, bound: Double) throws {
        #expect(abs(try #require(StudentT.bound(degrees: degrees)) - bound) < 1e-8)
        #expect(StudentT.bound(degrees: 0) == nil)
    }
}
