import Synchronization
import Testing
import Values

@testable import Matching

struct PairChoiceTests {
    /// Arrays, several sources, neighbours, letter groups and rules that differ by side are all among the models.
    @Test(arguments: Array(UInt64(0)..<300))
    func `of all links exactly the wanted ones are found, with the same weights`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        let records = try sample.records()
        let linker = try Linker(sample.model, records)
        var chance = SeededChance(seed: seed)
        var fresh: [UInt32] = []
        var groups: [[UInt32]] = [[], []]
        for row in 0..<UInt32(records.count) {
            switch chance.below(6) {
            case 0: fresh.append(row)
            case 1: groups[0].append(row)
            case 2: groups[1].append(row)
            default: break
            }
        }
        func isWanted(_ link: Link) -> Bool {
            [link.left, link.right].contains(where: fresh.contains)
                || groups.contains { $0.contains(link.left) && $0.contains(link.right) }
        }

        let all = try await linker.all(from: -.infinity)
        let choice = PairChoice(count: records.count, fresh: fresh, groups: groups)
        let found = try await linker.all(from: -.infinity, among: choice)

        #expect(found == all.filter(isWanted), "seed \(seed)")
        #expect(try await linker.pairs(within: PairLimits(), among: choice) == found.count, "seed \(seed)")
    }

    @Test func `in a large block new records meet all others, whatever the number of workers`() async throws {
        let people = (0..<900).map {
            PlainRecord(name: "r\($0)", source: 0, values: ["first": $0 % 3 == 0 ? "bram" : "femi", "last": "\($0)"])
        }
        let model = try Model(
            yaml:
                "prior: 0.1\nblocking: [first]\ncomparisons: [{last: {compare: exact, m: [0.9, 0.1], u: [0.1, 0.9]}}]\n",
            file: "choice.yaml")
        var linker = try Linker(model, Records(of: people, sources: ["people"], for: model))
        let choice = PairChoice(count: 900, fresh: [0, 300, 301], groups: [[3, 6, 9], [12, 15]])

        for workers in 1...3 {
            linker.workers = workers
            // 300 are called bram, 600 femi: the two new brams meet 299 and 298 others, the new femi 599.
            #expect(try await linker.all(from: -.infinity, among: choice).count == 299 + 298 + 599 + 3 + 1)
        }
    }
}
