/// The values of one statement as libpq takes them: texts that end in NUL, and bytes as they are.
///
/// Their types are left open, so the server takes them from where they stand: 1 is a number in one column and
/// a truth in another, as in SQLite.
struct PostgreSQLParameters {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    private static let text: Int32 = 0
    private static let binary: Int32 = 1

    init(_ values: [SQLValue]) {
        offsets.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        formats.reserveCapacity(values.count)
        for value in values { append(value) }
    }

    private mutating func append(_ value: SQLValue) {
        offsets.append(value == .null ? nil : bytes.count)
        let start = bytes.count
        switch value {
        case .null: break
        case .integer(let integer): bytes += String(integer).utf8CString
        case .real(let real): bytes += "\(real)".utf8CString
        case .text(let text): bytes += text.utf8CString
        case .blob(let blob):
            bytes += blob.lazy.map { CChar(bitPattern: $0) }
            lengths.append(Int32(clamping: bytes.count - start))
            formats.append(PostgreSQLParameters.binary)
            // An empty value needs an address too: without one it would be null.
            bytes.append(0)
            return
        }
        lengths.append(Int32(clamping: bytes.count - start))
        formats.append(PostgreSQLParameters.text)
    }

    func withPointers<Result>(
        _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in offset.flatMap { buffer.baseAddress?.advanced(by: $0) } }
            return body(Int32(offsets.count), pointers, lengths, formats)
        }
    }
}
