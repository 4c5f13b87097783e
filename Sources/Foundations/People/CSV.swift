import Values

/// Where something stands in a text: the first line is 1, the first character of a line is 1.
package struct TextPosition: Hashable, Sendable, CustomStringConvertible {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package var description: String { "line \(line), column \(column)" }
}

/// One record of a CSV file: its fields, and where each begins.
struct CSVRecord: Sendable {
    struct Field: Sendable {
        let text: String
        let spot: Spot
    }

    /// Where a field begins, in bytes: enough to work out its position, and small enough to keep.
    struct Spot: Hashable, Sendable {
        fileprivate let line: Int32
        fileprivate let lineStart: Int32
        fileprivate let start: Int32
    }

    let fields: [Field]
}

/// A CSV file that cannot be read any further.
package enum CSVFault: Refusal, Hashable {
    case notUTF8(TextPosition, byte: UInt8)
    case utf16
    case tooLarge
    case openQuote(TextPosition)
    case quoteInsideField(TextPosition)
    case textAfterQuote(TextPosition)

    package var kind: RefusalKind { self == .tooLarge ? .tooLarge : .invalid }

    package var sentence: String {
        switch self {
        case .notUTF8(let position, let byte):
            """
            At \(position) there is the byte \(byte), which is not UTF-8. The file was probably saved as Latin-1 or \
            Windows-1252: save it again as "CSV UTF-8".
            """
        case .utf16: "The file is in UTF-16. Save it again as \"CSV UTF-8\"."
        case .tooLarge: "The file is larger than \(CSVReader.mostBytes >> 20) MiB. Please split it."
        case .openQuote(let position): "The quotation mark at \(position) is never closed."
        case .quoteInsideField(let position):
            """
            At \(position) there is a quotation mark inside a value. Put the whole value in quotation marks and double \
            this one.
            """
        case .textAfterQuote(let position):
            "At \(position) something follows a closing quotation mark. Only a delimiter or the end of the line may."
        }
    }
}

/// Reads a CSV file record by record, as RFC 4180 has it.
///
/// Beyond the RFC: a byte order mark is skipped, lines may end with CR LF, LF or CR, the delimiter is whichever of `,`
/// `;` and tab the first line has most of, and lines without anything in them are passed over. Only one record is held
/// at a time. Positions are counted in Unicode scalars and worked out only when they are asked for.
struct CSVReader: Sendable {
    /// Ten times what 58,000 staff need; positions are kept in 32 bits.
    static let mostBytes = 128 << 20

    let delimiter: UInt8
    private let bytes: [UInt8]
    private var at: Int
    private var line = 1
    private var lineStart: Int

    init(_ bytes: [UInt8]) throws(CSVFault) {
        guard bytes.count <= CSVReader.mostBytes else { throw .tooLarge }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .utf16 }
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lineStart = at
        delimiter = CSVReader.delimiter(of: bytes[at...])
    }

    /// How many bytes have been read, of `count`.
    var read: Int { at }
    var count: Int { bytes.count }

    /// The next record, or nil at the end.
    mutating func next() throws(CSVFault) -> CSVRecord? {
        while at < bytes.count, isLineEnd(bytes[at]) { endLine() }
        guard at < bytes.count else { return nil }
        var fields: [CSVRecord.Field] = []
        while true {
            fields.append(try field())
            guard at < bytes.count else { break }
            if bytes[at] == delimiter {
                at += 1
                continue
            }
            endLine()
            break
        }
        return CSVRecord(fields: fields)
    }

    /// Where a field begins.
    func position(of spot: CSVRecord.Spot) -> TextPosition {
        position(line: Int(spot.line), lineStart: Int(spot.lineStart), at: Int(spot.start))
    }

    // MARK: - One field

    private mutating func field() throws(CSVFault) -> CSVRecord.Field {
        let line = line, lineStart = lineStart, start = at
        let isQuoted = at < bytes.count && bytes[at] == UInt8(ascii: "\"")
        let content = isQuoted ? try quoted() : try plain()
        guard let text = String(validating: content, as: UTF8.self) else {
            throw notUTF8(line: line, lineStart: lineStart, in: start..<at)
        }
        let spot = CSVRecord.Spot(line: Int32(line), lineStart: Int32(lineStart), start: Int32(start))
        return CSVRecord.Field(text: text, spot: spot)
    }

    private mutating func plain() throws(CSVFault) -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, bytes[at] != delimiter, !isLineEnd(bytes[at]) {
            if bytes[at] == UInt8(ascii: "\"") { throw .quoteInsideField(here) }
            at += 1
        }
        return bytes[start..<at]
    }

    /// What stands between two quotation marks; a doubled one stands for itself. Leaves off behind the closing one.
    private mutating func quoted() throws(CSVFault) -> ArraySlice<UInt8> {
        let opening = here
        at += 1
        var content: ArraySlice<UInt8> = []
        var piece = at
        while at < bytes.count {
            if isLineEnd(bytes[at]) {
                endLine()
                continue
            }
            if bytes[at] != UInt8(ascii: "\"") {
                at += 1
                continue
            }
            // A slice, not a copy, for the usual field without a doubled mark.
            content = content.isEmpty ? bytes[piece..<at] : content + bytes[piece..<at]
            at += 1
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
                guard at == bytes.count || bytes[at] == delimiter || isLineEnd(bytes[at])
                else { throw .textAfterQuote(here) }
                return content
            }
            piece = at
            at += 1
        }
        throw .openQuote(opening)
    }

    // MARK: - Lines

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private mutating func endLine() {
        let isPair = bytes[at] == UInt8(ascii: "\r") && at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "\n")
        at += isPair ? 2 : 1
        line += 1
        lineStart = at
    }

    private var here: TextPosition { position(line: line, lineStart: lineStart, at: at) }

    private func position(line: Int, lineStart: Int, at offset: Int) -> TextPosition {
        let scalars = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
        return TextPosition(line: line, column: scalars + 1)
    }

    /// The first byte of a field that belongs to no character.
    private func notUTF8(line: Int, lineStart: Int, in field: Range<Int>) -> CSVFault {
        var line = line, lineStart = lineStart, offset = field.lowerBound
        while offset < field.upperBound {
            let length = CSVReader.length(ofScalarAt: offset, in: bytes[..<field.upperBound])
            if length == 0 { break }
            if bytes[offset] == UInt8(ascii: "\n")
                || bytes[offset] == UInt8(ascii: "\r")
                    && (offset + 1 >= bytes.count || bytes[offset + 1] != UInt8(ascii: "\n"))
            {
                line += 1
                lineStart = offset + 1
            }
            offset += length
        }
        return .notUTF8(
            position(line: line, lineStart: lineStart, at: offset), byte: bytes[min(offset, bytes.count - 1)])
    }

    /// How many bytes the scalar here has; 0 when there is none.
    private static func length(ofScalarAt offset: Int, in bytes: ArraySlice<UInt8>) -> Int {
        for length in 1...4 where offset + length <= bytes.endIndex {
            if String(validating: bytes[offset..<offset + length], as: UTF8.self) != nil { return length }
        }
        return 0
    }

    private static func delimiter(of bytes: ArraySlice<UInt8>) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if counts != [0, 0, 0] { break }
                continue
            }
            if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
        }
        // On a draw the first: a comma.
        let most = counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
        return candidates[most]
    }
}
