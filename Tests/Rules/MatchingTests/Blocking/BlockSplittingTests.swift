import Testing
import Values

@testable import Matching

struct BlockSplittingTests {
    /// Limits so low that many blocks are too large.
    private static func limits(_ seed: UInt64, _ way: PairLimits.HugeBlocks) -> PairLimits {
        var limits = PairLimits(pairsOfBlock: Int(seed % 5) + 1)
        limits.hugeBlocks = way
        return limits
    }

    @Test(arguments: Array(UInt64(0)..<400))
    func `a split or skipped block brings exactly the pairs that are told of, each once`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        for way in [PairLimits.HugeBlocks.split, .skip] {
            var linker = try Linker(sample.model, sample.records())
            linker.limits = Self.limits(seed, way)
            guard let blocks = try? linker.splitBlocks(),
                let links = try? await linker.all(from: -.infinity, within: linker.limits)
            else { continue }
            // Letter groups have no texts by which to ask.
            guard blocks.allSatisfy({ !$0.key.contains { $0.hasPrefix("like ") } }) else { continue }
            let slow = SlowSplit(sample, blocks)

            let found = Set(links.map { SlowEngine.Pair(Int($0.left), Int($0.right)) })
            #expect(found.count == links.count, "seed \(seed): no pair twice")
            #expect(found == slow.pairs(linker.records.count), "seed \(seed), \(way)")
            for block in blocks {
                let counts = slow.counts(of: block, linker.records.count)
                if slow.isSymmetric(block) {
                    #expect(block.pairs == counts.pairs && block.kept == counts.kept, "seed \(seed)")
                }
                #expect(
                    block.pairs > linker.limits.pairsOfBlock && block.also.isEmpty == (way == .skip), "seed \(seed)")
            }
        }
    }

    @Test(arguments: Array(UInt64(0)..<60))
    func `neither the order of rows nor workers nor shares of keys change what is split`(seed: UInt64) async throws {
        var sample = RandomCase(seed: seed)
        func links(_ workers: Int, bytes: Int? = nil) async throws -> (names: [String], blocks: [SplitBlock])? {
            let records = try sample.records()
            var linker = try Linker(sample.model, records, workers: workers)
            linker.limits = Self.limits(seed, .split)
            linker.limits.bytes = bytes
            guard let blocks = try? linker.splitBlocks(),
                let links = try? await linker.all(from: -.infinity, within: linker.limits)
            else { return nil }
            let names = links.map { link in
                "\([link.left, link.right].map { records.name(of: Int($0)) + "\(records.source(of: Int($0)))" }.sorted()) \(link.weight)"
            }
            return (names.sorted(), blocks.sorted { "\($0)" < "\($1)" })
        }
        let first = try await links(1)

        for workers in [1, 3] {
            sample.shuffle()
            let other = try await links(workers, bytes: workers * 24)
            #expect(first?.names == other?.names && first?.blocks == other?.blocks, "seed \(seed)")
        }
    }

    @Test func `a filler's records are compared where they agree in the rarest things there is room for`() async throws
    {
        // Given 3,000 people of whom each third has no surname but a filler, and ten of these stand there twice.
        var people = (0..<3000).map { number in
            PlainRecord(
                name: "p\(number)", source: 0,
                values: [
                    "last": number % 3 == 0 ? "unknown" : "name\(number)", "first": "first\(number % 100)",
                    "born": "day\(number % 997)", "sex": number % 2 == 0 ? "f" : "m",
                ])
        }
        people += (0..<10).map { PlainRecord(name: "again\($0)", source: 0, values: people[$0 * 3].values) }
        let model = try Model(yaml: Self.model, file: "filler.yaml")
        var linker = try Linker(model, Records(of: people, sources: ["people"], for: model))
        linker.limits.pairsOfBlock = 10_000
        await #expect(throws: ModelFault.self) { _ = try await linker.all(from: -.infinity, within: linker.limits) }

        linker.limits.hugeBlocks = .split
        let block = try #require(linker.splitBlocks().first)
        #expect(block.key == ["unknown"] && block.records == 1010 && block.pairs == 1010 * 1009 / 2)
        #expect(block.also == ["l.\"born\" = r.\"born\"", "l.\"first\" = r.\"first\""])
        let links = try await linker.all(from: -.infinity, within: linker.limits)
        #expect(links.count == block.kept && block.kept < 10_000)
        for number in 0..<10 {
            #expect(links.contains { $0.left == UInt32(number * 3) && $0.right == UInt32(3000 + number) })
        }
        let report = try await linker.blockingReport()
        #expect(report.total == block.kept && report.rules[0].pairs == block.kept)
        let looked = try LookUp(linker).matches(of: people[0].values, from: -.infinity).map(\.row).sorted()
        let met = links.filter { $0.left == 0 }.map { Int($0.right) }
        #expect(looked == [0] + met.sorted())

        linker.limits.hugeBlocks = .skip
        #expect(try await linker.all(from: -.infinity, within: linker.limits).isEmpty)
        #expect(try linker.splitBlocks().first?.sentence.contains("left out") == true)
    }

    @Test func `where records agree in nothing more, or in everything, it is refused`() async throws {
        for filler in [[:], ["first": "x", "born": "y", "sex": "f"]] {
            let people = (0..<200).map {
                PlainRecord(name: "p\($0)", source: 0, values: filler.merging(["last": "unknown"]) { one, _ in one })
            }
            let model = try Model(yaml: Self.model, file: "filler.yaml")
            var linker = try Linker(model, Records(of: people, sources: ["people"], for: model))
            linker.limits = PairLimits(pairsOfBlock: 100)
            linker.limits.hugeBlocks = .split

            let fault = #expect(throws: ModelFault.self) { _ = try linker.splitBlocks() }
            #expect(fault?.sentence.contains("200 records share \"unknown\", and cannot be split") == true)
        }
    }

    @Test func `training looks at the pairs of a split rule, and gives its links the weights that are explained`()
        async throws
    {
        let people = MadePeople(600, twice: 0.4, seed: 9)
        let untrained = MadePeople.model
        let records = try people.records(for: untrained)
        var linker = try Linker(untrained, records)
        // Some forty people live in one town under one name at most.
        linker.limits.pairsOfBlock = 3
        linker.limits.hugeBlocks = .split
        #expect(try !linker.splitBlocks().isEmpty)
        let model = try await linker.trained().model
        var trained = try Linker(model, records)
        trained.limits = linker.limits
        var comparer = try PairComparer(trained)

        let links = try await trained.all(from: -20, within: trained.limits)

        #expect(model.strata != nil && links.count > 100)
        for link in links {
            #expect(comparer.weight(of: Int(link.left), and: Int(link.right)) == link.weight)
            #expect(abs(trained.explanation(of: Int(link.left), and: Int(link.right)).weight - link.weight) < 1e-9)
        }
    }

    private static let model = """
        prior: 0.01
        blocking: [last]
        comparisons:
          - first: {compare: exact, m: [0.9, 0.1], u: [0.01, 0.99]}
          - born: {compare: exact, m: [0.9, 0.1], u: [0.001, 0.999]}
          - sex: {compare: exact, m: [0.99, 0.01], u: [0.5, 0.5]}
        """
}

