import Matching
import Testing

struct OneToOneTests {
    @Test(arguments: 1...40) func `links are taken from the heaviest, and no source comes twice`(seed: UInt64) throws {
        let random = RandomLinks(seed: seed, records: 50, links: 150)

        let clusters = try ClusteringPlan.by(.oneToOne).clusters(50, random.links, sources: random.sources)

        for cluster in clusters.clusters() {
            #expect(Set(cluster.map { random.sources[Int($0)] }).count == cluster.count)
        }
        #expect(clusters.labels == greedy(random, free: { _ in true }))
    }

    @Test(arguments: 1...20) func `only the named sources are taken to be without duplicates`(seed: UInt64) throws {
        let random = RandomLinks(seed: seed, records: 50, links: 150)
        var clusterer = try Clusterer(.by(.oneToOne), records: 50, sources: random.sources, duplicateFree: [200])
        clusterer.add(contentsOf: random.links)

        #expect(clusterer.clusters().labels == greedy(random) { $0 == 200 })
    }

    @Test(arguments: 1...30) func `of two sources the matching weighs at least half of the best one`(seed: UInt64)
        throws
    {
        var random = RandomLinks(seed: seed, records: 12, links: 40, weights: 20)
        random.sources = (0..<12).map { $0 < 6 ? 0 : 1 }
        random.links.removeAll { ($0.left < 6) == ($0.right < 6) }

        let clusters = try ClusteringPlan.by(.oneToOne).clusters(12, random.links, sources: random.sources)

        let weight = random.links.filter { clusters.labels[Int($0.left)] == clusters.labels[Int($0.right)] }
            .reduce(0) { $0 + $1.weight }
        #expect(2 * weight >= heaviest(random.links[...], taken: []))
    }

    @Test func `the clear pairs are found where one record has two candidates`() throws {
        let links = [Link(0, 2, weight: 10), Link(0, 3, weight: 9), Link(1, 2, weight: 8), Link(1, 3, weight: 1)]

        let clusters = try ClusteringPlan.by(.oneToOne).clusters(4, links, sources: [0, 0, 1, 1])

        #expect(clusters.clusters() == [[0, 2], [1, 3]])
    }

    @Test func `of equal links the one with the smaller rows is taken`() throws {
        let links = [Link(1, 2, weight: 10), Link(3, 0, weight: 10), Link(0, 2, weight: 10)]

        let clusters = try ClusteringPlan.by(.oneToOne).clusters(4, links, sources: [0, 0, 1, 1])

        #expect(clusters.clusters() == [[0, 2]])
    }

    private func greedy(_ random: RandomLinks, free: (UInt8) -> Bool) -> [UInt32] {
        var labels = [UInt32](0..<UInt32(random.records))
        let ordered = random.links.map { Link(min($0.left, $0.right), max($0.left, $0.right), weight: $0.weight) }
            .sorted { ($1.weight, $0.left, $0.right) < ($0.weight, $1.left, $1.right) }
        for link in ordered {
            let one = labels[Int(link.left)]
            let other = labels[Int(link.right)]
            let together = labels.indices.filter { labels[$0] == one || labels[$0] == other }
            let sources = together.map { random.sources[$0] }.filter(free)
            guard Set(sources).count == sources.count else { continue }
            for row in together { labels[row] = min(one, other) }
        }
        return labels
    }

    private func heaviest(_ links: ArraySlice<Link>, taken: Set<UInt32>) -> Double {
        guard let link = links.first else { return 0 }
        let without = heaviest(links.dropFirst(), taken: taken)
        if taken.contains(link.left) || taken.contains(link.right) { return without }
        return max(without, link.weight + heaviest(links.dropFirst(), taken: taken.union([link.left, link.right])))
    }
}
