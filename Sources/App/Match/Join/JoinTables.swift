import Matching
import Tables

/// The records of a join as they are now: the old ones in their order, corrected where they stand, then the new ones.
struct JoinTables {
    let records: Records
    /// The rows of records that no cluster has yet.
    let new: [UInt32]
    /// The rows of records in clusters that came again with other values.
    let corrected: [UInt32]
    /// By the number of a record in the clusters: its row; those that were withdrawn have none.
    let rows: [UInt32?]
    /// How many records came again as they were.
    let unchanged: Int
    private let correctedRows: Set<UInt32>

    init(records: Records, new: [UInt32], corrected: [UInt32], rows: [UInt32?], unchanged: Int) {
        (self.records, self.new, self.corrected) = (records, new, corrected)
        (self.rows, self.unchanged) = (rows, unchanged)
        correctedRows = Set(corrected)
    }

    func isCorrected(_ row: UInt32) -> Bool { correctedRows.contains(row) }
}

/// Reads them.
struct JoinReader {
    private let input: MatchInput
    private let model: Model
    private let clusters: ClusterFile
    private let hasSources: Bool
    /// The records of the clusters that leave, by their numbers there; and those that left before, by name.
    private let withdrawn: Set<UInt32>
    private let erased: Set<String>
    private var count: UInt32 = 0
    private var rows: [UInt32?]
    private var (new, corrected): ([UInt32], [UInt32]) = ([], [])
    private var unchanged = 0
    private var key: [UInt8] = []

    init(
        _ input: MatchInput, _ model: Model, _ clusters: ClusterFile, _ sources: JoinSources, withdrawn: Set<UInt32>,
        erased: Set<String>
    ) {
        (self.input, self.model, self.clusters) = (input, model, clusters)
        (self.withdrawn, self.erased) = (withdrawn, erased)
        hasSources = sources.hasSeveral
        rows = Array(repeating: nil, count: clusters.clusters.count)
    }

    mutating func read(_ sources: JoinSources) throws -> JoinTables {
        // A folder that was named is looked at before hours of reading; the usual one only if it is needed.
        if input.memory.workFolder != nil { try input.memory.spill.check() }
        var builder = try RecordsBuilder(for: model, spilling: input.memory.spill)
        for source in sources.sources { try read(source, into: &builder) }
        for number in rows.indices where rows[number] == nil && !withdrawn.contains(UInt32(number)) {
            let name = RecordKey.words(clusters.names.name(of: UInt32(number)), hasSources: hasSources)
            throw MatchFault(
                """
                \(clusters.path) has a record "\(name)" that none of the tables has. Give all tables that were \
                clustered, or withdraw it: --withdraw FILE.
                """)
        }
        guard count > 0 else { throw MatchFault("No record is left: all were withdrawn. Nothing can join.") }
        return JoinTables(
            records: try builder.finish(), new: new, corrected: corrected, rows: rows, unchanged: unchanged)
    }

    private mutating func read(_ source: JoinSources.Source, into builder: inout RecordsBuilder) throws {
        var delivery = Delivery()
        let columns = builder.columns
        for (path, isNew) in source.old.dropFirst().map({ ($0, false) }) + source.new.map({ ($0, true) }) {
            let table = try RecordTable(path, source: source.name, columns: columns, input, model)
            try table.each { try delivery.take($0, isNew: isNew, from: path) }
            delivery.endFile(isNew: isNew)
        }
        try builder.begin(source: source.name)
        let table = try RecordTable(source.old[0], source: source.name, columns: columns, input, model)
        try table.each { row in
            guard let number = delivery.names.number(ofKnownUTF8: row.name) else {
                return try append(row.name, row.values, .old, source.name, source.old[0], to: &builder)
            }
            guard !delivery.rows[Int(number)].isPlaced else {
                throw MatchFault(
                    "\(source.old[0]), row \(row.number): the record \(delivery.names.name(of: number)) stands there already."
                )
            }
            try place(number, of: &delivery, before: PackedValues(row.values), source.name, source.old[0], to: &builder)
        }
        for number in 0..<UInt32(delivery.names.count) where !delivery.rows[Int(number)].isPlaced {
            try place(number, of: &delivery, before: nil, source.name, source.old.last ?? "", to: &builder)
        }
        do throws(RecordFault) {
            try builder.endSource()
        } catch {
            throw MatchFault("\(source.name): \(error.sentence)")
        }
    }

