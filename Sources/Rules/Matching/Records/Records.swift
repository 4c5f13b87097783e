/// The records of all sources, dictionary-encoded: what a model needs of them, and their names.
///
/// Built by a `RecordsBuilder`, then never changed. Rows are numbered from 0, source after source.
public struct Records: Sendable {
    let layout: Layout
    /// A code per column and row, row after row.
    let codes: Kept<UInt32>
    /// The texts behind the codes, by domain.
    let vocabularies: [Vocabulary]
    /// For each map of the layout, the code that each code becomes.
    let maps: [Kept<UInt32>]
    /// The records' names: that of a row has the row's number plus one.
    let names: [Vocabulary]
    /// The sources in the order in which they were read.
    public let sources: [Source]

    /// A file of records, by its name.
    public struct Source: Equatable, Sendable {
        public let name: String
        /// The rows that came from it.
        public let rows: Range<Int>
    }

    /// The number of records.
    public var count: Int { sources.last?.rows.upperBound ?? 0 }

    /// Memory used, in bytes, without what is in files.
    public var footprint: Int {
        codes.footprint + maps.reduce(0) { $0 + $1.footprint }
            + (vocabularies + names).reduce(0) { $0 + $1.footprint }
    }

    /// What is in files, in bytes: the system keeps as much of it in memory as it has room for.
    public var spilled: Int {
        codes.spilled + maps.reduce(0) { $0 + $1.spilled } + (vocabularies + names).reduce(0) { $0 + $1.spilled }
    }

    /// The source of a row, by its place in `sources`.
    func source(of row: Int) -> Int {
        sources.firstIndex { $0.rows.contains(row) } ?? 0
    }

    /// A record's own name, within its source.
    public func name(of row: Int) -> String {
        let source = source(of: row)
        return names[source].string(UInt32(row - sources[source].rows.lowerBound + 1)) ?? ""
    }

    /// The row of the record with this name; that of the first source that has one, unless one is named.
    public func row(named name: String, in sourceName: String? = nil) -> Int? {
        for (number, source) in sources.enumerated() where sourceName == nil || source.name == sourceName {
            var name = name
            let code = name.withUTF8 { bytes in Text(of: bytes).flatMap { names[number].found($0) } }
            if let code { return source.rows.lowerBound + Int(code) - 1 }
        }
        return nil
    }

    /// The code of a row's field.
    func code(_ row: Int, _ field: Field) -> UInt32 {
        let code = codes[row * layout.columns.count + field.slot]
        return field.map.map { maps[$0][Int(code)] } ?? code
    }

    /// A row's value of a field; nil when it is missing.
    func value(_ row: Int, _ field: Field) -> String? {
        vocabularies[field.domain].string(code(row, field))
    }

    /// How often each code occurs in a column, and how often any: the frequencies of a field without a map.
    func counts(of field: Field) -> (byCode: [UInt32], total: Int) {
        var counts = [UInt32](repeating: 0, count: vocabularies[field.domain].count + 1)
        var total = 0
        eachPortion { rows in
            for row in rows {
                let code = code(row, field)
                if code != 0 {
                    counts[Int(code)] += 1
                    total += 1
                }
            }
        }
        return (counts, total)
    }

    /// Tells the system whether what is in files will be looked at here and there: it then reads only the pages that are
    /// looked at, or that were asked for ahead. Else each page that is missing brings as much around it as the disk's
    /// read-ahead says, up to megabytes, and that drives out what is needed.
    func look(hereAndThere isSo: Bool) {
        codes.look(hereAndThere: isSo)
        for map in maps { map.look(hereAndThere: isSo) }
        for texts in vocabularies + names { texts.look(hereAndThere: isSo) }
    }

    /// How many rows are walked over at a time, and how many further on the system reads meanwhile.
    static let (portion, ahead) = (1 << 12, 1 << 16)

    /// Calls the body with all rows in their order, some at a time, while the system reads the codes of those that follow.
    @inline(__always)
    func eachPortion(_ body: (Range<Int>) -> Void) {
        let (ahead, width) = (Self.ahead, layout.columns.count)
        for first in stride(from: 0, to: count, by: Self.portion) {
            if first % ahead == 0 {
                // The first time also those at hand.
                codes.readAhead((first == 0 ? 0 : first + ahead) * width..<(first + 2 * ahead) * width)
            }
            body(first..<min(count, first + Self.portion))
        }
    }
}

extension Records {
    /// For each column that is read: in how many records it has a value, and how many different ones.
    public var columnFigures: [(name: String, filled: Int, distinct: Int)] {
        layout.columns.enumerated().compactMap { slot, column in
            guard case .column(let name) = column.expression else { return nil }
            let counts = counts(of: Field(slot: slot, map: nil, domain: column.domain))
            return (name, counts.total, counts.byCode.count { $0 > 0 })
        }
    }
}
