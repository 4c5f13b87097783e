public import Values

/// Where something stands in a text: the first line is 1, the first character of a line is 1.
public struct TablePosition: Hashable, Sendable, CustomStringConvertible {
    /// The line, as an editor counts them: line breaks inside quotation marks count, too.
    public let line: Int
    /// The character in the line, in Unicode scalars.
    public let column: Int

    /// A position; both begin at 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Such as `line 3, column 14`.
    public var description: String { "line \(line), column \(column)" }
}

/// A table that cannot be read or written: which file, where in it, why, and what to do.
public struct TableFault: Refusal, Hashable {
    /// The file as its user named it, `standard input` or `standard output`.
    public let file: String
    /// Where in the file, when that is known.
    public let position: TablePosition?
    /// What is wrong.
    public let reason: Reason

    /// A fault of a file, or of one place in it.
    public init(_ reason: Reason, in file: String, at position: TablePosition? = nil) {
        self.reason = reason
        self.file = file
        self.position = position
    }

    public var sentence: String {
        guard let position else { return "\(file): \(reason.sentence)" }
        return "\(file), \(position): \(reason.sentence)"
    }

    public var kind: RefusalKind {
        switch reason {
        case .missing: .notFound
        case .noRoom: .noRoom
        case .longField, .longRow, .manyColumns: .tooLarge
        case .compressedOtherwise, .oldExcel, .zipped, .unknownOutput: .unsupportedType
        default: .invalid
        }
    }
}

extension TableFault {
    /// All that can be wrong with a table.
    public enum Reason: Hashable, Sendable {
        /// Nothing of that name is there.
        case missing
        /// The name is a folder's.
        case folder
        /// The system refused: what was tried, and its words.
        case system(String, String)
        /// The disk is full.
        case noRoom
        /// Whoever read the output has stopped reading.
        case readerGone
        /// Cut off in the middle of a gzip or zstd stream.
        case cutShort(String)
        /// gzip or zstd data that does not decompress: the format, and the library's words.
        case damaged(String, String)
        /// Compressed in a way that is not read here.
        case compressedOtherwise(String)
        /// A workbook of Excel before 2007.
        case oldExcel
        /// A zip archive that is no workbook.
        case zipped
        /// A format that must be looked up inside cannot come through a pipe.
        case unseekable(String)
        /// The command that reads or writes such a format is not installed: the format, the command.
        case commandMissing(String, String)
        /// The command refused, in its own words.
        case command(String, String)
        /// A database without the table, or where one must be chosen: those that it has.
        case whichTable([String])
        /// A byte that begins no character of UTF-8.
        case notUTF8(UInt8)
        /// Two bytes for every character.
        case utf16
        /// A byte of value zero.
        case zeroByte
        /// A quotation mark that is never closed.
        case openQuote
        /// Something other than a delimiter or the line's end after a closing quotation mark.
        case textAfterQuote
        /// A value longer than the limit, in bytes; whether it began with a quotation mark.
        case longField(limit: Int, isQuoted: Bool)
        /// A row longer than the limit, in bytes.
        case longRow(limit: Int)
        /// A row with another number of values than there are names.
        case ragged(values: Int, columns: Int)
        /// Nothing at all in the file.
        case empty
        /// Names, but not one row.
        case noRows
        /// A column without a name; the first is 1.
        case namelessColumn(Int)
        /// Two columns of one name.
        case sameName(String, Int, Int)
        /// More columns than can be.
        case manyColumns(limit: Int)
        /// A column that is asked for and not there; those that are.
        case noColumn(String, among: [String])
        /// The output is one of the inputs.
        case isInput
        /// A file name that says a format which is not written.
        case unknownOutput(String)
        /// A file name that no system call can take.
        case badName
        /// A file name that cannot be told to the command.
        case awkwardName
    }
}
