/// The records' own names by row, as they lie in memory: for whoever writes many of them.
public struct BorrowedNames {
    fileprivate let sources: [Records.Source]
    fileprivate let texts: [Texts]

    /// The bytes of a name in UTF-8.
    public subscript(row: Int) -> UnsafeBufferPointer<UInt8> { text(row).bytes }

    /// Whether a record's name comes before another's, as strings come before each other.
    public func stands(_ row: Int, before other: Int) -> Bool {
        let (one, two) = (text(row), text(other))
        // Of others than ASCII there are several ways to write the same letter.
        guard one.isASCII, two.isASCII else {
            return String(decoding: one.bytes, as: UTF8.self) < String(decoding: two.bytes, as: UTF8.self)
        }
        return one.precedes(two)
    }

    private func text(_ row: Int) -> Text {
        let source = sources.count == 1 ? 0 : sources.firstIndex { $0.rows.contains(row) } ?? 0
        return texts[source][UInt32(row - sources[source].rows.lowerBound + 1)]
    }
}

extension Records {
    /// Lends the names of all records for as long as the body runs.
    public func withNames<Result, Fault: Error>(
        _ body: (BorrowedNames) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        try withNames([], body)
    }

    private func withNames<Result, Fault: Error>(
        _ found: [Texts], _ body: (BorrowedNames) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        guard found.count < names.count else { return try body(BorrowedNames(sources: sources, texts: found)) }
        return try names[found.count].withTexts { (texts) throws(Fault) in try withNames(found + [texts], body) }
    }
}
