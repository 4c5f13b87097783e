/// Where one value lies among a batch's bytes, and what is known of it.
public struct TableField: Hashable, Sendable {
    /// Where its first byte is in the batch's bytes.
    public let offset: UInt32
    /// Its length, and above it what is known of it.
    @usableFromInline var bits: UInt32

    @usableFromInline static let quoted: UInt32 = 1 << 31
    @usableFromInline static let missing: UInt32 = 1 << 30
    /// Doubled quotation marks are still to be made single ones; never set in what a caller sees.
    static let escaped: UInt32 = 1 << 29
    @usableFromInline static let lengths: UInt32 = (1 << 29) - 1

    @inline(__always) init(offset: Int, length: Int, marks: UInt32) {
        self.offset = UInt32(truncatingIfNeeded: offset)
        bits = UInt32(truncatingIfNeeded: length) | marks
    }

    /// A value without bytes, to fill memory with.
    static let none = TableField(offset: 0, length: 0, marks: 0)

    /// How many bytes of UTF-8 it has.
    @inlinable public var length: Int { Int(bits & Self.lengths) }

    /// Whether there is no value (NULL).
    @inlinable public var isMissing: Bool { bits & Self.missing != 0 }

    /// Whether it stood in quotation marks.
    @inlinable public var isQuoted: Bool { bits & Self.quoted != 0 }
}

/// Some rows of a table as they came: one piece of memory with bytes of UTF-8, and where in it each value lies.
///
/// A value; several can be worked on at once. Give the same variable to `TableReader.read` again and its memory is used
/// again.
public struct TableBatch: Sendable {
    /// The most rows of a batch.
    public static let mostRows = 8_192

    /// The number of the first row in the table; the first of all is 0.
    public internal(set) var firstRow = 0
    /// How many rows there are, 1 to `mostRows` once read.
    public internal(set) var rowCount = 0
    /// How many columns were asked for.
    public internal(set) var columnCount = 0

    var bytes: [UInt8] = []
    var fields: [TableField] = []

    /// A batch to read into.
    public init() {}

    /// Makes room for as many values, and for one when there are none.
    mutating func makeRoom(for count: Int) {
        let lacking = max(1, count) - fields.count
        if lacking > 0 { fields.append(contentsOf: repeatElement(.none, count: lacking)) }
    }

    /// Looks at the values without copying them.
    /// - Parameter body: Gets the bytes, and `rowCount` × `columnCount` fields, row by row; neither may leave it.
    public func withFields<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<TableField>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let count = rowCount * columnCount
        return try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) in
            try fields.withUnsafeBufferPointer { (fields) throws(Failure) in
                try body(bytes, UnsafeBufferPointer(rebasing: fields.prefix(count)))
            }
        }
    }

    /// The value as a text, or nil when it is missing: for what is not done millions of times.
    /// - Parameters:
    ///   - row: 0 to under `rowCount`.
    ///   - column: 0 to under `columnCount`, in the order in which columns were asked for.
    public subscript(row: Int, column: Int) -> String? {
        precondition((0..<rowCount).contains(row) && (0..<columnCount).contains(column), "no such value in the batch")
        let field = fields[row * columnCount + column]
        guard !field.isMissing else { return nil }
        return String(decoding: bytes[Int(field.offset)..<Int(field.offset) + field.length], as: UTF8.self)
    }
}

/// How far a table has been read.
public struct TableProgress: Hashable, Sendable {
    /// Bytes of the file that have been read; of a compressed file, of its compressed form.
    public let bytesRead: Int
    /// Bytes that there are, when that is known: not for a pipe, nor for what another command reads.
    public let bytesTotal: Int?
    /// Rows that were handed out.
    public let rows: Int

    /// The part that is done, 0 to 1, when that is known.
    public var share: Double? {
        guard let bytesTotal, bytesTotal > 0 else { return nil }
        return min(1, Double(bytesRead) / Double(bytesTotal))
    }
}
