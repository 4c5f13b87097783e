/// Cuts a source into chunks that end where a row ends, and has them parsed.
struct ChunkStream: ~Copyable {
    /// How much is read at once, and how long things may be, in bytes.
    struct Limits {
        /// What is parsed at once; this much stays in a core's cache.
        var chunk = 256 << 10
        /// The longest value, as it stands in the file.
        var longestField = 1 << 20
        /// The longest row that is always read.
        var longestRow = 8 << 20
    }

    /// What may be written and read behind the bytes of a chunk.
    private static let slack = 64

    let source: any ByteSource
    let name: String
    let limits: Limits
    private(set) var delimiter = UInt8(ascii: ",")

    /// What was read and belongs to rows that were not handed out yet.
    private var carry: [UInt8] = []
    /// The line on which the next chunk begins.
    private var line = 1
    private var isAtEnd = false
    private var index = StructureIndex()
    /// What the rows so far had, to read about as much as fills a batch.
    private var rowsSoFar = 0
    private var bytesSoFar = 0
    /// How many bytes of a byte order mark the next chunk begins with.
    private var mark = 0

    init(_ source: any ByteSource, named name: String, limits: Limits) {
        self.source = source
        self.name = name
        self.limits = limits
    }

    /// A chunk as it was looked through.
    private struct Look {
        let filled: Int
        let good: Int
        let flaw: TextFlaw?
    }

    // MARK: - Names

    /// Reads the names of the columns, and what delimits values unless that is given.
    mutating func header(delimiter given: UInt8?) throws(TableFault) -> [String] {
        var bytes: [UInt8] = []
        var filled = 0
        var wanted = limits.chunk
        while true {
            try fill(&bytes, &filled, upTo: max(wanted, 4))
            try passMark(bytes, filled)
            delimiter = given ?? TableHeader.candidates[0]
            let look = self.look(at: bytes, filled)
            var isWhole = true
            if given == nil {
                (delimiter, isWhole) = TableHeader.delimiter(of: bytes[min(mark, look.good)..<look.good])
            }
            let isAll = isAtEnd || look.flaw != nil || filled > limits.longestField * 2
            if isWhole || isAll, let names = try names(in: &bytes, filled) { return names }
            if isAtEnd { throw TableFault(.empty, in: name) }
            wanted = max(wanted, filled) * 2
        }
    }

