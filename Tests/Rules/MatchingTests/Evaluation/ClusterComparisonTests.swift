import Matching
import Testing
import Values

struct ClusterComparisonTests {
    @Test func `the adjusted Rand index is the one worked out by hand`() {
        // Pairs: both 1, found 1, truth 2, all 6: (1 - 1/3) / (3/2 - 1/3) = 4/7.
        let close = ClusterComparison(found: [0, 0, 1, 2], truth: [0, 0, 1, 1])
        // Both 0, found 2, truth 2, all 6: (0 - 2/3) / (2 - 2/3) = -1/2.
        let crossed = ClusterComparison(found: [0, 0, 1, 1], truth: [0, 1, 0, 1])

        #expect(isNear(close.adjustedRand, 4.0 / 7))
        #expect(isNear(crossed.adjustedRand, -0.5))
    }

    @Test func `linked too much, too little and exactly are told apart`() {
        let comparison = ClusterComparison(found: [9, 9, 4, 4, 4, 3, 2], truth: [0, 0, 1, 1, 2, 5, 5])

        #expect(comparison.records == 7)
        #expect(comparison.foundClusters == 4)
        #expect(comparison.trueClusters == 4)
        #expect(comparison.exact == 1)
        #expect(comparison.mixed == 1)
        #expect(comparison.split == 1)
        #expect(comparison.pairwise == Outcome(weight: 0, right: 2, wrong: 2, missed: 1))
    }

    @Test(arguments: Array(UInt64(1)...12), [false, true])
    func `all figures agree with looking at every pair`(seed: UInt64, isAcross: Bool) {
        var chance = SeededChance(seed: seed)
        let count = 1 + chance.below(40)
        let truth = (0..<count).map { _ in chance.below(9) == 0 ? Truth.notKnown : UInt32(chance.below(12)) }
        let found = (0..<count).map { _ in chance.below(9) == 0 ? Truth.notKnown : UInt32(chance.below(9)) * 1_000_000 }
        let sources = (0..<count - 1).map { _ in UInt32(chance.below(3)) }

        let comparison = ClusterComparison(
            found: found, truth: truth, within: isAcross ? .acrossSources(sources) : .all)

        let known = truth.indices.filter { truth[$0] != Truth.notKnown }
        let isFound = { (one: Int, other: Int) in
            one == other || found[one] == found[other] && found[one] != Truth.notKnown
        }
        var expected = Outcome(weight: 0, right: 0, wrong: 0, missed: 0)
        var (precision, recall) = (0.0, 0.0)
        for one in known {
            let together = known.filter { isFound(one, $0) }
            let same = known.filter { truth[one] == truth[$0] }
            let both = Double(together.count { truth[one] == truth[$0] })
            precision += both / Double(together.count)
            recall += both / Double(same.count)
            for other in known where other < one {
                if isAcross, one >= sources.count || sources[one] == sources[other] { continue }
                switch (isFound(one, other), truth[one] == truth[other]) {
                case (true, true): expected.right += 1
                case (true, false): expected.wrong += 1
                case (false, true): expected.missed += 1
                case (false, false): break
                }
            }
        }
        #expect(comparison.pairwise == expected)
        #expect(comparison.records == known.count)
        guard !known.isEmpty else { return }
        #expect(comparison.bCubedPrecision.map { isNear($0, precision / Double(known.count)) } == true)
        #expect(comparison.bCubedRecall.map { isNear($0, recall / Double(known.count)) } == true)
    }

    @Test func `the same clusters under other numbers are perfect`() {
        let comparison = ClusterComparison(found: [5, 5, 2, 3_000_000_000], truth: [1, 1, 0, 2])

        #expect(comparison.adjustedRand == 1)
        #expect(comparison.bCubedF1 == 1)
        #expect(comparison.exact == 3)
    }

    @Test func `no records give no shares`() {
        let comparison = ClusterComparison(found: [], truth: [])

        #expect(comparison.bCubedF1 == nil)
        #expect(comparison.pairwise.precision == nil)
        #expect(comparison.adjustedRand == 1)
    }
}
