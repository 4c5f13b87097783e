import Testing

@testable import Matching

/// Rows copied from files for the portions that gather them.
struct NearRowsTests {
    @Test(arguments: Array(UInt64(0)..<60))
    func `few rows at a time, of columns in files, give the same links in the same order with any number of workers`(
        seed: UInt64
    ) async throws {
        let sample = RandomCase(seed: seed)
        let folder = try WorkFolder()
        var limits = PairLimits(bytes: 1500)
        limits.pairsOfPortion = 5
        let kept = try await Linker(sample.model, sample.records()).all(from: -5, within: limits)

        for workers in [1, 2, 5] {
            let records = try Records(of: sample, spilling: .small(to: folder.path, beyond: 0))
            let spilled = try Linker(sample.model, records, workers: workers)
            #expect(try await spilled.all(from: -5, within: limits) == kept, "seed \(seed), \(workers) workers")
        }
    }

    @Test(arguments: Array(UInt64(0)..<20))
    func `each portion finds the codes of its rows where it gathers them, and each has its turn`(
        seed: UInt64
    ) async throws {
        let sample = RandomCase(seed: seed)
        let folder = try WorkFolder()
        let records = try Records(of: sample, spilling: .small(to: folder.path, beyond: 0))
        let width = records.layout.columns.count
        let sweep = try Linker(sample.model, records).sweep(
            over: sample.model.blocking, within: PairLimits(bytes: 1500))

        for rule in sweep.rules.rules {
            let blocks = Blocks(rule, of: sweep.rules, in: records)
            let units = blocks.units(of: 5)
            var done: [Int] = []
            try await sweep.eachStage(of: units[...], blocks) { stage, near in
                done += stage
                near.lend { start in
                    for number in stage {
                        let codes = start(number - stage.lowerBound)
                        #expect((codes == nil) == (units[number].rows == 0), "seed \(seed)")
                        guard let codes else { continue }
                        for (place, row) in blocks.rowsInCompany(of: units[number]).enumerated() {
                            for slot in 0..<width {
                                #expect(codes[place * width + slot] == records.codes[row * width + slot])
                            }
                        }
                    }
                }
            }
            #expect(done == Array(units.indices), "seed \(seed)")
        }
    }
}

extension Blocks {
    /// The rows of a portion that have others in their block.
    fileprivate func rowsInCompany(of unit: Unit) -> [Int] {
        var rows: [Int] = []
        var start = unit.entries.lowerBound
        while start < unit.entries.upperBound {
            let run = start..<endOfRun(from: start)
            if run.count > 1 { rows += run.map { Int(row($0)) } }
            start = run.upperBound
        }
        return rows
    }
}
