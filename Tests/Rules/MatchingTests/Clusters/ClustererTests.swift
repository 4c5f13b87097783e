import Matching
import Testing
import Values

struct ClustererTests {
    @Test(arguments: ClusteringPlan.Method.allCases, [nil, 5])
    func `the order, direction and repetition of links never matter`(
        method: ClusteringPlan.Method, most: Int?
    ) throws {
        for seed in 1...25 as ClosedRange<UInt64> {
            let random = RandomLinks(seed: seed, records: 80, links: 200)
            var chance = SeededChance(seed: seed)
            let plan = ClusteringPlan.by(method, mostRecords: most)
            let straight = try plan.clusters(80, random.links, sources: random.sources)
            let turned = (random.links + random.links.prefix(50)).shuffled(using: &chance)
                .map { chance.below(2) == 0 ? $0 : Link($0.right, $0.left, weight: $0.weight) }

            let other = try plan.clusters(80, turned, sources: random.sources)

            #expect(straight == other, "seed \(seed)")
        }
    }

    @Test(arguments: ClusteringPlan.Method.allCases)
    func `only links from the threshold on are used`(method: ClusteringPlan.Method) throws {
        let links = [
            Link(0, 1, weight: 3.16), Link(2, 3, weight: 3.17), Link(4, 4, weight: 9), Link(5, 6, weight: .nan),
            Link(7, 8, weight: .infinity),
        ]

        let clusters = try ClusteringPlan.by(method, threshold: 0.9).clusters(
            9, links, sources: [0, 1, 0, 1, 0, 0, 1, 0, 1])

        #expect(clusters.labels == [0, 1, 2, 2, 4, 5, 6, 7, 7])
    }

    @Test(
        arguments: [
            (0.5, nil, 0), (0.8, nil, 2), (0, nil, -.infinity), (1, nil, 53),
            (0.8, Calibration(slope: 0.5, offset: 1), 2),
        ] as [(Double, Calibration?, Double)])
    func `a threshold is a weight`(threshold: Double, calibration: Calibration?, weight: Double) throws {
        let found = try ClusteringPlan.by(.connected, threshold: threshold).leastWeight(calibrated: calibration)
        #expect(found == weight || abs(found - weight) < 1e-12)
    }

    @Test func `plans that make no sense are refused`() {
        #expect(throws: ModelFault.self) { try Clusterer(.by(.connected, threshold: 1.1), records: 1) }
        #expect(throws: ModelFault.self) { try Clusterer(.by(.connected, threshold: .nan), records: 1) }
        #expect(throws: ModelFault.self) { try Clusterer(.by(.connected, mostRecords: 0), records: 1) }
        #expect(throws: ModelFault.self) { try Clusterer(.by(.oneToOne), records: 1) }
        #expect(throws: ModelFault.self) {
            try Clusterer(.by(.bridges), records: 1, calibration: Calibration(slope: 0, offset: 0))
        }
    }

    @Test(arguments: 1...40) func `a record's best link stays and others stay only for the other record`(
        seed: UInt64
    ) throws {
        let random = RandomLinks(seed: seed, records: 40, links: 90)
        var best: Set<Link> = []
        for row in 0..<UInt32(40) {
            let own = random.links.filter { $0.left == row || $0.right == row }.min { one, other in
                let first = [min(one.left, one.right), max(one.left, one.right)]
                let second = [min(other.left, other.right), max(other.left, other.right)]
                return one.weight != other.weight
                    ? one.weight > other.weight : first.lexicographicallyPrecedes(second)
            }
            if let own { best.insert(own) }
        }

        let clusters = try ClusteringPlan.by(.bestLink).clusters(40, random.links)

        #expect(clusters.labels == RandomLinks.walked(40, Array(best)))
    }

    @Test(arguments: 1...40) func `larger clusters fall apart at ever higher thresholds until they fit`(
        seed: UInt64
    ) throws {
        let random = RandomLinks(seed: seed, records: 60, links: 110, weights: 30)

        let clusters = try ClusteringPlan.by(.connected, mostRecords: 6).clusters(60, random.links)

        // Slowly: whatever is too large is connected again without its lightest links.
        var expected = [UInt32](0..<60)
        var open = [(Set<UInt32>(0..<60), -Double.infinity)]
        while let (rows, threshold) = open.popLast() {
            let inside = random.links.filter {
                $0.weight > threshold && rows.contains($0.left) && rows.contains($0.right)
            }
            for (label, part) in Dictionary(
                grouping: rows, by: { [labels = RandomLinks.walked(60, inside)] in labels[Int($0)] })
            {
                if part.count <= 6 {
                    for row in part { expected[Int(row)] = label }
                } else {
                    let lightest = inside.filter { part.contains($0.left) }.map(\.weight).min() ?? 0
                    open.append((Set(part), lightest))
                }
            }
        }
        #expect(clusters.labels == expected)
    }

    @Test func `the limit holds for every method and every graph`() throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            for method in ClusteringPlan.Method.allCases {
                let random = RandomLinks(seed: seed, records: 60, links: 300)
                let clusters = try ClusteringPlan.by(method, mostRecords: 4).clusters(
                    60, random.links, sources: random.sources)
                #expect((clusters.sizes().max() ?? 0) <= 4)
            }
        }
    }

    @Test(arguments: ClusteringPlan.Method.allCases)
    func `a limit that nothing reaches changes nothing`(method: ClusteringPlan.Method) throws {
        let random = RandomLinks(seed: 1, records: 60, links: 100)

        let limited = try ClusteringPlan.by(method, mostRecords: .max).clusters(
            60, random.links, sources: random.sources)

        #expect(try limited == ClusteringPlan.by(method).clusters(60, random.links, sources: random.sources))
    }

    @Test func `a chain of many records breaks no method`() throws {
        let links = (1..<UInt32(20_000)).map { Link($0 - 1, $0, weight: Double($0 % 3) + 10) }
        let sources = (0..<20_000).map { UInt8($0 % 250) }

        for method in ClusteringPlan.Method.allCases {
            let clusters = try ClusteringPlan.by(method, mostRecords: 500).clusters(20_000, links, sources: sources)
            #expect((clusters.sizes().max() ?? 0) <= 500)
        }
    }
}
