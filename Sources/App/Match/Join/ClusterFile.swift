import Matching
import Tables

/// Clusters as they stand in a file: `unique_id, cluster`, and with several tables `source_dataset`.
struct ClusterFile {
    let path: String
    /// The records by their names; where there are several sources, the source goes before the name.
    private(set) var names = RecordNames()
    /// The name of each record's cluster, by the record's number.
    private(set) var clusters: [UInt32] = []
    private let hasSources: Bool

    init(_ path: String, withSources: Bool) throws {
        self.path = path
        hasSources = withSources
        let reader = try TableReader(path, settings: .withoutRows)
        for column in ["unique_id", "cluster"] + (withSources ? ["source_dataset"] : [])
        where !reader.columns.contains(column) {
            throw MatchFault(
                """
                \(path) has no column \(column). Its columns are \(reader.listed). Give the clusters as `match run` or \
                `match join` wrote them.
                """)
        }
        try reader.select(["unique_id", "cluster"] + (withSources ? ["source_dataset"] : []))
        var batch = TableBatch()
        while try reader.read(into: &batch) {
            try Task.checkCancellation()
            try batch.withFields { bytes, fields in
                for row in 0..<batch.rowCount {
                    let start = row * batch.columnCount
                    try take(
                        bytes.value(fields[start]), bytes.value(fields[start + 1]),
                        from: withSources ? bytes.value(fields[start + 2]) : nil, row: batch.firstRow + row + 1)
                }
            }
        }
    }

    /// Takes in a record's name, its cluster's, and its source's, where that matters.
    private mutating func take(
        _ name: UnsafeBufferPointer<UInt8>?, _ text: UnsafeBufferPointer<UInt8>?,
        from source: UnsafeBufferPointer<UInt8>?, row: Int
    ) throws {
        guard let name else { throw MatchFault("\(path), row \(row): unique_id is missing.") }
        guard let cluster = text.flatMap(Self.cluster) else {
            let text = text.map { String(decoding: $0, as: UTF8.self) } ?? ""
            throw MatchFault("\(path), row \(row): the cluster \"\(text)\" is no whole number from 1 on.")
        }
        guard Int(number(of: name, source)) == clusters.count else {
            let name = String(decoding: name, as: UTF8.self)
            throw MatchFault(
                "\(path), row \(row): the record \(name) stands there already. Remove one of the two rows.")
        }
        clusters.append(cluster)
    }

    private static func cluster(_ digits: UnsafeBufferPointer<UInt8>) -> UInt32? {
        var number: UInt32 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), number <= ClusterBook.highestName / 10 else {
                return nil
            }
            number = number * 10 + UInt32(digit - UInt8(ascii: "0"))
        }
        return number >= 1 && number <= ClusterBook.highestName ? number : nil
    }

    /// The number of a record, a new one when it was never met.
    private mutating func number(of name: UnsafeBufferPointer<UInt8>, _ source: UnsafeBufferPointer<UInt8>?) -> UInt32 {
        guard hasSources else { return names.number(ofUTF8: name) }
        let source = source.map { String(decoding: $0, as: UTF8.self) } ?? ""
        return names.number(of: PairColumns.joined(source, String(decoding: name, as: UTF8.self)))
    }

    /// A record's source and its own name.
    func parts(of record: UInt32) -> (source: String?, name: String) {
        RecordKey.parts(of: names.name(of: record), hasSources: hasSources)
    }

    /// The clusters as a partition of the records by their numbers.
    var partition: Clustering { Clustering(grouping: clusters) }

    /// Refuses clusters of which some ended, when the history that says which is not given: a name that ended would be
    /// given once more.
    func refuseGaps() throws {
        // Clusters from 1 on without a gap cannot be more than the records.
        var isUsed = [Bool](repeating: false, count: clusters.count + 1)
        let highest = Int(clusters.max() ?? 0)
        for cluster in clusters where Int(cluster) < isUsed.count { isUsed[Int(cluster)] = true }
        guard let gap = isUsed.dropFirst().firstIndex(of: false), gap <= highest else { return }
        throw MatchFault(
            """
            \(path) has no cluster \(gap), so it is not as `match run` wrote it: records joined it before. Name the \
            history that was written with it: --history FILE.
            """)
    }
}

/// Names of records in which, where there are several sources, the source goes before the name.
enum RecordKey {
    static func parts(of key: String, hasSources: Bool) -> (source: String?, name: String) {
        guard hasSources else { return (nil, key) }
        let parts = key.split(separator: PairColumns.separator, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, key)
    }

    /// As people write it: `tax:17`.
    static func words(_ key: String, hasSources: Bool) -> String {
        let (source, name) = parts(of: key, hasSources: hasSources)
        return source.map { "\($0):\(name)" } ?? name
    }
}
