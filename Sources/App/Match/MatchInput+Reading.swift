import Foundation
import Matching
import Tables

extension MatchInput {
    /// The model of the file.
    func readModel() throws -> Model {
        guard let bytes = FileManager.default.contents(atPath: model) else {
            throw MatchFault("The model \(model) cannot be read. Check that the file is there, and its permissions.")
        }
        return try Model(contents: [UInt8](bytes), file: model)
    }

    /// Frequencies that a model takes from files; their paths count from the model's folder.
    func readFrequencies(of model: Model) throws -> [String: [String: Double]] {
        try model.frequencies.mapValues { try Self.frequencies(in: path(ofFrequencies: $0)) }
    }

    /// The files from which a model takes frequencies, in the order of their names.
    func frequencyFiles(of model: Model) -> [String] { model.frequencies.values.map(path(ofFrequencies:)).sorted() }

    private func path(ofFrequencies file: String) -> String {
        let folder = URL(fileURLWithPath: self.model).deletingLastPathComponent()
        return file.hasPrefix("/") ? file : folder.appendingPathComponent(file).path
    }

    private static func frequencies(in path: String) throws -> [String: Double] {
        let reader = try TableReader(path)
        try reader.select(["value", "frequency"])
        var batch = TableBatch()
        var table: [String: Double] = [:]
        while try reader.read(into: &batch) {
            for row in 0..<batch.rowCount {
                guard let value = batch[row, 0] else { continue }
                guard let frequency = batch[row, 1].flatMap(Double.init), frequency >= 0, frequency <= 1 else {
                    throw MatchFault(
                        """
                        \(path), row \(batch.firstRow + row + 1): the frequency \(batch[row, 1] ?? "nothing") of \
                        "\(value)" is no number from 0 to 1.
                        """)
                }
                table[value] = frequency
            }
        }
        return table
    }

    /// The records of all inputs, encoded as the model needs them.
    func readRecords(for model: Model) throws -> Records {
        // A folder that was named is looked at before hours of reading; the usual one only if it is needed.
        if memory.workFolder != nil { try memory.spill.check() }
        var builder = try RecordsBuilder(for: model, spilling: memory.spill)
        let sources = try sources()
        try JoinSources.check(sources.map(\.name), of: model)
        for source in sources { try read(source, of: model, into: &builder) }
        return try builder.finish()
    }

    private func read(
        _ source: (name: String, path: String), of model: Model, into builder: inout RecordsBuilder
    ) throws {
        let reader = try TableReader(source.path, settings: settings)
        let other = model.sources.first { $0.name == source.name }?.columns ?? [:]
        let wanted = ([model.identifier] + builder.columns).map { other[$0] ?? $0 }
        try reader.selectOnce(wanted)
        let places = reader.places(of: wanted)
        var progress = ProgressLine("Reading \(reader.name)")
        try builder.begin(source: source.name)
        var batch = TableBatch()
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            try Self.naming(reader) { () throws(RecordFault) in try builder.append(batch, places) }
            progress.show(reader.progress.share, "\(reader.progress.rows.grouped) rows")
        }
        progress.finish()
        try Self.naming(reader) { () throws(RecordFault) in try builder.endSource() }
    }

    /// Says of which table a record is that cannot be taken in.
    private static func naming(_ reader: TableReader, _ step: () throws(RecordFault) -> Void) throws(MatchFault) {
        do {
            try step()
        } catch {
            throw MatchFault("\(reader.name): \(error.sentence)")
        }
    }
}

extension TableReader {
    /// Selects columns of which some may be wanted twice.
    func selectOnce(_ names: [String]) throws(TableFault) {
        var once: [String] = []
        for name in names where !once.contains(name) { once.append(name) }
        try select(once)
    }

    func places(of names: [String]) -> [Int] {
        var once: [String] = []
        for name in names where !once.contains(name) { once.append(name) }
        return names.map { once.firstIndex(of: $0) ?? 0 }
    }
}

extension RecordsBuilder {
    /// Takes the rows of a batch in: the first place is that of the records' names, then one for each column.
    fileprivate mutating func append(_ batch: TableBatch, _ places: [Int]) throws(RecordFault) {
        var values = [UnsafeBufferPointer<UInt8>?](repeating: nil, count: places.count - 1)
        try batch.withFields { (bytes, fields) throws(RecordFault) in
            for row in 0..<batch.rowCount {
                let start = row * batch.columnCount
                for place in 1..<places.count {
                    values[place - 1] = bytes.value(fields[start + places[place]])
                }
                let name = bytes.value(fields[start + places[0]]) ?? UnsafeBufferPointer(start: nil, count: 0)
                try values.withUnsafeBufferPointer { (values) throws(RecordFault) in
                    try append(name: name, values: values)
                }
            }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    func value(_ field: TableField) -> UnsafeBufferPointer<UInt8>? {
        guard !field.isMissing, let start = baseAddress else { return nil }
        return UnsafeBufferPointer(start: start + Int(field.offset), count: field.length)
    }
}
