import Testing
import Values

@testable import Matching

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Records whose columns are in files, against the same records in memory.
struct SpillTests {
    @Test(arguments: Array(UInt64(0)..<60))
    func `columns in files give the same links to the last bit`(seed: UInt64) async throws {
        let sample = RandomCase(seed: seed)
        let kept = try Linker(sample.model, sample.records())

        for memory in [0, 3000] {
            let folder = try WorkFolder()
            let records = try Records(of: sample, spilling: .small(to: folder.path, beyond: memory))
            let spilled = try Linker(sample.model, records)

            #expect(memory > 0 || records.count == 0 || records.spilled > 0, "seed \(seed)")
            #expect(try await spilled.all(from: -5) == (try await kept.all(from: -5)), "seed \(seed)")
            #expect(folder.isEmpty)
        }
    }

    @Test func `names and values are found in files as in memory`() throws {
        let sample = RandomCase(seed: 3)
        let folder = try WorkFolder()
        let kept = try sample.records()

        let spilled = try Records(of: sample, spilling: .small(to: folder.path, beyond: 0))

        #expect(spilled.sources == kept.sources)
        for row in 0..<kept.count {
            #expect(spilled.name(of: row) == kept.name(of: row))
            #expect(spilled.row(named: kept.name(of: row)) == kept.row(named: kept.name(of: row)))
            for field in kept.layout.fields { #expect(spilled.value(row, field) == kept.value(row, field)) }
        }
        #expect(spilled.row(named: "nobody") == nil)
        #expect(spilled.footprint < kept.footprint)
    }

    @Test func `what fits in memory makes no file`() throws {
        let records = try Records(of: RandomCase(seed: 3), spilling: Spill(to: "/nowhere", beyond: 1 << 20))

        #expect(records.spilled == 0)
    }

    @Test func `a folder that is not there is refused with its name, before or when it is needed`() throws {
        let fault = RecordFault.workFolder("/nowhere/at/all", reason: "No such file or directory")

        #expect(throws: fault) { try Spill(to: "/nowhere/at/all", beyond: 0).check() }
        #expect(throws: fault) {
            _ = try Records(of: RandomCase(seed: 3), spilling: .small(to: "/nowhere/at/all", beyond: 0))
        }
        #expect(fault.sentence.contains("\"/nowhere/at/all\" (No such file or directory)"))
    }

    @Test func `a file where the folder should be is refused`() throws {
        #expect(throws: RecordFault.workFolder("/dev/null", reason: "Not a directory")) {
            try Spill(to: "/dev/null", beyond: 0).check()
        }
    }

    #if os(Linux)
    @Test func `a full disk is a sentence`() throws {
        let full = SpillFile(descriptor: open("/dev/full", O_WRONLY), of: "work")

        #expect(throws: RecordFault.workFolderFull("work", reason: "No space left on device")) {
            try full.append([UInt32](repeating: 7, count: 100))
        }
    }
    #endif

    @Test func `a file holds what was written, in several portions, after its maker is gone`() throws {
        let folder = try WorkFolder()
        let numbers = [UInt32](0..<50_000)
        func kept() throws -> Kept<UInt32> {
            let file = try SpillFile(in: folder.path)
            try file.append(Array(numbers[..<123]))
            try file.append(Array(numbers[123...]))
            return Kept(try file.mapped())
        }

        let kept = try kept()

        #expect(kept.count == numbers.count)
        #expect(kept.withUnsafeBufferPointer { $0.elementsEqual(numbers) })
        #expect([0, 122, 123, 49_999].allSatisfy { kept[$0] == UInt32($0) })
    }
}

extension Records {
    /// The records of a case, in files where there is too little memory.
    init(of sample: RandomCase, spilling spill: Spill) throws {
        var builder = try RecordsBuilder(for: sample.model, spilling: spill)
        for (number, source) in sample.sources.enumerated() {
            try builder.begin(source: source)
            for record in sample.people where record.source == number {
                try builder.append(name: record.name, builder.columns.map { record.values[$0] })
            }
        }
        self = try builder.finish()
    }
}
