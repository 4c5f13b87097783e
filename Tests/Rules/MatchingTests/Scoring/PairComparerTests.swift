import Testing

@testable import Matching

/// One pair asked for alone weighs what it weighs among all.
struct PairComparerTests {
    @Test(arguments: Array(UInt64(0)..<200))
    func `pairs by their rows and by their values have the weights of their links, to the last bit`(
        seed: UInt64
    ) async throws {
        let sample = RandomCase(seed: seed)
        let linker = try Linker(sample.model, sample.records())
        let values = sample.order.map { sample.people[$0].values }
        var comparer = try PairComparer(linker)

        for link in try await linker.all(from: -.infinity) {
            let (left, right) = (Int(link.left), Int(link.right))
            #expect(comparer.weight(of: left, and: right) == link.weight, "seed \(seed)")
            #expect(comparer.weight(of: right, and: left) == link.weight, "seed \(seed): whichever is named first")
            let (one, other) = linker.stands(left, before: right) ? (left, right) : (right, left)
            #expect(comparer.weight(of: values[one], and: values[other]) == link.weight, "seed \(seed): as strangers")
        }
    }

    @Test func `where every rule has weights of its own, the rule that brings a pair is found`() async throws {
        let people = MadePeople(500, twice: 0.3, seed: 4)
        let untrained = try Linker(MadePeople.model, people.records(for: MadePeople.model))
        let model = try await untrained.trained().model
        let linker = try Linker(model, people.records(for: model))
        var comparer = try PairComparer(linker)
        func values(_ row: UInt32) -> [String: String] {
            Dictionary(
                uniqueKeysWithValues: zip(MadePeople.columns, people.rows[Int(row)].values).compactMap {
                    column, value in
                    value.map { (column, $0) }
                })
        }

        let links = try await linker.all(from: -20)

        #expect(model.strata != nil && links.count > 100)
        for link in links {
            #expect(comparer.weight(of: Int(link.left), and: Int(link.right)) == link.weight)
            for (number, level) in model.comparisons.indices.map({ ($0, comparer.level(of: $0)) }) {
                #expect(model.comparisons[number].levels.indices.contains(level))
            }
            #expect(comparer.weight(of: values(link.left), and: values(link.right)) == link.weight)
        }
    }

    @Test func `strangers with a value that no record has agree on it, and long ones need no more room than there is`()
        throws
    {
        let people = MadePeople(50, twice: 0.3, seed: 4)
        var model = MadePeople.model
        for number in model.comparisons.indices {
            for (level, (m, u)) in [(1, (0.9, 0.1)), (2, (0.1, 0.9))] {
                model.comparisons[number].levels[level].m = m
                model.comparisons[number].levels[level].u = u
            }
        }
        let linker = try Linker(model, people.records(for: model))
        var comparer = try PairComparer(linker)
        let long = String(repeating: "zoë", count: 5000)

        for name in ["zoë", "", long, "first1", long + "x"] {
            let same = comparer.weight(of: ["first": name, "last": name], and: ["first": name, "last": "\(name)x"])
            #expect([0, 1, 2, 3].map { comparer.level(of: $0) } == [1, 2, 0, 0])
            let explained = try linker.explanation(
                of: ["first": name, "last": name], and: ["first": name, "last": "\(name)x"])
            #expect(abs(explained.weight - same) < 1e-12)
        }
    }
}
