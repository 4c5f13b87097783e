import Matching
import Tables

/// The clusters after a join, and what happened to them.
struct JoinedBook {
    let book: ClusterBook
    /// What happened now.
    let events: [ClusterEvent]
    let records: Records
    /// The names, with their sources, of the records that left: their rows come after those of all others.
    let erasedNames: [String]
    let hasSources: Bool

    /// The clusters, whole but for their file's name.
    func writtenClusters(to path: String, inputs: [String]) throws -> TableWriter {
        var columns: [TableColumn] = ["unique_id", TableColumn("cluster", .integer)]
        if hasSources { columns.append("source_dataset") }
        let writer = try TableWriter(path, columns: columns, inputs: inputs)
        for source in records.sources {
            for row in source.rows {
                guard let cluster = book.cluster(of: UInt32(row)) else { continue }
                writer.append(records.name(of: row))
                writer.append(Int(cluster))
                if hasSources { writer.append(source.name) }
                try writer.endRow()
            }
        }
        try writer.settle()
        return writer
    }

    /// The history so far and what happened now, whole but for its file's name.
    func writtenHistory(after past: ClusterHistory?, to path: String, inputs: [String]) throws -> TableWriter {
        let names = ClusterHistory.columns + (hasSources ? ["source_dataset"] : [])
        let writer = try TableWriter(path, columns: names.map { TableColumn($0) }, inputs: inputs)
        for row in past?.rows ?? [] { try writer.append(row: row.map { $0.isEmpty ? nil : $0 }) }
        for event in events {
            let (source, name) = event.record.map(parts) ?? (nil, nil)
            let cells = [
                String(event.number), event.when, event.what.rawValue, String(event.cluster),
                event.other.map { String($0) }, name,
            ]
            try writer.append(row: cells + (hasSources ? [source] : []))
        }
        try writer.settle()
        return writer
    }

    /// How many of a kind of event there were now.
    func count(_ what: ClusterEvent.What) -> Int { events.count { $0.what == what } }

    private func parts(of record: UInt32) -> (source: String?, name: String?) {
        let row = Int(record)
        guard row < records.count else {
            let parts = RecordKey.parts(of: erasedNames[row - records.count], hasSources: hasSources)
            return (parts.source, parts.name)
        }
        return (records.sourceName(of: row), records.name(of: row))
    }
}
