/// A column of a table that is written.
public struct TableColumn: Hashable, Sendable, ExpressibleByStringLiteral {
    /// What the values of a column are. CSV does not say so, Parquet does.
    public enum Kind: Hashable, Sendable {
        case text, integer, number
    }

    /// Its name; not empty, and no other column's.
    public let name: String
    /// What its values are.
    public let kind: Kind

    /// A column.
    public init(_ name: String, _ kind: Kind = .text) {
        self.name = name
        self.kind = kind
    }

    /// A column of texts.
    public init(stringLiteral name: String) { self.init(name) }
}

/// Writes a table, value by value and row by row: CSV, compressed when the name ends in `.gz` or `.zst`, with tabs when
/// it is a `.tsv`; Parquet, through the `duckdb` command, when the name ends in `.parquet`.
///
/// The file has its name only when `finish` has returned. Until then it is a draft beside it, which goes when the writer
/// goes, or at `cancel`. Values are quoted only where they must be; a missing one is nothing, an empty one `""`.
public final class TableWriter {
    /// The output as its user named it, or `standard output`.
    public let name: String

    private let draft: OutputDraft
    private let sink: any ByteSink
    private let delimiter: UInt8
    private let columns: [TableColumn]
    private let parquet: ParquetOutput?
    private var buffer = OutputBuffer()
    private var values = 0
    /// The first fault, which every later call throws again.
    private var failure: TableFault?
    private var isSettled = false
    /// Where Parquet was made, until it has its name.
    private var converted: String?
    private var isFinished = false

    /// Begins a table.
    /// - Parameters:
    ///   - path: A file to be made or replaced, or `-` for standard output. A folder is refused.
    ///   - columns: At least one; no two of one name.
    ///   - inputs: Files that this is made from, which are never replaced.
    ///   - duckdb: The command that writes Parquet.
    public init(
        _ path: String, columns: [TableColumn], inputs: [String] = [], duckdb: String = "duckdb"
    ) throws(TableFault) {
        precondition(!columns.isEmpty && !columns.contains { $0.name.isEmpty }, "columns have names")
        precondition(Set(columns.map(\.name)).count == columns.count, "no two columns have one name")
        let form = try OutputForm(of: path)
        draft = try OutputDraft(path, inputs: inputs)
        name = draft.name
        self.columns = columns
        // One column needs no delimiter, so readers will take it for CSV.
        delimiter = columns.count == 1 ? UInt8(ascii: ",") : form.delimiter
        parquet = form == .parquet ? try ParquetOutput(of: columns, from: draft, by: duckdb) : nil
        switch form {
        case .gzip: sink = GzipSink(draft)
        case .zstd: sink = ZstdSink(draft)
        case .plain, .tabs, .parquet: sink = draft
        }
        writeNames()
    }

    // MARK: - Values

    /// Adds a text, as bytes of UTF-8, to the row.
    public func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        beginValue()
        buffer.append(bytes, delimiter: delimiter)
    }

    /// Adds a text to the row, or that there is none.
    public func append(_ text: String?) {
        guard var text else { return appendMissing() }
        beginValue()
        text.withUTF8 { buffer.append($0, delimiter: delimiter) }
    }

    /// Adds a whole number to the row.
    public func append(_ number: Int) {
        beginValue()
        buffer.append(number)
    }

    /// Adds a number to the row, with as many digits as tell it from all others.
    public func append(_ number: Double) { append(number.description) }

    /// Adds to the row that there is no value.
    public func appendMissing() { beginValue() }

    /// Ends the row, for which every column must have got its value.
    public func endRow() throws(TableFault) {
        precondition(values == columns.count, "a row has a value for each column")
        values = 0
        buffer.append(UInt8(ascii: "\n"))
        if let failure { throw failure }
        if buffer.isFull { try flush() }
    }

    /// Adds a whole row.
    public func append(row: [String?]) throws(TableFault) {
        for value in row { append(value) }
        try endRow()
    }

    // MARK: - The end

    /// Writes what is left to the draft, so that little can still go wrong when it gets its name: for those who write
    /// several files and want all or none.
    public func settle() throws(TableFault) {
        precondition(values == 0 && !isFinished, "a table is finished once, after a whole row")
        if let failure { throw failure }
        guard !isSettled else { return }
        try flush()
        do throws(TableFault) {
            try sink.end()
            converted = try parquet?.converted()
            isSettled = true
        } catch {
            fail(error)
            throw error
        }
    }

    /// Writes what is left and gives the file its name. A fault leaves no file, and an earlier one of that name as it was.
    public func finish() throws(TableFault) {
        try settle()
        do throws(TableFault) {
            try draft.finish(with: converted)
            isFinished = true
        } catch {
            fail(error)
            throw error
        }
    }

    /// Leaves nothing behind; for when the work is called off.
    public func cancel() {
        parquet?.discard()
        draft.discard()
    }

    private func flush() throws(TableFault) {
        do throws(TableFault) {
            try buffer.withBytes { (bytes) throws(TableFault) in try sink.write(bytes) }
            buffer.removeAll()
        } catch {
            fail(error)
            throw error
        }
    }

    private func fail(_ fault: TableFault) {
        failure = fault
        buffer.removeAll()
        cancel()
    }

    private func beginValue() {
        precondition(values < columns.count && !isSettled, "a row has no more values than columns")
        if values > 0 { buffer.append(delimiter) }
        values += 1
    }

    /// Names are quoted also where they hold what other tables are delimited with, so that the delimiter stays plain.
    private func writeNames() {
        for (index, column) in columns.enumerated() {
            if index > 0 { buffer.append(delimiter) }
            var name = column.name
            let isPlain = name.utf8.allSatisfy { !TableHeader.candidates.contains($0) && $0 < 0x80 }
            name.withUTF8 { buffer.append($0, delimiter: delimiter, alwaysQuoted: !isPlain) }
        }
        buffer.append(UInt8(ascii: "\n"))
    }
}
