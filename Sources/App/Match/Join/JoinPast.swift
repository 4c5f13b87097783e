import Matching
import Tables

/// What a join begins with: the clusters, how they came about, and who leaves them.
struct JoinPast {
    let clusters: ClusterFile
    let history: ClusterHistory?
    let links: LinkFile?
    let hasSources: Bool
    /// The records that leave now, by their numbers in the clusters.
    let withdrawn: Set<UInt32>
    /// The names of the records that left before.
    let erased: Set<String>

    /// Reads all of it, and refuses what does not belong together.
    init(_ command: MatchJoin, _ sources: JoinSources) throws {
        hasSources = sources.hasSeveral
        clusters = try ClusterFile(command.clusters, withSources: hasSources)
        history = try command.history.map { [hasSources] in try ClusterHistory($0, withSources: hasSources) }
        try history?.check(clusters)
        if history == nil { try clusters.refuseGaps() }
        erased = history?.erased() ?? []
        withdrawn =
            try command.withdraw.map { [clusters, hasSources, erased] in
                try Self.withdrawn(in: $0, clusters, erased, hasSources)
            } ?? []
        links = try command.links.map { [hasSources] in try LinkFile($0, withSources: hasSources) }
    }

    private static func withdrawn(
        in path: String, _ clusters: ClusterFile, _ erased: Set<String>, _ hasSources: Bool
    ) throws -> Set<UInt32> {
        let reader = try TableReader(path, settings: .withoutRows)
        try reader.select(["unique_id"] + (hasSources ? ["source_dataset"] : []))
        var numbers: Set<UInt32> = []
        try reader.eachRow { batch, row in
            let place = "\(path), row \(batch.firstRow + row + 1)"
            guard let name = batch[row, 0] else { throw MatchFault("\(place): unique_id is missing.") }
            let key = PairColumns.joined(hasSources ? batch[row, 1] ?? "" : nil, name)
            if let number = clusters.names.number(ofKnown: key) {
                numbers.insert(number)
            } else if !erased.contains(key) {
                throw MatchFault(
                    """
                    \(place): the record "\(RecordKey.words(key, hasSources: hasSources))" is in no cluster of \
                    \(clusters.path), and never was as far as is known.
                    """)
            }
        }
        return numbers
    }

    /// Which pairs are compared: those of what is new or corrected and, where no links were given that say it, those
    /// within clusters that lose something. Nil when there is none.
    func choice(_ tables: JoinTables) -> PairChoice? {
        let fresh = tables.new + tables.corrected
        let groups = links == nil ? losing(tables) : []
        guard !fresh.isEmpty || !groups.isEmpty else { return nil }
        return PairChoice(count: tables.records.count, fresh: fresh, groups: groups)
    }

    /// What is left of the clusters that lose a record, or one's links.
    private func losing(_ tables: JoinTables) -> [[UInt32]] {
        var members: [UInt32: [UInt32]] = [:]
        var losing: Set<UInt32> = []
        for (number, row) in tables.rows.enumerated() where row.map(tables.isCorrected) ?? true {
            losing.insert(clusters.clusters[number])
        }
        guard !losing.isEmpty else { return [] }
        for (number, row) in tables.rows.enumerated() {
            guard let row, losing.contains(clusters.clusters[number]) else { continue }
            members[clusters.clusters[number], default: []].append(row)
        }
        return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }
}
