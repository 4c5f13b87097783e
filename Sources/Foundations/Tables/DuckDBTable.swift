/// A table that the `duckdb` command reads: what it is asked.
///
/// Names reach it inside SQL only, as quoted texts and identifiers, never through a shell.
struct DuckDBTable {
    private let format: TableFormat.Foreign
    private let path: String
    private let command: String
    /// Makes the file known, where that must come first.
    private let preparation: String
    /// What to select from.
    private let origin: String

    init(of format: TableFormat.Foreign, path: String, settings: TableReader.Settings) throws(TableFault) {
        self.format = format
        self.path = path
        command = settings.duckdb
        let place = SQL.text(SQL.path(path))
        switch format {
        case .parquet, .json:
            preparation = ""
            let pattern = SQL.text(try SQL.pattern(SQL.path(path), in: path))
            // A folder named `year=2026` is no column.
            origin = "\(format == .json ? "read_json" : "read_parquet")(\(pattern), hive_partitioning = false)"
        case .excel:
            preparation = ""
            let sheet = settings.table.map { ", sheet = \(SQL.text($0))" } ?? ""
            origin = "read_xlsx(\(place), header = true, all_varchar = true\(sheet))"
        case .duckdb, .sqlite:
            preparation = "ATTACH \(place) AS source (\(format == .sqlite ? "TYPE sqlite, " : "")READ_ONLY); "
            if let table = settings.table {
                origin = "source.\(SQL.identifier(table))"
            } else {
                let table = try Self.onlyTable(format, path, preparation, command)
                origin = "source.\(SQL.identifier(table))"
            }
        }
    }

    /// The names of the columns, as a line of CSV.
    func names() throws(TableFault) -> CommandSource {
        try source("SELECT * FROM \(origin) LIMIT 0")
    }

    /// All rows, but only these columns, as CSV with a first line of names.
    func rows(of columns: [String]) throws(TableFault) -> CommandSource {
        let list = columns.map(SQL.identifier).joined(separator: ", ")
        return try source("SELECT \(list) FROM \(origin)")
    }

    private func source(_ selection: String) throws(TableFault) -> CommandSource {
        try CommandSource(
            command, running: "\(preparation)\(SQL.printing(selection))", for: format.name, in: path)
    }

    /// The one table of a database.
    private static func onlyTable(
        _ format: TableFormat.Foreign, _ path: String, _ preparation: String, _ command: String
    ) throws(TableFault) -> String {
        let question = "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'source' ORDER BY 1"
        let source = try CommandSource(
            command, running: "\(preparation)\(SQL.printing(question))", for: format.name, in: path)
        var settings = TableReader.Settings()
        settings.mayBeEmpty = true
        settings.delimiter = UInt8(ascii: ",")
        let reader = try TableReader(source, named: path, settings: settings)
        var tables: [String] = []
        var batch = TableBatch()
        while try reader.read(into: &batch) {
            tables += (0..<batch.rowCount).compactMap { batch[$0, 0] }
        }
        guard tables.count == 1 else { throw TableFault(.whichTable(tables), in: path) }
        return tables[0]
    }
}

/// Names and texts, written so that SQL takes them as they are.
enum SQL {
    static func text(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    static func identifier(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    /// A path that cannot be taken for an address (`https://…`) or an option.
    static func path(_ path: String) -> String { path.hasPrefix("/") ? path : "./\(path)" }

    /// A pattern that only this path matches: the signs of patterns are put in brackets to stand for themselves.
    /// - Throws: `awkwardName` where a backslash is there, too: in a pattern, DuckDB has no way to write that.
    static func pattern(_ path: String, in file: String) throws(TableFault) -> String {
        let signs = "*?["
        guard path.contains(where: signs.contains) else { return path }
        guard !path.contains("\\") else { throw TableFault(.awkwardName, in: file) }
        return path.reduce(into: "") { $0 += signs.contains($1) ? "[\($1)]" : String($1) }
    }

    /// Writes rows to standard output as CSV; there NULL is nothing, and an empty text two quotation marks.
    static func printing(_ selection: String) -> String {
        "COPY (\(selection)) TO '/dev/stdout' (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"')"
    }
}
