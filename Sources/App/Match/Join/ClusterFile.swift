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
        try reader.eachRow { batch, row in
            let place = "\(path), row \(batch.firstRow + row + 1)"
            guard let name = batch[row, 0] else { throw MatchFault("\(place): unique_id is missing.") }
            let text = batch[row, 1] ?? ""
            guard let cluster = UInt32(text), cluster >= 1, cluster <= ClusterBook.highestName else {
                throw MatchFault("\(place): the cluster \"\(text)\" is no whole number from 1 on.")
            }
            let number = names.number(of: PairColumns.joined(withSources ? batch[row, 2] ?? "" : nil, name))
            guard Int(number) == clusters.count else {
                throw MatchFault("\(place): the record \(name) stands there already. Remove one of the two rows.")
            }
            clusters.append(cluster)
        }
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
        var isUsed = [Bool](repeating: false, count: Set(clusters).count + 1)
        for cluster in clusters where Int(cluster) < isUsed.count { isUsed[Int(cluster)] = true }
        guard let gap = isUsed.dropFirst().firstIndex(of: false) else { return }
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
