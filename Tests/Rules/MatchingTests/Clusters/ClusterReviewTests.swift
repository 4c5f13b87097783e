import Matching
import Testing

struct ClusterReviewTests {
    @Test func `two triangles with one link between them have their figures`() {
        let links =
            clique(0..<3, weight: 9) + clique(3..<6, weight: 8) + [Link(3, 2, weight: 5), Link(0, 5, weight: 1)]
        var review = ClusterReview(of: Clustering(labels: [0, 0, 0, 0, 0, 0, 6]), leastWeight: 4)
        review.add(contentsOf: links)
        var seen: [ClusterFigures] = []

        let report = review.report { seen.append($0) }

        var expected = ClusterFigures(cluster: 0, records: 6)
        (expected.links, expected.weakest, expected.bridges, expected.dividingBridges) = (7, 5, 1, 1)
        (expected.pairsBelow, expected.diameter) = (1, 3)
        #expect(seen == [expected])
        #expect(expected.violations == 8 && expected.pairsUnseen == 7 && expected.density == 7.0 / 15)
        #expect(report.suspicious.map(\.reasons) == [[.sparse, .dividingBridge]])
        #expect(report.records == 7 && report.clusters == 1 && report.recordsInClusters == 6 && report.largest == 6)
        #expect(report.sizes == [.init(records: 6, clusters: 1)] && report.shareInClusters == 6.0 / 7)
    }

    @Test(arguments: 1...40) func `figures are what counting one by one gives`(seed: UInt64) {
        let random = RandomLinks(seed: seed, records: 40, links: 70)
        let strong = random.links.filter { $0.weight >= 8 }
        let clustering = Clustering(labels: RandomLinks.walked(40, strong))
        var review = ClusterReview(of: clustering, leastWeight: 8)
        review.add(contentsOf: random.links)
        var seen: [ClusterFigures] = []

        let report = review.report { seen.append($0) }

        #expect(seen.map(\.records) == clustering.clusters().map(\.count))
        for (figures, cluster) in zip(seen, clustering.clusters()) {
            #expect(figures == slowly(cluster, random.links, strong))
        }
        #expect(report.links == strong.count)
        #expect(report.bridges == seen.reduce(0) { $0 + $1.bridges })
        #expect(report.suspiciousClusters == report.suspicious.count)
    }

    @Test func `a cluster without any scored pair is counted and has no diameter`() {
        var seen: [ClusterFigures] = []

        let report = ClusterReview(of: Clustering(labels: [0, 0, 2, 2]), leastWeight: 0).report { seen.append($0) }

        #expect(seen == [ClusterFigures(cluster: 0, records: 2), ClusterFigures(cluster: 2, records: 2)])
        #expect(report.pairsUnseen == 2 && report.clusters == 2)
    }

    @Test func `only the worst are listed and all are counted`() {
        let labels = (0..<4000).map { UInt32($0 / 4 * 4) }

        let report = ClusterReview(of: Clustering(labels: labels), leastWeight: 0).report(listing: 3)

        #expect(report.suspiciousClusters == 1000)
        #expect(report.suspicious.map(\.figures.cluster) == [0, 4, 8])
    }

    @Test func `a cluster that is contradicted or large is suspicious`() {
        var figures = ClusterFigures(cluster: 0, records: 3)
        (figures.links, figures.pairsBelow) = (1, 2)
        #expect(SuspicionRule().reasons(against: figures) == [.contradicted])

        figures = ClusterFigures(cluster: 0, records: 21)
        figures.links = figures.pairs
        #expect(SuspicionRule().reasons(against: figures) == [.large])
    }

    private func slowly(_ rows: [UInt32], _ links: [Link], _ strong: [Link]) -> ClusterFigures {
        let inside = strong.filter { rows.contains($0.left) }
        var figures = ClusterFigures(cluster: rows[0], records: rows.count)
        figures.links = inside.count
        figures.pairsBelow = links.filter { $0.weight < 8 && rows.contains($0.left) && rows.contains($0.right) }.count
        figures.weakest = inside.map(\.weight).min()
        for link in inside {
            let labels = RandomLinks.walked(40, inside.filter { $0 != link })
            guard labels[Int(link.left)] != labels[Int(link.right)] else { continue }
            figures.bridges += 1
            let side = rows.filter { labels[Int($0)] == labels[Int(link.left)] }.count
            if side >= 2 && rows.count - side >= 2 { figures.dividingBridges += 1 }
        }
        var longest = 0
        for start in rows {
            var reached: Set<UInt32> = [start]
            var steps = 0
            while reached.count < rows.count {
                let next = inside.flatMap { link in
                    reached.contains(link.left) || reached.contains(link.right) ? [link.left, link.right] : []
                }
                reached.formUnion(next)
                steps += 1
            }
            longest = max(longest, steps)
        }
        figures.diameter = longest
        return figures
    }
}
