extension TableFault.Reason {
    /// What is wrong and what to do about it.
    var sentence: String {
        switch self {
        case .missing, .folder, .system, .noRoom, .readerGone, .isInput, .badName, .awkwardName, .unknownOutput:
            aboutFile
        case .cutShort, .damaged, .compressedOtherwise, .oldExcel, .zipped, .unseekable: aboutFormat
        case .commandMissing, .command, .whichTable: aboutCommand
        case .notUTF8, .utf16, .zeroByte: aboutBytes
        case .openQuote, .textAfterQuote, .longField, .longRow, .ragged: aboutRows
        case .empty, .noRows, .namelessColumn, .sameName, .manyColumns, .noColumn: aboutNames
        }
    }

    private var aboutFile: String {
        switch self {
        case .missing: "There is no such file."
        case .folder: "This is a folder. Name a file in it."
        case .system(let what, let words): "It could not be \(what): \(words)."
        case .noRoom:
            "The disk is full. Make room, or name a file on another disk. Nothing half-written was left there."
        case .readerGone: "The program that read this has stopped reading."
        case .isInput: "This is one of the inputs. Name another file for the output."
        case .badName: "A file name cannot be empty or have a zero byte in it."
        case .awkwardName:
            "The duckdb command cannot be told a path with both a backslash and one of * ? [ in it. Rename the file."
        case .unknownOutput(let ending):
            "Files ending in \"\(ending)\" are not written. Use .csv, .csv.gz, .csv.zst, .tsv or .parquet."
        default: ""
        }
    }

    private var aboutFormat: String {
        switch self {
        case .cutShort(let format): "The \(format) data ends too early. The file was not copied whole: fetch it again."
        case .damaged(let format, let words): "The \(format) data is damaged (\(words)). Fetch the file again."
        case .compressedOtherwise(let format):
            "The file is compressed with \(format). Decompress it first; gzip and zstd are read as they are."
        case .oldExcel: "This is a workbook of an old Excel. Save it as .xlsx or as \"CSV UTF-8\"."
        case .zipped: "This is a zip archive. Unpack it and name the file inside."
        case .unseekable(let format): "\(format) cannot be read from a pipe. Save it and give the file's name."
        default: ""
        }
    }

    private var aboutCommand: String {
        switch self {
        case .commandMissing(let format, let command):
            """
            \(format) is read and written by the command "\(command)", which is not installed. Get it with \
            "pip install duckdb-cli" or from duckdb.org and have it on the PATH, or use CSV.
            """
        case .command(let command, let words): "\(command) says: \(words)"
        case .whichTable(let tables) where tables.isEmpty: "There is no table in this database."
        case .whichTable(let tables): "Say which table of this database: \(tables.joined(separator: ", "))."
        default: ""
        }
    }

    private var aboutBytes: String {
        switch self {
        case .notUTF8(let byte):
            """
            The byte \(byte) here is not UTF-8. The file was probably saved as Latin-1 or Windows-1252: save it again \
            as "CSV UTF-8", or convert it with "iconv -f WINDOWS-1252 -t UTF-8".
            """
        case .utf16:
            "The file is in UTF-16. Save it again as \"CSV UTF-8\", or convert it with \"iconv -f UTF-16 -t UTF-8\"."
        case .zeroByte: "There is a zero byte here, which no text has. The file is damaged or no CSV: export it again."
        default: ""
        }
    }

    private var aboutRows: String {
        switch self {
        case .openQuote: "The quotation mark here is never closed."
        case .textAfterQuote:
            """
            Something follows a closing quotation mark. Only a delimiter or the end of the line may; a mark inside a \
            value is doubled.
            """
        case .longField(let limit, true):
            """
            The quotation mark here opens a value of more than \(Self.size(limit)). It is probably never closed; \
            otherwise leave the value out.
            """
        case .longField(let limit, false): "The value here is longer than \(Self.size(limit)). Is this a CSV file?"
        case .longRow(let limit): "The row here is longer than \(Self.size(limit)). Is this a CSV file?"
        case .ragged(let values, let columns):
            """
            This row has \(values) \(values == 1 ? "value" : "values"), but there are \(columns) \
            \(columns == 1 ? "column" : "columns"). Put a value with the delimiter or a line break in it in quotation \
            marks.
            """
        default: ""
        }
    }

    private var aboutNames: String {
        switch self {
        case .empty: "The file is empty. It needs a first line with the names of the columns."
        case .noRows: "There are names of columns, but no rows."
        case .namelessColumn(let column): "Column \(column) has no name. Name it in the first line."
        case .sameName(let name, let first, let second):
            "Columns \(first) and \(second) are both named \"\(name)\". Rename one."
        case .manyColumns(let limit): "There are more than \(limit) columns. Is the delimiter right?"
        case .noColumn(let name, let names):
            "There is no column \"\(name)\". There are: \(Self.list(names))."
        default: ""
        }
    }

    private static func size(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(30).joined(separator: ", ")
        return names.count > 30 ? "\(shown) and \(names.count - 30) more" : shown
    }
}
