/// Splits a chunk into rows and values: RFC 4180 and what people really send.
///
/// The common paths take one search in the structure index for each value and write eight bytes; nothing is copied but
/// where doubled quotation marks are made single ones, in place.
struct RowParser {
    let delimiter: UInt8
    /// How many values a row must have; nil takes any number, for the row of names.
    let columns: Int?
    /// For each column of the file its place among those asked for, or -1; nil when all are asked for.
    let places: [Int32]?
    /// How many columns are asked for.
    let width: Int
    /// Whether `""` stands for no value, as an empty value without marks does.
    let quotedEmptyIsMissing: Bool
    /// The longest value, in bytes as it stands in the file.
    let longestField: Int

    /// A chunk to be parsed.
    struct Chunk {
        let bytes: UnsafeMutablePointer<UInt8>
        /// How many bytes there are, of which the structure index knows.
        let count: Int
        /// How many of them are good: what lies behind is not parsed.
        let good: Int
        /// Whether nothing comes behind it. Then its last byte ends a line.
        let isLast: Bool
        let quotes, separators: UnsafeMutablePointer<UInt64>
    }

    /// Why parsing stopped.
    enum Stop: Equatable {
        /// The rows that fit are full, or the chunk is used up to its last byte.
        case done
        /// A row is not complete: where its last value so far begins, and whether that stands in quotation marks.
        case incomplete(field: Int, isQuoted: Bool)
        /// A value is complete, but too long.
        case long(field: Int, isQuoted: Bool)
        case textAfterQuote(at: Int)
        case ragged(values: Int, columns: Int)
    }

    struct Outcome {
        var rows = 0
        /// Where the first row begins that was not parsed.
        var consumed: Int
        /// How many values the last row had.
        var values = 0
        var stop = Stop.done
    }

    /// One value as it was found.
    private struct Found {
        let start, end, after: Int
        let marks: UInt32
    }

    /// Parses rows from a position on.
    /// - Parameters:
    ///   - fields: Room for `mostRows` × `width` values; written row by row.
    func parse(
        _ chunk: Chunk, from start: Int, mostRows: Int, into fields: UnsafeMutablePointer<TableField>
    ) -> Outcome {
        places.withUnsafeBuffer { places in
            var outcome = Outcome(consumed: start)
            while outcome.rows < mostRows, skipBlankLines(chunk, &outcome), outcome.consumed < chunk.good {
                guard row(chunk, places, into: fields + outcome.rows &* width, &outcome) else { break }
            }
            return outcome
        }
    }

    /// Parses one row; says whether it was complete and right.
    @inline(__always)
    private func row(
        _ chunk: Chunk, _ places: UnsafePointer<Int32>?, into fields: UnsafeMutablePointer<TableField>,
        _ outcome: inout Outcome
    ) -> Bool {
        let bytes = chunk.bytes
        let known = columns ?? width
        var position = outcome.consumed
        var values = 0
        var marks: UInt32 = 0
        while true {
            let start = position
            var found: Found
            // What lies behind the good bytes may be looked at, but is then found to be incomplete.
            let first = bytes[start]
            if first == UInt8(ascii: "\"") {
                guard let value = quoted(chunk, openedAt: start, &outcome) else { return false }
                found = value
            } else if first == UInt8(ascii: " "), let opening = openingBehindBlanks(chunk, from: start) {
                guard let value = quoted(chunk, openedAt: opening, &outcome) else { return false }
                found = value
            } else {
                let end = StructureIndex.next(in: chunk.separators, from: start)
                guard end < chunk.good else { return incomplete(start, isQuoted: false, &outcome) }
                found = Found(start: start, end: end, after: end, marks: end == start ? TableField.missing : 0)
            }
            guard found.end &- found.start <= longestField else { return tooLong(found, &outcome) }
            if values < known {
                let place = places.map { Int($0[values]) } ?? values
                if place >= 0 {
                    fields[place] = TableField(
                        offset: found.start, length: found.end &- found.start, marks: found.marks)
                    marks |= found.marks
                }
            }
            values &+= 1
            if bytes[found.after] == delimiter {
                position = found.after &+ 1
                continue
            }
            guard let next = behindLineEnd(chunk, at: found.after) else {
                return incomplete(start, isQuoted: false, &outcome)
            }
            guard isComplete(values, last: found) else {
                outcome.stop = .ragged(values: values, columns: known)
                return false
            }
            if marks & TableField.escaped != 0 { unescape(fields, in: bytes) }
            outcome.values = values
            outcome.consumed = next
            outcome.rows &+= 1
            return true
        }
    }

    /// Whether a row has as many values as there are columns. One delimiter too many at its end is let pass.
    @inline(__always) private func isComplete(_ values: Int, last: Found) -> Bool {
        guard let columns, values != columns else { return true }
        return values == columns &+ 1 && last.end == last.start && last.marks & TableField.quoted == 0
    }

