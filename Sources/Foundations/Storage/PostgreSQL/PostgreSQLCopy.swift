/// Rows in the text format of COPY: values apart by tabs, rows by line feeds, null as `\N`.
///
/// Source: PostgreSQL documentation, COPY, "Text Format".
struct PostgreSQLCopy {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ row: [SQLValue]) {
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            append(value)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ value: SQLValue) {
        switch value {
        case .null: bytes += "\\N".utf8
        case .integer(let integer): bytes += String(integer).utf8
        case .real(let real): bytes += "\(real)".utf8
        case .text(let text): for byte in text.utf8 { append(byte) }
        case .blob(let blob):
            bytes += "\\\\x".utf8
            for byte in blob { bytes += [hexadecimal(byte >> 4), hexadecimal(byte & 15)] }
        }
    }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"): bytes += "\\\\".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        default: bytes.append(byte)
        }
    }

    private func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
