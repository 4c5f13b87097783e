import Foundation
import Matching
import Tables

/// Links and truths as they stand in files.
struct LinkFile {
    /// The records by their names; with `source_dataset` columns, the source goes before the name.
    private(set) var names = RecordNames()
    private(set) var links: [Link] = []
    private(set) var isScored = true

    /// Reads `unique_id_l, unique_id_r` and `match_probability` or `match_weight`; the probability wins, because it is
    /// what was given out.
    init(_ path: String) throws {
        let reader = try TableReader(path)
        let pair = try PairColumns(of: reader)
        let probability = reader.columns.firstIndex(of: "match_probability")
        guard let score = probability ?? reader.columns.firstIndex(of: "match_weight") else {
            throw MatchFault(
                "\(path) has no column match_probability or match_weight. Its columns are \(reader.listed).")
        }
        try reader.eachRow { batch, row in
            guard let text = batch[row, score], let number = Double(text), !number.isNaN,
                probability == nil || (0...1).contains(number)
            else {
                throw MatchFault(
                    """
                    \(path), row \(batch.firstRow + row + 1): \(reader.columns[score]) is \(batch[row, score] ?? "missing"), \
                    which is no \(probability == nil ? "number" : "probability from 0 to 1").
                    """)
            }
            let (left, right) = try pair.names(batch, row, in: path)
            links.append(
                Link(
                    names.number(of: left), names.number(of: right),
                    weight: probability == nil ? number : LogOdds.weight(number)))
        }
    }

    /// Reads what is true: `unique_id, cluster`, or labelled pairs `unique_id_l, unique_id_r` with, if there is one, a
    /// score from 0 to 1 in `clerical_match_score`, `match` or `label`.
    mutating func truth(in path: String) throws -> Truth {
        let reader = try TableReader(path)
        if let cluster = reader.columns.firstIndex(of: "cluster"), reader.columns.contains("unique_id") {
            return try clusters(reader, cluster, path)
        }
        let pair = try PairColumns(of: reader)
        let score = ["clerical_match_score", "match", "label"].lazy.compactMap { reader.columns.firstIndex(of: $0) }
            .first
        var labels: [LabelledPair] = []
        try reader.eachRow { batch, row in
            let (left, right) = try pair.names(batch, row, in: path)
            let text = score.flatMap { batch[row, $0] }
            guard let value = text.map(Double.init) ?? 1, (0...1).contains(value) else {
                throw MatchFault(
                    "\(path), row \(batch.firstRow + row + 1): the score \(text ?? "") is no number from 0 to 1.")
            }
            labels.append(LabelledPair(names.number(of: left), names.number(of: right), score: value))
        }
        return .pairs(labels)
    }

    private mutating func clusters(_ reader: TableReader, _ cluster: Int, _ path: String) throws -> Truth {
        let name = reader.columns.firstIndex(of: "unique_id") ?? 0
        let source = reader.columns.firstIndex(of: "source_dataset")
        var clusterNames = RecordNames()
        var found: [UInt32] = []
        try reader.eachRow { batch, row in
            guard let record = batch[row, name] else {
                throw MatchFault("\(path), row \(batch.firstRow + row + 1): unique_id is missing.")
            }
            let number = Int(names.number(of: PairColumns.joined(source.flatMap { batch[row, $0] }, record)))
            while found.count <= number { found.append(Truth.notKnown) }
            if let cluster = batch[row, cluster] { found[number] = clusterNames.number(of: cluster) }
        }
        return .clusters(found)
    }
}

/// Where the two records of a pair stand in a table.
private struct PairColumns {
    let left, right: Int
    let leftSource, rightSource: Int?

    init(of reader: TableReader) throws {
        guard let left = reader.columns.firstIndex(of: "unique_id_l"),
            let right = reader.columns.firstIndex(of: "unique_id_r")
        else {
            throw MatchFault(
                """
                \(reader.name) has no columns unique_id_l and unique_id_r. Its columns are \(reader.listed). Name the \
                columns with the two identifiers so.
                """)
        }
        self.left = left
        self.right = right
        leftSource = reader.columns.firstIndex(of: "source_dataset_l")
        rightSource = reader.columns.firstIndex(of: "source_dataset_r")
    }

    func names(_ batch: TableBatch, _ row: Int, in path: String) throws -> (String, String) {
        guard let one = batch[row, left], let other = batch[row, right] else {
            throw MatchFault("\(path), row \(batch.firstRow + row + 1): an identifier is missing.")
        }
        return (
            Self.joined(leftSource.flatMap { batch[row, $0] }, one),
            Self.joined(rightSource.flatMap { batch[row, $0] }, other)
        )
    }

    static func joined(_ source: String?, _ name: String) -> String {
        source.map { "\($0)\u{1F}\(name)" } ?? name
    }
}

extension TableReader {
    var listed: String { columns.joined(separator: ", ") }

    func eachRow(_ body: (TableBatch, Int) throws -> Void) throws {
        var batch = TableBatch()
        while try read(into: &batch) {
            try Task.checkCancellation()
            for row in 0..<batch.rowCount { try body(batch, row) }
        }
    }
}

extension LinkFile {
    /// Whether the file says of which source each record is.
    var hasSources: Bool { names.count > 0 && names.name(of: 0).contains("\u{1F}") }

    /// A record's source and its own name.
    func parts(of record: UInt32) -> (source: String?, name: String) {
        let parts = names.name(of: record).split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, names.name(of: record))
    }

    /// The number of each record's source.
    func sources() throws -> [UInt8] {
        guard hasSources else {
            throw MatchFault(
                """
                one-to-one needs to know each record's source, but the links have no columns source_dataset_l and \
                source_dataset_r. `match predict` writes them when several tables are given.
                """)
        }
        var numbers: [String: UInt8] = [:]
        return try (0..<UInt32(names.count)).map { record in
            let source = parts(of: record).source ?? ""
            if let known = numbers[source] { return known }
            guard numbers.count < 256 else { throw MatchFault("The links are of more than 256 sources.") }
            numbers[source] = UInt8(numbers.count)
            return numbers[source] ?? 0
        }
    }
}
