import Testing

@testable import Matching

struct WeakCutTests {
    @Test func `one link between two triangles is cut and one within a cycle is not`() throws {
        let triangles = clique(0..<3, weight: 12) + clique(3..<6, weight: 12)

        let cut = try clusters(6, triangles + [Link(2, 3, weight: 12)])
        let ring = try clusters(6, (0..<6).map { Link(UInt32($0), UInt32(($0 + 1) % 6), weight: 12) })

        #expect(cut.clusters() == [[0, 1, 2], [3, 4, 5]])
        #expect(ring.clusters().count == 1)
    }

    @Test func `a giant cluster of families joined by a few wrong links falls into the families`() throws {
        let families = stride(from: 0, to: 300, by: 6).flatMap { clique($0..<$0 + 6, weight: 15) }
        let wrong = stride(from: 5, to: 294, by: 6).flatMap { (last: UInt32) -> [Link] in
            [Link(last, last + 1, weight: 5), Link(last - 1, last + 2, weight: 6)]
        }

        #expect(try ClusteringPlan.by(.connected).clusters(300, families + wrong).clusters().count == 1)
        let found = try clusters(300, families + wrong)

        #expect(found.labels == (0..<300).map { UInt32($0 / 6 * 6) })
    }

    @Test func `many pairs that hang on one large family are cut off`() throws {
        let family = clique(0..<40, weight: 15)
        let pairs = (0..<40).flatMap { (row: UInt32) -> [Link] in
            let one = 40 + 2 * row
            return [Link(row, one, weight: 6), Link(one, one + 1, weight: 15)]
        }

        let found = try clusters(120, family + pairs)

        #expect(found.clusters().count == 41)
        #expect(found.clusters().first?.count == 40)
    }

    @Test func `two pairs are parted by a link of less than half their evidence only`() throws {
        let pairs = [Link(0, 1, weight: 16), Link(2, 3, weight: 16)]

        #expect(try clusters(4, pairs + [Link(1, 2, weight: 7)]).clusters() == [[0, 1], [2, 3]])
        #expect(try clusters(4, pairs + [Link(1, 2, weight: 8)]).clusters().count == 1)
    }

    @Test func `a stricter rule cuts less`() throws {
        let links = clique(0..<3, weight: 12) + clique(3..<6, weight: 12) + [Link(2, 3, weight: 12)]

        for rule in [CutRule(share: 0), CutRule(leastRecords: 4), CutRule(share: 0.1)] {
            var clusterer = try Clusterer(.by(.bridges), records: 6)
            clusterer.cutRule = rule
            clusterer.add(contentsOf: links)
            #expect(clusterer.clusters().clusters().count == 1)
        }
    }

    @Test func `single records are never cut off`() throws {
        let star = (1..<50).map { Link(0, UInt32($0), weight: Double(5 + $0 % 7)) }

        #expect(try clusters(50, star + [Link(1, 2, weight: 20)]).clusters().count == 1)
    }

    @Test func `cuts are made as long as one is weak and no longer`() throws {
        var wholes = 0
        var broken = 0
        for seed in 1...60 as ClosedRange<UInt64> {
            let random = RandomLinks(seed: seed, records: 24, links: 40 + Int(seed % 3) * 10, groups: 3, weights: 25)

            let found = try clusters(24, random.links)

            let connected = Clustering(labels: RandomLinks.walked(24, random.links))
            for cluster in connected.clusters() {
                let isWhole = Set(cluster.map { found.labels[Int($0)] }).count == 1
                #expect(isWhole == (weakest(cluster, random.links) >= CutRule().share), "seed \(seed)")
                if isWhole { wholes += 1 } else { broken += 1 }
            }
            checkParts(found, of: connected, random.links, seed: seed)
        }
        #expect(wholes > 10 && broken > 10)
    }

    private func checkParts(_ found: Clustering, of connected: Clustering, _ links: [Link], seed: UInt64) {
        let sizes = connected.sizes()
        for part in found.clusters(ofAtLeast: 1) {
            #expect(weakest(part, links) >= CutRule().share, "seed \(seed)")
            let inside = links.filter { part.contains($0.left) && part.contains($0.right) }
            let labels = RandomLinks.walked(24, inside)
            #expect(Set(part.map { labels[Int($0)] }).count == 1, "seed \(seed)")
            #expect(part.count >= 2 || sizes[Int(connected.labels[Int(part[0])])] == 1, "seed \(seed)")
        }
    }

    private func clusters(_ records: Int, _ links: [Link]) throws -> Clustering {
        try ClusteringPlan.by(.bridges).clusters(records, links)
    }

    /// The weakness of the weakest cut of the heaviest spanning tree, found by taking each tree link away in turn.
    private func weakest(_ rows: [UInt32], _ links: [Link]) -> Double {
        let inside = links.filter { rows.contains($0.left) && rows.contains($0.right) }
            .map { Link(min($0.left, $0.right), max($0.left, $0.right), weight: $0.weight) }
            .sorted { ($1.weight, $0.left, $0.right) < ($0.weight, $1.left, $1.right) }
        var components = ConnectedComponents(count: 24)
        let tree = inside.filter { components.join($0.left, $0.right) }
        var weakest = Double.infinity
        for link in tree {
            let labels = RandomLinks.walked(24, tree.filter { $0 != link })
            let side = Set(rows.filter { labels[Int($0)] == labels[Int(link.left)] })
            let counts = (side.count, rows.count - side.count)
            guard counts.0 >= 2 && counts.1 >= 2 else { continue }
            let evidence = { (links: [Link]) in
                links.reduce(0) { $0 + CutRule.evidence(of: $1.weight, above: 0) }
            }
            let both = evidence(inside.filter { side.contains($0.left) && side.contains($0.right) })
            let none = evidence(inside.filter { !side.contains($0.left) && !side.contains($0.right) })
            let across = evidence(inside.filter { side.contains($0.left) != side.contains($0.right) })
            weakest = min(weakest, CutRule().weakness(across: across, inside: (both, none), records: counts))
        }
        return weakest
    }
}