    private mutating func passMark(_ bytes: [UInt8], _ filled: Int) throws(TableFault) {
        let first = bytes.prefix(min(filled, 4))
        if first.starts(with: [0xEF, 0xBB, 0xBF]) { mark = 3 }
        let hasMark = first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF])
        // Without a mark, every other byte of Western names is zero.
        let alternates = first.count == 4 && (first[0] == 0) != (first[1] == 0) && (first[0] == 0) == (first[2] == 0)
        if hasMark || alternates { throw TableFault(.utf16, in: name) }
    }

    /// The names, or nil when their line is not complete.
    private mutating func names(in bytes: inout [UInt8], _ filled: Int) throws(TableFault) -> [String]? {
        let look = self.look(at: bytes, filled)
        // Once to count the names, once to take them.
        var fields = [TableField.none]
        let counted = parse(&bytes, look, mostRows: 1, by: parser(ofNames: 0), into: &fields)
        guard counted.rows == 1 else {
            if let fault = fault(of: counted, look, in: bytes) { throw fault }
            return nil
        }
        guard counted.values <= TableHeader.mostColumns else {
            throw TableFault(.manyColumns(limit: TableHeader.mostColumns), in: name)
        }
        fields = Array(repeating: .none, count: counted.values)
        let outcome = parse(&bytes, look, mostRows: 1, by: parser(ofNames: counted.values), into: &fields)
        let found = fields.map {
            String(decoding: bytes[Int($0.offset)..<Int($0.offset) + $0.length], as: UTF8.self)
        }
        do throws(TableHeader.Flaw) {
            let names = try TableHeader.checked(found, offsets: fields.map { Int($0.offset) })
            keep(bytes, from: outcome.consumed, to: filled)
            return names
        } catch {
            throw TableFault(error.reason, in: name, at: position(of: error.offset, in: bytes))
        }
    }

    private func parser(ofNames count: Int) -> RowParser {
        RowParser(
            delimiter: delimiter, columns: nil, places: nil, width: count, quotedEmptyIsMissing: true,
            longestField: limits.longestField)
    }

    // MARK: - Rows

    /// Reads the next rows into a batch; says whether there were any.
    mutating func rows(by parser: RowParser, into batch: inout TableBatch) throws(TableFault) -> Bool {
        var filled = 0
        var wanted = wantedBytes
        begin(&batch.bytes, &filled, room: wanted)
        while true {
            try fill(&batch.bytes, &filled, upTo: wanted)
            let look = self.look(at: batch.bytes, filled)
            // A row takes at least a byte for each of its columns.
            let mostRows = min(TableBatch.mostRows, filled / max(1, parser.columns ?? 1) + 1)
            batch.makeRoom(for: mostRows * parser.width)
            let outcome = parse(&batch.bytes, look, mostRows: mostRows, by: parser, into: &batch.fields)
            if outcome.rows > 0 {
                batch.rowCount = outcome.rows
                rowsSoFar += outcome.rows
                bytesSoFar += outcome.consumed
                keep(batch.bytes, from: outcome.consumed, to: filled)
                return true
            }
            if let fault = fault(of: outcome, look, in: batch.bytes) { throw fault }
            keep(batch.bytes, from: outcome.consumed, to: filled)
            if isAtEnd { return false }
            wanted = max(wanted, carry.count * 2)
            begin(&batch.bytes, &filled, room: wanted)
        }
    }

    /// About as many bytes as a batch has rows for, but no more than a chunk.
    private var wantedBytes: Int {
        guard rowsSoFar > 0 else { return limits.chunk }
        return min(limits.chunk, max(4 << 10, bytesSoFar / rowsSoFar * TableBatch.mostRows))
    }

    // MARK: - Bytes

    /// Begins a chunk with what is left of the one before.
    private mutating func begin(_ bytes: inout [UInt8], _ filled: inout Int, room: Int) {
        makeRoom(in: &bytes, for: max(room, carry.count))
        filled = carry.count
        carry.withUnsafeBytes { carried in
            bytes.withUnsafeMutableBytes { $0.copyMemory(from: carried) }
        }
    }

    /// Sets aside what belongs to the rows after these.
    private mutating func keep(_ bytes: [UInt8], from start: Int, to end: Int) {
        line += bytes.withUnsafeBufferPointer { LineEnds.count(in: UnsafeBufferPointer(rebasing: $0[..<start])) }
        carry.removeAll(keepingCapacity: true)
        carry.append(contentsOf: bytes[start..<end])
        if start > 0 { mark = 0 }
    }

    private func makeRoom(in bytes: inout [UInt8], for count: Int) {
        bytes.grow(to: count + Self.slack)
    }

    /// Reads until a chunk has as many bytes, or all. The last line gets an end when it has none.
    private mutating func fill(
        _ bytes: inout [UInt8], _ filled: inout Int, upTo wanted: Int
    ) throws(TableFault) {
        makeRoom(in: &bytes, for: wanted)
        while filled < wanted, !isAtEnd {
            let room = filled..<wanted
            let count = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(TableFault) in
                let free = UnsafeMutableBufferPointer(rebasing: bytes[room])
                return try source.read(into: UnsafeMutableRawBufferPointer(free))
            }
            filled += count
            guard count == 0 else { continue }
            isAtEnd = true
            guard filled > 0, bytes[filled - 1] != UInt8(ascii: "\n"), bytes[filled - 1] != UInt8(ascii: "\r")
            else { continue }
            bytes[filled] = UInt8(ascii: "\n")
            filled += 1
        }
    }

    private mutating func look(at bytes: [UInt8], _ filled: Int) -> Look {
        let (good, flaw) = bytes.withUnsafeBufferPointer {
            index.build(over: UnsafeBufferPointer(rebasing: $0[..<filled]), delimiter: delimiter, isLast: isAtEnd)
        }
        return Look(filled: filled, good: good, flaw: flaw)
    }

    private func parse(
        _ bytes: inout [UInt8], _ look: Look, mostRows: Int, by parser: RowParser, into fields: inout [TableField]
    ) -> RowParser.Outcome {
        precondition(fields.count >= mostRows * parser.width, "there is room for all values")
        return bytes.withUnsafeMutableBufferPointer { bytes in
            fields.withUnsafeMutableBufferPointer { fields in
                guard let memory = bytes.baseAddress, let fields = fields.baseAddress else {
                    return RowParser.Outcome(consumed: mark)
                }
                let chunk = RowParser.Chunk(
                    bytes: memory, count: look.filled, good: look.good, isLast: isAtEnd, quotes: index.quotes,
                    separators: index.separators)
                return parser.parse(chunk, from: mark, mostRows: mostRows, into: fields)
            }
        }
    }

    // MARK: - Faults

    /// Why a chunk has no row, or nil when more bytes may help or all were used up.
    private func fault(of outcome: RowParser.Outcome, _ look: Look, in bytes: [UInt8]) -> TableFault? {
        switch outcome.stop {
        case .textAfterQuote(let offset): return fault(.textAfterQuote, at: offset, in: bytes)
        case .long(let field, let isQuoted):
            return fault(.longField(limit: limits.longestField, isQuoted: isQuoted), at: field, in: bytes)
        // Two bytes may be the quotation mark that closes it and a carriage return.
        case .incomplete(let field, let isQuoted) where look.good - field - 2 > limits.longestField:
            return fault(.longField(limit: limits.longestField, isQuoted: isQuoted), at: field, in: bytes)
        case .ragged(let values, let columns):
            return fault(.ragged(values: values, columns: columns), at: outcome.consumed, in: bytes)
        default: break
        }
        switch look.flaw {
        case .notUTF8(let byte): return fault(.notUTF8(byte), at: look.good, in: bytes)
        case .zeroByte: return fault(.zeroByte, at: look.good, in: bytes)
        case nil: break
        }
        guard case .incomplete(let field, _) = outcome.stop else { return nil }
        if isAtEnd { return fault(.openQuote, at: field, in: bytes) }
        guard look.good - outcome.consumed > limits.longestRow else { return nil }
        return fault(.longRow(limit: limits.longestRow), at: outcome.consumed, in: bytes)
    }

    private func fault(_ reason: TableFault.Reason, at offset: Int, in bytes: [UInt8]) -> TableFault {
        TableFault(reason, in: name, at: position(of: offset, in: bytes))
    }

    private func position(of offset: Int, in bytes: [UInt8]) -> TablePosition {
        bytes.withUnsafeBufferPointer { bytes in
            let before = UnsafeBufferPointer(rebasing: bytes[..<offset])
            let lineEnd = before.lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            let lineStart = lineEnd.map { $0 + 1 } ?? min(mark, offset)
            let scalars = before[lineStart...].count { $0 & 0xC0 != 0x80 }
            return TablePosition(line: line + LineEnds.count(in: before), column: scalars + 1)
        }
    }
}