    private enum Origin {
        case old, again, corrected, new
    }

    /// Takes in a record that came more than once, as it is now.
    private mutating func place(
        _ number: UInt32, of delivery: inout Delivery, before first: PackedValues?, _ source: String, _ path: String,
        to builder: inout RecordsBuilder
    ) throws {
        delivery.rows[Int(number)].isPlaced = true
        let row = delivery.rows[Int(number)]
        let before = row.old ?? first
        guard let values = row.new ?? before else { return }
        // What is in a cluster, and in no old table, is compared again: nobody knows how it was.
        let origin: Origin = row.new == nil ? .old : row.new == before ? .again : before == nil ? .new : .corrected
        let name = Array(delivery.names.name(of: number).utf8)
        let width = builder.columns.count
        try name.withUnsafeBufferPointer { name in
            try values.lend(width) { try append(name, $0, origin, source, path, to: &builder) }
        }
    }

    private mutating func append(
        _ name: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>?>,
        _ origin: Origin, _ source: String, _ path: String, to builder: inout RecordsBuilder
    ) throws {
        let names = clusters.names
        let known = withKey(name, source) { names.number(ofKnownUTF8: $0) }
        if let known {
            if withdrawn.contains(known) {
                // A withdrawn record may still stand in the tables, but not come with the new ones.
                guard origin != .old else { return }
                throw MatchFault(
                    """
                    The record \(String(decoding: name, as: UTF8.self)) is to be withdrawn and comes with the new ones. \
                    Do one of the two, or one after the other.
                    """)
            }
            rows[Int(known)] = count
            switch origin {
            case .old: break
            case .again: unchanged += 1
            case .corrected, .new: corrected.append(count)
            }
        } else if origin == .old {
            let key = withKey(name, source) { String(decoding: $0, as: UTF8.self) }
            if erased.contains(key) { return }
            throw MatchFault(
                """
                \(path) has a record "\(RecordKey.words(key, hasSources: hasSources))" that is in no cluster of \
                \(clusters.path). Give what is new with --new; or the clusters of these tables.
                """)
        } else {
            new.append(count)
        }
        do {
            try builder.append(name: name, values: values)
        } catch {
            throw MatchFault("\(path): \(error.sentence)")
        }
        count += 1
    }

    /// A record's name with its source before it, where there are several.
    private mutating func withKey<Result>(
        _ name: UnsafeBufferPointer<UInt8>, _ source: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard hasSources else { return body(name) }
        key.removeAll(keepingCapacity: true)
        key += source.utf8
        key += String(PairColumns.separator).utf8
        key += name
        return key.withUnsafeBufferPointer(body)
    }
}

/// Records of a source that came after its table, by name.
private struct Delivery {
    private(set) var names = RecordNames()
    var rows: [Row] = []
    /// Which were in the file at hand, or in any of the new ones.
    private var isInFile: Set<UInt32> = []

    struct Row {
        /// What an old file says last, and what a new one says.
        var old, new: PackedValues?
        var isPlaced = false
    }

    mutating func take(_ row: RecordTable.Row, isNew: Bool, from path: String) throws {
        let number = names.number(ofUTF8: row.name)
        if Int(number) == rows.count { rows.append(Row()) }
        guard isInFile.insert(number).inserted else {
            throw MatchFault(
                """
                \(path), row \(row.number): the record \(names.name(of: number)) \
                \(isNew ? "is new twice" : "stands there already"). Give each once.
                """)
        }
        if isNew {
            rows[Int(number)].new = PackedValues(row.values)
        } else {
            rows[Int(number)].old = PackedValues(row.values)
        }
    }

    /// Old files may correct each other; of the new ones all come at the same time.
    mutating func endFile(isNew: Bool) {
        if !isNew { isInFile.removeAll() }
    }
}
