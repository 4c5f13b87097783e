/// Reads a table row by row, of any length, in little memory: CSV as it is or compressed with gzip or zstd; Parquet,
/// JSON, Excel's .xlsx and databases through the `duckdb` command.
///
/// What a file is, its first bytes say, not its name. A missing value is an empty one, and by default also `""`, as
/// DuckDB reads CSV; in what comes through `duckdb` an empty text is kept apart from NULL.
///
///     let reader = try TableReader("people.csv.gz")
///     try reader.select(["id", "surname"])
///     var batch = TableBatch()
///     while try reader.read(into: &batch) { batch.withFields { bytes, fields in … } }
///
/// It blocks while it reads, and belongs to one thread at a time; batches are values and may go anywhere.
public final class TableReader {
    /// How a table is to be read where the file itself does not say.
    public struct Settings: Sendable {
        /// What keeps values apart: one character of ASCII, no quotation mark, line break or blank. Nil: recognised
        /// from the first line among comma, semicolon, tab and `|`.
        public var delimiter: UInt8?
        /// The table of a database or the sheet of a workbook. Nil: the only one, or the first sheet.
        public var table: String?
        /// Whether `""` in CSV is a missing value.
        public var quotedEmptyIsMissing = true
        /// Whether a table without any row is read as such, and not refused.
        public var mayBeEmpty = false
        /// The command that reads what is no CSV.
        public var duckdb = "duckdb"

        /// The usual settings.
        public init() {}
    }

    /// The file as its user named it, or `standard input`.
    public let name: String
    /// The names of all columns of the table, in their order.
    public private(set) var columns: [String] = []

    private let settings: Settings
    private var stream: ChunkStream
    /// What a command is asked for once it is known which columns are wanted.
    private var query: DuckDBTable?
    private var parser: RowParser?
    private var selected: [String] = []
    private var rows = 0
    private var hasBegun = false
    private var isFinished = false
    private var failure: TableFault?

    /// Opens a table and reads the names of its columns.
    /// - Parameter path: A file, or `-` for standard input, which must be CSV.
    public convenience init(_ path: String, settings: Settings = Settings()) throws(TableFault) {
        let file = try FileSource(path)
        let format = try TableFormat(of: file.look(at: TableFormat.bytesNeeded), path: path, in: file.name)
        switch format {
        case .text: try self.init(file, named: file.name, settings: settings)
        case .gzip: try self.init(GzipSource(file), named: file.name, settings: settings)
        case .zstd: try self.init(ZstdSource(file), named: file.name, settings: settings)
        case .foreign(let foreign):
            guard path != "-", file.total != nil else {
                throw TableFault(.unseekable(foreign.name), in: file.name)
            }
            let table = try DuckDBTable(of: foreign, path: path, settings: settings)
            try self.init(try table.names(), named: file.name, settings: settings, query: table)
        }
    }

    /// Reads CSV from a source.
    init(
        _ source: any ByteSource, named name: String, settings: Settings, query: DuckDBTable? = nil,
        limits: ChunkStream.Limits = .init()
    ) throws(TableFault) {
        self.name = name
        self.settings = settings
        self.query = query
        stream = ChunkStream(source, named: name, limits: limits)
        columns = try stream.header(delimiter: query == nil ? settings.delimiter : UInt8(ascii: ","))
        selected = columns
    }

    /// Says which columns are wanted, in the order in which batches shall have them; without it, all are. To be called
    /// before the first `read`.
    public func select(_ names: [String]) throws(TableFault) {
        precondition(!hasBegun, "columns are selected before the first row is read")
        for name in names where !columns.contains(name) {
            throw TableFault(.noColumn(name, among: columns), in: self.name)
        }
        precondition(Set(names).count == names.count, "a column is selected once")
        selected = names
    }

    /// How far it has come.
    public var progress: TableProgress {
        TableProgress(bytesRead: stream.source.position, bytesTotal: stream.source.total, rows: rows)
    }

    /// Reads the next rows into a batch, at most `TableBatch.mostRows`; says whether there were any.
    ///
    /// Rows before a fault are handed out first. After the end, or a fault, every further call says the same.
    public func read(into batch: inout TableBatch) throws(TableFault) -> Bool {
        batch.rowCount = 0
        if let failure { throw failure }
        guard !isFinished else { return false }
        do throws(TableFault) {
            if !hasBegun { try begin() }
            batch.firstRow = rows
            batch.columnCount = selected.count
            guard let parser, try stream.rows(by: parser, into: &batch) else {
                isFinished = true
                guard rows > 0 || settings.mayBeEmpty else { throw TableFault(.noRows, in: name) }
                return false
            }
            rows += batch.rowCount
            return true
        } catch {
            failure = error
            throw error
        }
    }

    private func begin() throws(TableFault) {
        hasBegun = true
        var places: [Int32]?
        if let query {
            stream = ChunkStream(try query.rows(of: selected), named: name, limits: stream.limits)
            _ = try stream.header(delimiter: UInt8(ascii: ","))
        } else if selected != columns {
            var found = [Int32](repeating: -1, count: columns.count)
            let numbers = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
            for (place, name) in selected.enumerated() {
                if let column = numbers[name] { found[column] = Int32(place) }
            }
            places = found
        }
        parser = RowParser(
            delimiter: stream.delimiter, columns: query == nil ? columns.count : selected.count, places: places,
            width: selected.count, quotedEmptyIsMissing: query == nil && settings.quotedEmptyIsMissing,
            longestField: stream.limits.longestField)
    }
}
