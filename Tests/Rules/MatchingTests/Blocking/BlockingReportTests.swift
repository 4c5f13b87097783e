import Testing
import Values

@testable import Matching

struct BlockingReportTests {
    @Test(arguments: Array(UInt64(600)..<660))
    func `a report's counts are those of the slow way`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        let linker = try Linker(sample.model, sample.records())

        let report = try await linker.blockingReport()

        let slow = sample.slow
        let sets = sample.model.blocking.map { slow.pairs(of: $0) }
        for (number, rule) in report.rules.enumerated() {
            let earlier = sets[..<number].reduce(into: Set()) { $0.formUnion($1) }
            let others = sets.indices.filter { $0 != number }.reduce(into: Set()) { $0.formUnion(sets[$1]) }
            #expect(rule.pairs == sets[number].count, "seed \(seed), rule \(number)")
            #expect(rule.gain == sets[number].subtracting(earlier).count, "seed \(seed), rule \(number)")
            #expect(rule.only == sets[number].subtracting(others).count, "seed \(seed), rule \(number)")
            #expect(!rule.isEstimated)
        }
        #expect(report.total == sets.reduce(into: Set()) { $0.formUnion($1) }.count)
    }

    /// Half of 4,000 share one town, the others have one each with a friend.
    private func crowd() throws -> (Model, Records) {
        var model = Model()
        model.blocking = [
            BlockingRule(.equal([.init(.column("town"))], also: nil), text: "l.town = r.town"),
            BlockingRule(.equal([.init(.column("town")), .init(.column("first"))], also: nil), text: "both"),
        ]
        let people = (0..<4000).map { number in
            PlainRecord(
                name: "r\(number)", source: 0,
                values: ["town": number < 2000 ? "York" : "t\(number / 2)", "first": "f\(number % 5)"])
        }
        return (model, try Records(of: people, sources: ["people"], for: model))
    }

    @Test func `the largest block is named by its values`() async throws {
        let (model, records) = try crowd()

        let report = try await Linker(model, records).blockingReport()

        #expect(report.rules[0].largest == .init(key: ["York"], records: 2000, pairs: 1_999_000))
        #expect(report.rules[1].largest?.key.first == "York")
        #expect(report.rules[1].largest?.records == 400)
    }

    @Test func `what is too much to count is estimated, and says so`() async throws {
        let (model, records) = try crowd()
        let linker = try Linker(model, records)

        let report = try await linker.blockingReport(exactBelow: 1000, sampling: 200_000)

        #expect(report.rules[0].isEstimated)
        #expect(report.rules[0].pairs == 2_000_000)
        #expect(report.rules[0].gain == 2_000_000)
        #expect(report.rules[1].gain == 0)
    }

    @Test func `a block of too many pairs is refused with its values before anything is scored`() async throws {
        let (model, records) = try crowd()
        let linker = try Linker(model, records)
        let fault = ModelFault(
            at: "blocking rule 1",
            """
            2000 records share "York", which makes 1999000 pairs, more than 1000000. Add an equality to the rule, have \
            that value read as missing, have such blocks split, or raise the limit.
            """)

        await #expect(throws: fault) { _ = try await linker.all(from: 0, within: PairLimits(pairsOfBlock: 1_000_000)) }
        _ = try await linker.links(from: 0, within: PairLimits(pairsOfBlock: 1_999_000)) { _, _ in }
    }

    @Test func `too many pairs in all are refused with the worst rule`() async throws {
        let (model, records) = try crowd()
        let linker = try Linker(model, records)

        await #expect(throws: ModelFault.self) {
            _ = try await linker.all(from: 0, within: PairLimits(pairs: 2_000_000))
        }
    }

    @Test(arguments: [
        BlockingRule(.equal([], also: nil)), BlockingRule(.neighbours(by: [.column("a")], within: 0)),
        BlockingRule(.neighbours(by: [], within: 3)), BlockingRule(.similar(.column("a"), grams: 2, bands: 2, rows: 0)),
        exploding([.init(.column("a"))], ["b"]), exploding([.init(.column("a")), .init(.column("a"))], ["a"]),
        exploding([.init(.joined([.column("a"), .column("b")]))], ["a"]),
    ])
    func `rules that cannot be meant are refused`(rule: BlockingRule) throws {
        var model = Model()
        model.blocking = [rule]
        let records = try Records(of: [], sources: ["people"], for: model)

        #expect(throws: ModelFault.self) { _ = try Linker(model, records).sweep(over: model.blocking) }
    }

    private static func exploding(_ pairs: [BlockingRule.KeyPair], _ columns: [String]) -> BlockingRule {
        var rule = BlockingRule(.equal(pairs, also: nil))
        rule.explodes = columns
        return rule
    }
}

extension SlowEngine {
    fileprivate func pairs(of rule: BlockingRule) -> Set<Pair> {
        var found: Set<Pair> = []
        for one in records.indices {
            for other in records.indices where one < other && mayLink(records[one], records[other]) {
                let (left, right) = precedes(one, other) ? (one, other) : (other, one)
                if isPaired(rule, left, right) { found.insert(Pair(one, other)) }
            }
        }
        return found
    }
}
