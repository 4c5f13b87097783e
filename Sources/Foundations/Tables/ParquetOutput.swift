import Foundation

/// Makes Parquet of a draft of CSV, once that is whole.
final class ParquetOutput {
    private let draft: OutputDraft
    /// The draft, as a pattern that only it matches.
    private let source: String
    private let path: String
    private let command: String
    private let columns: [TableColumn]

    /// - Throws: Also when the command is missing: nobody wants to hear that after hours of work.
    init(of columns: [TableColumn], from draft: OutputDraft, by command: String) throws(TableFault) {
        guard let source = draft.path else { throw TableFault(.unseekable("Parquet"), in: draft.name) }
        self.draft = draft
        self.source = try SQL.pattern(SQL.path(source), in: draft.name)
        self.command = command
        self.columns = columns
        path = "\(source).parquet"
        try DuckDBCommand(
            command, running: "SELECT 1", output: FileHandle.nullDevice, for: "Parquet", in: draft.name
        ).finish()
    }

    deinit { discard() }

    /// Writes the Parquet file; its path, beside the target.
    func converted() throws(TableFault) -> String {
        let types = columns.map { "\(SQL.text($0.name)): '\($0.kind.sqlType)'" }.joined(separator: ", ")
        let reading = """
            read_csv(\(SQL.text(source)), auto_detect = false, header = true, delim = ',', \
            quote = '"', escape = '"', new_line = '\\n', strict_mode = true, allow_quoted_nulls = false, \
            hive_partitioning = false, max_line_size = 67108864, columns = {\(types)})
            """
        let statement =
            "COPY (SELECT * FROM \(reading)) TO \(SQL.text(SQL.path(path))) (FORMAT parquet, COMPRESSION zstd)"
        try DuckDBCommand(
            command, running: statement, output: FileHandle.nullDevice, for: "Parquet", in: draft.name
        ).finish()
        return path
    }

    func discard() { unlink(path) }
}

extension TableColumn.Kind {
    fileprivate var sqlType: String {
        switch self {
        case .text: "VARCHAR"
        case .integer: "BIGINT"
        case .number: "DOUBLE"
        }
    }
}
