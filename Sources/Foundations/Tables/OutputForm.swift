/// How a table is written, as the name of its file says.
enum OutputForm {
    case plain, tabs, gzip, zstd, parquet

    init(of path: String) throws(TableFault) {
        switch path.ending {
        case ".tsv", ".tab": self = .tabs
        case ".gz": self = .gzip
        case ".zst": self = .zstd
        case ".parquet": self = .parquet
        case ".json", ".jsonl", ".ndjson", ".xls", ".xlsx", ".duckdb", ".db", ".sqlite", ".bz2", ".xz", ".zip":
            throw TableFault(.unknownOutput(path.ending), in: path)
        default: self = .plain
        }
    }

    var delimiter: UInt8 { self == .tabs ? UInt8(ascii: "\t") : UInt8(ascii: ",") }
}
