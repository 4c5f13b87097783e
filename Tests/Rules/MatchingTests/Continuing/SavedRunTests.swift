import Foundation
import Synchronization
import Testing
import Values

@testable import Matching

/// Runs that are stopped and go on, against the same runs in one go.
struct SavedRunTests {
    /// So small that the keys of each rule have many turns.
    private let limits = PairLimits(bytes: 90)

    @Test(arguments: Array(UInt64(0)..<40))
    func `stopped after any portion, a run goes on to the same links`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        let straight = try await Linker(sample.model, sample.records()).all(from: -5, within: limits)
        let folder = try WorkFolder()
        var chance = SeededChance(seed: seed)

        var links: [Link]?
        var runs = 0
        while links == nil {
            let stop = runs < 5 ? chance.below(4) : Int.max
            links = try await self.links(of: sample, in: folder, stoppingAfter: stop)
            runs += 1
            if links == nil, chance.below(2) == 0 { try Self.harm(folder, &chance) }
        }

        #expect(links == straight, "seed \(seed), \(runs) runs")
        #expect(folder.isEmpty, "seed \(seed)")
    }

    @Test func `what was read and trained is not done again`() throws {
        let sample = RandomCase(seed: 3)
        let folder = try WorkFolder()
        do {
            let run = try run(in: folder)
            #expect(!run.isContinued)
            #expect(try run.records(for: sample.model) == nil)
            _ = try run.keep(sample.records())
            _ = try run.keep(Self.asTrained(sample.model), notes: ["a\nb\\n", ""])
        }

        let run = try run(in: folder)
        let kept = try sample.records()
        let records = try #require(try run.records(for: sample.model))
        let trained = try #require(try run.trained())

        #expect(run.isContinued)
        #expect(trained.notes == ["a\nb\\n", ""])
        #expect(records.sources == kept.sources)
        for row in 0..<kept.count {
            #expect(records.row(named: kept.name(of: row)) == kept.row(named: kept.name(of: row)))
            for field in kept.layout.fields { #expect(records.value(row, field) == kept.value(row, field)) }
        }
    }

    /// A random model's shares may sum to anything; those of a trained one never to more than 1.
    private static func asTrained(_ model: Model) -> Model {
        var model = model
        for comparison in model.comparisons.indices {
            let sums = model.comparisons[comparison].sums.map { max(1, $0.sum) }
            for level in model.comparisons[comparison].levels.indices {
                model.comparisons[comparison].levels[level].m? /= sums[0]
                model.comparisons[comparison].levels[level].u? /= sums[1]
            }
        }
        return model
    }

    @Test func `what has changed since is refused by its name`() throws {
        let folder = try WorkFolder()
        _ = try run(in: folder)
        let place = "\(folder.path)/run"

        #expect(throws: SavedRunFault.changed("the table", folder: place)) { _ = try run(in: folder, table: "2") }
        #expect(throws: SavedRunFault.changed("the number of inputs", folder: place)) {
            _ = try SavedRun(in: place, of: [], limits: [])
        }
        #expect(throws: Never.self) { _ = try run(in: folder) }
    }

    @Test func `other limits have pairs compared anew, and nothing read anew`() async throws {
        let sample = RandomCase(seed: 5)
        let folder = try WorkFolder()
        _ = try await links(of: sample, in: folder, stoppingAfter: 1)

        let run = try run(in: folder, memory: "2g")

        #expect(try run.records(for: sample.model) != nil)
        #expect(!(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/run")).contains("links"))
    }

    @Test func `two runs at a time are refused`() throws {
        let folder = try WorkFolder()
        let first = try run(in: folder)

        #expect(throws: SavedRunFault.inUse("\(folder.path)/run")) { _ = try run(in: folder) }
        first.remove()
        #expect(folder.isEmpty)
    }

    @Test func `a folder that cannot be made is refused`() throws {
        #expect(throws: SavedRunFault.folder("/dev/null/run", reason: "Not a directory")) {
            _ = try SavedRun(in: "/dev/null/run", of: [], limits: [])
        }
    }

    private func run(in folder: WorkFolder, table: String = "1", memory: String = "none") throws -> SavedRun {
        try SavedRun(
            in: "\(folder.path)/run", of: [.init("the model", "m"), .init("the table", table)],
            limits: [.init("--memory", memory)])
    }

    /// All links, or nil where the run was stopped after so many portions of its own.
    private func links(of sample: RandomCase, in folder: WorkFolder, stoppingAfter stop: Int) async throws -> [Link]? {
        let run = try run(in: folder)
        let records = try run.records(for: sample.model) ?? run.keep(sample.records())
        let linker = try Linker(sample.model, records, workers: 1 + stop % 3)
        let found = Mutex<(links: [Link], left: Int)>(([], stop))
        do {
            let counts = try await run.links(of: linker, from: -5, within: limits) { links, _ in
                try found.withLock { found in
                    if found.left == 0 { throw Stop() }
                    found.left -= 1
                    found.links += links
                }
            }
            let links = found.withLock { $0.links }
            #expect(counts.links == links.count)
            run.remove()
            return links
        } catch is Stop {
            return nil
        }
    }

    private struct Stop: Error {}

    /// Cuts a file that was kept, or changes one of its bytes.
    private static func harm(_ folder: WorkFolder, _ chance: inout SeededChance) throws {
        let run = "\(folder.path)/run"
        let names = try FileManager.default.contentsOfDirectory(atPath: run).sorted().filter { $0 != "lock" }
        let file = URL(fileURLWithPath: "\(run)/\(names[chance.below(names.count)])")
        var bytes = try Data(contentsOf: file)
        guard !bytes.isEmpty else { return }
        if chance.below(2) == 0 {
            bytes.removeLast(1 + chance.below(bytes.count))
        } else {
            bytes[chance.below(bytes.count)] ^= UInt8(1 << chance.below(8))
        }
        try bytes.write(to: file)
    }
}
