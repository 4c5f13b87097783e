@testable import Matching
import Testing
import Values

struct JudgedLinksTests {
    @Test(arguments: [UInt64(1), 2, 3, 4], [false, true])
    func `judging by clusters agrees with looking at every pair`(seed: UInt64, isAcross: Bool) throws {
        var chance = SeededChance(seed: seed)
        let clusters = (0..<60).map { _ in chance.below(10) == 0 ? Truth.notKnown : UInt32(chance.below(20)) }
        let sources = (0..<58).map { _ in UInt32(chance.below(3)) }
        let links = Self.links(200, among: 64, &chance)

        let judged = try JudgedLinks(
            links, by: .clusters(clusters), within: isAcross ? .acrossSources(sources) : .all)

        var truePairs = 0
        for right in 0..<60 {
            for left in 0..<right where clusters[left] == clusters[right] && clusters[left] != Truth.notKnown {
                if isAcross { guard right < 58, sources[left] != sources[right] else { continue } }
                truePairs += 1
            }
        }
        var expected = Slow()
        for (pair, weight) in Self.highest(links) {
            let (left, right) = (pair[0], pair[1])
            let isKnown = right < 60 && clusters[left] != Truth.notKnown && clusters[right] != Truth.notKnown
            let isInScope = !isAcross || right < 58 && sources[left] != sources[right]
            guard left != right, isKnown, isInScope else { continue }
            expected.add(weight, isMatch: clusters[left] == clusters[right])
        }
        #expect(judged.truePairs == truePairs)
        #expect(judged.matches == expected.matches.sorted())
        #expect(judged.others == expected.others.sorted())
        #expect(judged.scored + judged.ignored + judged.repeated == links.count)
    }

    @Test(arguments: [UInt64(5), 6, 7], [Truth.Unlisted.different, .unknown])
    func `judging by labelled pairs agrees with a dictionary`(seed: UInt64, unlisted: Truth.Unlisted) throws {
        var chance = SeededChance(seed: seed)
        let links = Self.links(300, among: 30, &chance)
        let labels = (0..<150).map { _ in
            LabelledPair(UInt32(chance.below(30)), UInt32(chance.below(30)), score: Double(chance.below(5)) / 4)
        }

        let judged = try JudgedLinks(links, by: .pairs(labels, others: unlisted))

        var scores: [[Int]: [Double]] = [:]
        for label in labels where label.left != label.right {
            scores[Self.pair(label.left, label.right), default: []].append(label.score)
        }
        let isMatch = scores.mapValues { $0.reduce(0, +) / Double($0.count) >= 0.5 }
        var expected = Slow()
        for (pair, weight) in Self.highest(links) where pair[0] != pair[1] {
            guard let verdict = isMatch[pair] ?? (unlisted == .different ? false : nil) else { continue }
            expected.add(weight, isMatch: verdict)
        }
        #expect(judged.truePairs == isMatch.values.count { $0 })
        #expect(judged.matches == expected.matches.sorted())
        #expect(judged.others == expected.others.sorted())
    }

    @Test func `the order of links and of their sides does not matter`() throws {
        var chance = SeededChance(seed: 8)
        let clusters = (0..<50).map { _ in UInt32(chance.below(15)) }
        let links = Self.links(400, among: 50, &chance)
        let turned = links.shuffled(using: &chance).map { Link($0.right, $0.left, weight: $0.weight) }

        let straight = try Evaluation(of: JudgedLinks(links, by: .clusters(clusters)))
        let other = try Evaluation(of: JudgedLinks(turned, by: .clusters(clusters)))

        #expect(straight == other)
        #expect(straight.repeated > 0)
    }

    @Test func `blocking recall is the share of true pairs that were scored, whatever their weight`() throws {
        let links = [Link(0, 1, weight: -30), Link(0, 3, weight: 5)]

        let judged = try JudgedLinks(links, by: .clusters([7, 7, 7, 9]))

        #expect(judged.truePairs == 3)
        #expect(judged.blockingRecall == 1.0 / 3)
        #expect(try JudgedLinks(links, by: .clusters([1, 2, 3, 4])).blockingRecall == nil)
    }

    @Test func `what is no number is refused by its place`() {
        #expect(throws: ModelFault.self) {
            try JudgedLinks([Link(0, 1, weight: 1), Link(0, 2, weight: .nan)], by: .clusters([]))
        }
        for score in [-0.1, 1.1, .nan, .infinity] {
            let refused = #expect(throws: ModelFault.self) {
                try JudgedLinks([], by: .pairs([LabelledPair(0, 1), LabelledPair(0, 2, score: score)]))
            }
            #expect(refused?.place == "labels[1]")
        }
    }

    @Test func `clusters with numbers far apart count the same`() throws {
        let far: [UInt32] = [4_000_000_000, 5, 4_000_000_000, 5, 4_294_967_294]

        let judged = try JudgedLinks([Link(0, 2, weight: 1)], by: .clusters(far))

        #expect(judged.truePairs == 2)
        #expect(judged.matches == [1])
    }

    @Test func `sorting by digits is sorting`() {
        var chance = SeededChance(seed: 9)
        var weights = (0..<6_000).map { _ in Double.random(in: -80...80, using: &chance) }
        weights += [.infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e300, -1e300]
        weights += weights.prefix(500)

        let sorted = SortedWeights.sorted(weights.shuffled(using: &chance))

        #expect(sorted == weights.sorted())
        for bound in [-81, -3.5, 0, weights[17], 81, .infinity] {
            #expect(SortedWeights.count(sorted, below: bound) == weights.count { $0 < bound })
        }
    }

    private struct Slow {
        var matches: [Double] = []
        var others: [Double] = []

        mutating func add(_ weight: Double, isMatch: Bool) {
            if isMatch { matches.append(weight) } else { others.append(weight) }
        }
    }

    private static func links(_ count: Int, among records: Int, _ chance: inout SeededChance) -> [Link] {
        (0..<count).map { _ in
            Link(
                UInt32(chance.below(records)), UInt32(chance.below(records)), weight: Double(chance.below(40)) / 4 - 5)
        }
    }

    private static func pair(_ left: UInt32, _ right: UInt32) -> [Int] { [Int(left), Int(right)].sorted() }

    private static func highest(_ links: [Link]) -> [[Int]: Double] {
        Dictionary(links.map { (pair($0.left, $0.right), $0.weight) }, uniquingKeysWith: max)
    }
}