    @inline(__always)
    private func incomplete(_ field: Int, isQuoted: Bool, _ outcome: inout Outcome) -> Bool {
        outcome.stop = .incomplete(field: field, isQuoted: isQuoted)
        return false
    }

    @inline(never) private func tooLong(_ found: Found, _ outcome: inout Outcome) -> Bool {
        let isQuoted = found.marks & TableField.quoted != 0
        outcome.stop = .long(field: isQuoted ? found.start - 1 : found.start, isQuoted: isQuoted)
        return false
    }

    // MARK: - Values in quotation marks

    /// The value whose opening mark is at a position, or nil when it is incomplete or wrong.
    @inline(__always)
    private func quoted(_ chunk: Chunk, openedAt opening: Int, _ outcome: inout Outcome) -> Found? {
        let bytes = chunk.bytes
        var marks = TableField.quoted
        var closing = StructureIndex.next(in: chunk.quotes, from: opening &+ 1)
        while closing &+ 1 < chunk.count, closing < chunk.good, bytes[closing &+ 1] == UInt8(ascii: "\"") {
            marks |= TableField.escaped
            closing = StructureIndex.next(in: chunk.quotes, from: closing &+ 2)
        }
        var after = closing &+ 1
        guard after < chunk.count, closing < chunk.good else {
            outcome.stop = .incomplete(field: opening, isQuoted: true)
            return nil
        }
        if !isSeparator(bytes[after]) {
            while after < chunk.good, bytes[after] == UInt8(ascii: " ") { after &+= 1 }
            guard after < chunk.count else {
                outcome.stop = .incomplete(field: opening, isQuoted: false)
                return nil
            }
            guard isSeparator(bytes[after]) else {
                outcome.stop = .textAfterQuote(at: after)
                return nil
            }
        }
        if quotedEmptyIsMissing, closing == opening &+ 1 { marks |= TableField.missing }
        return Found(start: opening &+ 1, end: closing, after: after, marks: marks)
    }

    /// Where a quotation mark stands behind blanks at the beginning of a value.
    @inline(never)
    private func openingBehindBlanks(_ chunk: Chunk, from start: Int) -> Int? {
        var position = start
        while position < chunk.good, chunk.bytes[position] == UInt8(ascii: " ") { position += 1 }
        return position < chunk.good && chunk.bytes[position] == UInt8(ascii: "\"") ? position : nil
    }

    /// Makes doubled quotation marks of a row single ones. What is left over is filled with marks, so that the number
    /// of line ends in the chunk stays as it was.
    @inline(never)
    private func unescape(_ fields: UnsafeMutablePointer<TableField>, in bytes: UnsafeMutablePointer<UInt8>) {
        for place in 0..<width where fields[place].bits & TableField.escaped != 0 {
            let field = fields[place]
            let start = Int(field.offset), end = start + field.length
            var from = start, to = start
            while from < end {
                let byte = bytes[from]
                bytes[to] = byte
                to += 1
                from += byte == UInt8(ascii: "\"") ? 2 : 1
            }
            for rest in to..<end { bytes[rest] = UInt8(ascii: "\"") }
            fields[place] = TableField(offset: start, length: to - start, marks: TableField.quoted)
        }
    }

    // MARK: - Lines

    @inline(__always) private func isSeparator(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// Behind LF, CR LF or CR; nil when the chunk ends between CR and what may be its LF.
    @inline(__always) private func behindLineEnd(_ chunk: Chunk, at position: Int) -> Int? {
        if chunk.bytes[position] == UInt8(ascii: "\n") { return position &+ 1 }
        guard position &+ 1 < chunk.count else { return chunk.isLast ? position &+ 1 : nil }
        return chunk.bytes[position &+ 1] == UInt8(ascii: "\n") ? position &+ 2 : position &+ 1
    }

    /// Passes over lines with nothing in them; but in a table of one column each is a row without a value.
    /// Says whether there is more to parse.
    @inline(__always) private func skipBlankLines(_ chunk: Chunk, _ outcome: inout Outcome) -> Bool {
        guard columns != 1 else { return true }
        while outcome.consumed < chunk.good {
            let byte = chunk.bytes[outcome.consumed]
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"), byte != delimiter else { return true }
            guard let next = behindLineEnd(chunk, at: outcome.consumed) else {
                outcome.stop = .incomplete(field: outcome.consumed, isQuoted: false)
                return false
            }
            outcome.consumed = next
        }
        return true
    }
}

extension Optional<[Int32]> {
    /// Looks at the numbers, when there are any.
    fileprivate func withUnsafeBuffer<Result>(_ body: (UnsafePointer<Int32>?) -> Result) -> Result {
        guard let numbers = self else { return body(nil) }
        return numbers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
