/// What a file is, as its first bytes say.
enum TableFormat: Equatable {
    case text, gzip, zstd
    case foreign(Foreign)

    /// What the `duckdb` command reads for us.
    enum Foreign: Equatable {
        case parquet, json, excel, duckdb, sqlite

        /// The format's name in a sentence.
        var name: String {
            switch self {
            case .parquet: "Parquet"
            case .json: "JSON"
            case .excel: "An Excel workbook"
            case .duckdb: "A DuckDB database"
            case .sqlite: "An SQLite database"
            }
        }
    }

    /// How many of the first bytes are looked at.
    static let bytesNeeded = 16

    private static let signatures: [(at: Int, bytes: [UInt8], format: TableFormat)] = [
        (0, [0x1F, 0x8B], .gzip),
        (0, [0x28, 0xB5, 0x2F, 0xFD], .zstd),
        (0, Array("PAR1".utf8), .foreign(.parquet)),
        (8, Array("DUCK".utf8), .foreign(.duckdb)),
        (0, Array("SQLite format 3".utf8) + [0], .foreign(.sqlite)),
    ]

    private static let refused: [(bytes: [UInt8], reason: TableFault.Reason)] = [
        ([0xD0, 0xCF, 0x11, 0xE0], .oldExcel),
        (Array("BZh".utf8) + [0x31], .compressedOtherwise("bzip2")),
        (Array("BZh".utf8) + [0x39], .compressedOtherwise("bzip2")),
        ([0xFD] + Array("7zXZ".utf8), .compressedOtherwise("xz")),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .compressedOtherwise("7-Zip")),
        ([0x04, 0x22, 0x4D, 0x18], .compressedOtherwise("lz4")),
    ]

    /// - Throws: A refusal of what is known and not read.
    init(of bytes: [UInt8], path: String, in file: String) throws(TableFault) {
        for signature in Self.signatures where bytes.dropFirst(signature.at).starts(with: signature.bytes) {
            self = signature.format
            return
        }
        for (beginning, reason) in Self.refused where bytes.starts(with: beginning) {
            throw TableFault(reason, in: file)
        }
        let ending = path.ending
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            guard ending == ".xlsx" || ending == ".xlsm" else { throw TableFault(.zipped, in: file) }
            self = .foreign(.excel)
        } else {
            self = Self.looksLikeJSON(bytes, ending: ending) ? .foreign(.json) : .text
        }
    }

    /// By its name, or as no CSV begins: `{"` or `[{`.
    private static func looksLikeJSON(_ bytes: [UInt8], ending: String) -> Bool {
        if [".json", ".jsonl", ".ndjson"].contains(ending) { return true }
        let characters = bytes.filter { $0 > UInt8(ascii: " ") }.prefix(2)
        return characters.elementsEqual("{\"".utf8) || characters.elementsEqual("[{".utf8)
    }
}

extension String {
    /// The last dot of a path and what follows it, in small letters; nothing when its last part has none.
    var ending: String {
        let name = split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[dot...].lowercased()
    }
}
