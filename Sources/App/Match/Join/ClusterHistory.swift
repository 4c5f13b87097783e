import Matching
import Tables

/// The history of clusters as it stands in a file: every birth, growth, split, merge, erasure and end.
struct ClusterHistory {
    let path: String
    /// The rows without the header, as they were read.
    let rows: [[String]]
    private let hasSources: Bool

    static let columns = ClusterBook.historyHeader

    init(_ path: String, withSources: Bool) throws {
        self.path = path
        hasSources = withSources
        let reader = try TableReader(path, settings: .withoutRows)
        let wanted = Self.columns + (withSources ? ["source_dataset"] : [])
        for column in wanted where !reader.columns.contains(column) {
            throw MatchFault(
                "\(path) has no column \(column). Its columns are \(reader.listed). Give a history that `match join` wrote."
            )
        }
        try reader.select(wanted)
        var rows: [[String]] = []
        try reader.eachRow { batch, row in rows.append(wanted.indices.map { batch[row, $0] ?? "" }) }
        self.rows = rows
    }

    /// The rows as a cluster book reads them.
    var events: [[String]] { rows.map { Array($0.prefix(Self.columns.count)) } }

    /// The records that left: of those that it names, what it says last.
    func erased() -> Set<String> {
        var erased: Set<String> = []
        for row in rows where !row[5].isEmpty {
            if row[2] == ClusterEvent.What.erasure.rawValue { erased.insert(key(row)) } else { erased.remove(key(row)) }
        }
        return erased
    }

    /// Refuses clusters that are not those which the history ends with.
    func check(_ clusters: ClusterFile) throws {
        var homes: [String: String] = [:]
        var mergedInto: [String: String] = [:]
        for row in rows {
            switch ClusterEvent.What(rawValue: row[2]) {
            case .birth, .growth, .split: homes[key(row)] = row[3]
            case .merge: mergedInto[row[4]] = row[3]
            case .erasure: homes[key(row)] = ""
            default: break
            }
        }
        for (record, home) in homes.sorted(by: { $0.key < $1.key }) {
            var last = home
            while let next = mergedInto[last] { last = next }
            let now = clusters.names.number(ofKnown: record).map { String(clusters.clusters[Int($0)]) } ?? ""
            guard now != last else { continue }
            func words(_ cluster: String) -> String { cluster.isEmpty ? "into no cluster" : "into cluster \(cluster)" }
            throw MatchFault(
                """
                \(path) and \(clusters.path) do not belong together: the history puts the record \
                "\(RecordKey.words(record, hasSources: hasSources))" \(words(last)), the clusters \(words(now)). \
                Give both as one `match join` wrote them.
                """)
        }
    }

    private func key(_ row: [String]) -> String { PairColumns.joined(hasSources ? row[6] : nil, row[5]) }
}
