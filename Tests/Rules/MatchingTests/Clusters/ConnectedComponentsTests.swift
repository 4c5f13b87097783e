import Testing
import Values

@testable import Matching

struct ConnectedComponentsTests {
    @Test(arguments: 1...60) func `labels are the smallest rows that can be reached`(seed: UInt64) {
        let random = RandomLinks(seed: seed, records: 20 + Int(seed) * 3, links: Int(seed) * 3)
        var components = ConnectedComponents(count: random.records)

        for link in random.links { components.add(link) }

        let expected = RandomLinks.walked(random.records, random.links)
        #expect((0..<random.records).map { components.label(of: UInt32($0)) } == expected)
        #expect(components.labels() == expected)
    }

    @Test(arguments: 1...20) func `the order and direction of links never matter`(seed: UInt64) {
        let random = RandomLinks(seed: seed, records: 100, links: 120)
        var chance = SeededChance(seed: seed)
        let turned = random.links.shuffled(using: &chance).map { Link($0.right, $0.left, weight: $0.weight) }
        var straight = ConnectedComponents(count: 100)
        var other = ConnectedComponents(count: 100)

        random.links.withUnsafeBufferPointer { straight.add($0) }
        turned.withUnsafeBufferPointer { other.add($0) }

        #expect(straight.labels() == other.labels())
    }

    @Test func `joining tells whether it joined two clusters`() {
        var components = ConnectedComponents(count: 4)

        let joined = [(3, 2), (1, 2), (1, 3), (0, 0)].map { components.join($0.0, $0.1) }

        #expect(joined == [true, true, false, false])
        #expect(components.labels() == [0, 1, 1, 1])
    }

    @Test func `links below the weight and weights that are no number are left out`() {
        var components = ConnectedComponents(count: 6)
        let links = [Link(0, 1, weight: 4.9), Link(2, 3, weight: .nan), Link(4, 5, weight: 5)]

        links.withUnsafeBufferPointer { components.add($0, atLeast: 5) }

        #expect(components.labels() == [0, 1, 2, 3, 4, 4])
    }

    @Test func `joining goes on after labels were asked for`() {
        var components = ConnectedComponents(count: 5)
        components.join(3, 4)
        #expect(components.labels() == [0, 1, 2, 3, 3])

        components.join(4, 1)

        #expect(components.labels() == [0, 1, 2, 1, 1])
    }

    @Test func `a long chain in the worst order is no deeper than any other`() {
        var components = ConnectedComponents(count: 200_000)

        for row in (1..<UInt32(200_000)).reversed() { components.join(row, row - 1) }

        #expect(components.labels().allSatisfy { $0 == 0 })
    }

    @Test func `a clustering is made of equal names and shows its clusters`() {
        let clustering = Clustering(grouping: ["a", "b", "a", "c", "b"])

        #expect(clustering.labels == [0, 1, 0, 3, 1])
        #expect(clustering.sizes() == [2, 2, 0, 1, 0])
        #expect(clustering.clusters() == [[0, 2], [1, 4]])
        #expect(clustering.clusters(ofAtLeast: 1) == [[0, 2], [1, 4], [3]])
    }
}
