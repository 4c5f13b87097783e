import ArgumentParser
import Foundation
import Matching
import Tables
import Values

/// How long one pair and one record against all take, in a process that has the records in memory.
struct SinglesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "singles", abstract: "Time single pairs and look-ups among the records of a file.")

    @Option(help: "A trained model.")
    var model: String

    @Option(help: "The records.")
    var input: String

    @Option(help: "How many pairs, and how many look-ups.")
    var times = 2_000

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: model) else {
            throw ValidationError("\(model) cannot be read.")
        }
        let model = try Model(contents: [UInt8](bytes), file: model)
        let (records, samples) = try read(model)
        let linker = try Linker(model, records)
        var chance = SeededChance(seed: 1)
        var comparer = try PairComparer(linker)
        var sum = 0.0
        let pairs = Times.measured(times) {
            (chance.any(of: samples), chance.any(of: samples))
        } run: {
            sum += comparer.weight(of: $0.0, and: $0.1)
        }
        let known = Times.measured(times) {
            let row = chance.below(records.count - 1)
            return (row, row + 1 + chance.below(records.count - row - 1))
        } run: {
            sum += comparer.weight(of: $0.0, and: $0.1)
        }
        let explained = try Times.measured(times) {
            (chance.any(of: samples), chance.any(of: samples))
        } run: {
            sum += try linker.explanation(of: $0.0, and: $0.1).weight
        }
        let ready = ContinuousClock.now
        let lookUp = try LookUp(linker)
        let preparing = ContinuousClock.now - ready
        var found = 0
        let lookUps = Times.measured(times) {
            chance.any(of: samples)
        } run: {
            found += lookUp.matches(of: $0, from: LogOdds.weight(0.5)).count
        }
        print(
            """
            {"records": \(records.count), "pair": \(pairs.json), "known_pair": \(known.json), \
            "explained_pair": \(explained.json), "sum": \(sum), \
            "look_up": \(lookUps.json), "found": \(found), "preparing_s": \(preparing / .seconds(1))}
            """)
    }

    /// The records, and some of them by column.
    private func read(_ model: Model) throws -> (records: Records, samples: [[String: String]]) {
        var builder = try RecordsBuilder(for: model)
        let columns = builder.columns
        let reader = try TableReader(input)
        try reader.select([model.identifier] + columns)
        try builder.begin(source: "people")
        var samples: [[String: String]] = []
        var batch = TableBatch()
        while try reader.read(into: &batch) {
            for row in stride(from: 0, to: batch.rowCount, by: 101) where samples.count < 50_000 {
                var sample: [String: String] = [:]
                for (place, column) in columns.enumerated() { sample[column] = batch[row, place + 1] }
                samples.append(sample)
            }
            try builder.append(batch)
        }
        return (try builder.finish(), samples)
    }
}

extension RecordsBuilder {
    /// Takes the rows of a batch in, whose first column has their names.
    fileprivate mutating func append(_ batch: TableBatch) throws {
        let width = batch.columnCount
        try batch.withFields { bytes, fields in
            func value(_ field: TableField) -> UnsafeBufferPointer<UInt8>? {
                guard !field.isMissing, let start = bytes.baseAddress else { return nil }
                return UnsafeBufferPointer(start: start + Int(field.offset), count: field.length)
            }
            for row in 0..<batch.rowCount {
                let values = (1..<width).map { value(fields[row * width + $0]) }
                let name = value(fields[row * width]) ?? UnsafeBufferPointer(start: nil, count: 0)
                try values.withUnsafeBufferPointer { try append(name: name, values: $0) }
            }
        }
    }
}

/// How long something took, each time.
struct Times {
    private let sorted: [Duration]

    /// Prepares and runs something so many times, and a tenth as often before that without a look at the clock.
    static func measured<Prepared>(
        _ count: Int, _ prepare: () -> Prepared, run: (Prepared) throws -> Void
    ) rethrows -> Times {
        let clock = ContinuousClock()
        var times: [Duration] = []
        times.reserveCapacity(count)
        for _ in 0..<count / 10 { try run(prepare()) }
        for _ in 0..<count {
            let prepared = prepare()
            let start = clock.now
            try run(prepared)
            times.append(clock.now - start)
        }
        return Times(sorted: times.sorted())
    }

    /// Microseconds.
    private func share(_ share: Double) -> Double {
        sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] / .microseconds(1)
    }

    var json: String { "{\"p50_us\": \(share(0.5)), \"p99_us\": \(share(0.99)), \"max_us\": \(share(1))}" }
}
