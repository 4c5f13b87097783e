import Matching
import Tables

/// One file of records, read row by row as a model needs them.
struct RecordTable {
    private let reader: TableReader
    private let places: [Int]
    let path: String

    init(_ path: String, source: String, columns: [String], _ input: MatchInput, _ model: Model) throws {
        self.path = path
        reader = try TableReader(path, settings: input.settings)
        let other = model.sources.first { $0.name == source }?.columns ?? [:]
        let wanted = ([model.identifier] + columns).map { other[$0] ?? $0 }
        try reader.selectOnce(wanted)
        places = reader.places(of: wanted)
    }

    /// A record's bytes, borrowed for as long as a body runs.
    struct Row {
        let name: UnsafeBufferPointer<UInt8>
        let values: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>
        /// Counted from 1.
        let number: Int
    }

    /// Calls the body with each row; one without a name is refused.
    func each(_ body: (Row) throws -> Void) throws {
        var progress = ProgressLine("Reading \(reader.name)")
        defer { progress.finish() }
        var values = [UnsafeBufferPointer<UInt8>?](repeating: nil, count: places.count - 1)
        var batch = TableBatch()
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            try batch.withFields { bytes, fields in
                for row in 0..<batch.rowCount {
                    let start = row * batch.columnCount
                    let number = batch.firstRow + row + 1
                    guard let name = bytes.value(fields[start + places[0]]), !name.isEmpty else {
                        throw MatchFault(
                            "\(reader.name): Record \(number) has no identifier. Each needs one of its own.")
                    }
                    for place in 1..<places.count { values[place - 1] = bytes.value(fields[start + places[place]]) }
                    try values.withUnsafeBufferPointer { try body(Row(name: name, values: $0, number: number)) }
                }
            }
            progress.show(reader.progress.share, "\(reader.progress.rows.grouped) rows")
        }
    }
}

/// The values of a record in bytes of their own: equal when all values are.
struct PackedValues: Equatable {
    private var bytes: [UInt8] = []

    private static let missing = UInt32.max

    init(_ values: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>) {
        for value in values {
            withUnsafeBytes(of: value.map { UInt32($0.count) } ?? Self.missing) { bytes += $0 }
            if let value { bytes += value }
        }
    }

    /// Lends so many values.
    func lend<Result>(
        _ count: Int, _ body: (UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            var values: [UnsafeBufferPointer<UInt8>?] = []
            var place = 0
            for _ in 0..<count {
                let length = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: UInt32.self)
                place += 4
                guard length != Self.missing else {
                    values.append(nil)
                    continue
                }
                values.append(UnsafeBufferPointer(rebasing: bytes[place..<place + Int(length)]))
                place += Int(length)
            }
            return try values.withUnsafeBufferPointer(body)
        }
    }
}