/// What blocks bring that were split or skipped, found by asking every pair.
private struct SlowSplit {
    let slow: SlowEngine
    let sample: RandomCase
    let blocks: [SplitBlock]
    private let order: [Int]

    init(_ sample: RandomCase, _ blocks: [SplitBlock]) {
        (self.sample, self.blocks) = (sample, blocks)
        slow = sample.slow
        order = sample.order
    }

    func isSymmetric(_ block: SplitBlock) -> Bool { keys(block.rule).allSatisfy { $0.left == $0.right } }

    /// Pairs by rows, as links name them.
    func pairs(_ count: Int) -> Set<SlowEngine.Pair> {
        Set(
            all(count).filter { one, other in
                sample.model.blocking.indices.contains { rule in
                    guard slow.isPaired(sample.model.blocking[rule], order[one], order[other]) else { return false }
                    let block = blocks.first { $0.rule == rule && $0.key == key(rule, order[one]) }
                    return block.map { agree($0, order[one], order[other]) } ?? true
                }
            }.map { SlowEngine.Pair($0, $1) })
    }

    func counts(of block: SplitBlock, _ count: Int) -> (pairs: Int, kept: Int) {
        let met = all(count).filter { one, other in
            key(block.rule, order[one]) == block.key && key(block.rule, order[other]) == block.key
        }
        return (met.count, met.count { agree(block, order[$0], order[$1]) })
    }

    /// All pairs that may link, the left one first.
    private func all(_ count: Int) -> [(Int, Int)] {
        (0..<count).flatMap { one in
            (one + 1..<max(one + 1, count)).compactMap { other in
                guard slow.mayLink(slow.records[order[one]], slow.records[order[other]]) else { return nil }
                return slow.precedes(order[one], order[other]) ? (one, other) : (other, one)
            }
        }
    }

    private func keys(_ rule: Int) -> [BlockingRule.KeyPair] {
        guard case .equal(let pairs, _) = sample.model.blocking[rule].kind else { return [] }
        return pairs
    }

    /// The left key of a record; nothing that any block has when it lacks a part.
    private func key(_ rule: Int, _ record: Int) -> [String] {
        guard sample.model.blocking[rule].explodes.isEmpty else { return ["\u{0}"] }
        return keys(rule).map { slow.value($0.left, slow.records[record].values) ?? "\u{0}" }
    }

    private func agree(_ block: SplitBlock, _ one: Int, _ other: Int) -> Bool {
        block.also.contains { text in
            text.components(between: " and ").allSatisfy { part in
                guard let expression = expressions[part] else { return false }
                let value = slow.value(expression, slow.records[one].values)
                return value != nil && value == slow.value(expression, slow.records[other].values)
            }
        }
    }

    private var expressions: [String: Expression] {
        var found: [String: Expression] = [:]
        var all = sample.model.comparisons.flatMap(\.levels).compactMap(\.condition.equalOnBothSides)
        for rule in sample.model.blocking.indices { all += keys(rule).map(\.left) }
        for expression in all {
            let kind = BlockingRule.Kind.equal([BlockingRule.KeyPair(expression)], also: nil)
            found[BlockingRule.plainText(of: kind, in: sample.model.dialect)] = expression
        }
        return found
    }
}

extension String {
    fileprivate func components(between word: String) -> [String] { split(separator: word).map(String.init) }
}
