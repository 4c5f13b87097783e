import Matching
import Tables

/// Writes links: `unique_id_l, unique_id_r, match_weight, match_probability`, and with several sources theirs as well.
final class LinkTable {
    private let writer: TableWriter
    private let records: Records
    private let model: Model
    private let hasSources: Bool

    init(_ path: String, _ records: Records, of model: Model, inputs: [String]) throws {
        self.records = records
        self.model = model
        hasSources = records.sources.count > 1
        var columns: [TableColumn] = [
            "unique_id_l", "unique_id_r", TableColumn("match_weight", .number),
            TableColumn("match_probability", .number),
        ]
        if hasSources { columns += ["source_dataset_l", "source_dataset_r"] }
        writer = try TableWriter(path, columns: columns, inputs: inputs)
    }

    func write(_ links: [Link]) throws {
        try records.withNames { names in
            for link in links {
                var (left, right) = (Int(link.left), Int(link.right))
                if stands(right, before: left, names) { swap(&left, &right) }
                writer.append(names[left])
                writer.append(names[right])
                writer.append(link.weight)
                writer.append(model.probability(of: link.weight))
                if hasSources {
                    writer.append(records.sourceName(of: left))
                    writer.append(records.sourceName(of: right))
                }
                try writer.endRow()
            }
        }
    }

    /// By the names of their sources, then by their own.
    private func stands(_ row: Int, before other: Int, _ names: BorrowedNames) -> Bool {
        guard hasSources else { return names.stands(row, before: other) }
        let (source, otherSource) = (records.sourceName(of: row), records.sourceName(of: other))
        return source == otherSource ? names.stands(row, before: other) : source < otherSource
    }

    /// Writes all that is left, so that the file lacks its name only.
    func settle() throws { try writer.settle() }

    func finish() throws { try writer.finish() }
}

extension Records {
    /// The name of a row's source.
    func sourceName(of row: Int) -> String {
        sources.first { $0.rows.contains(row) }?.name ?? ""
    }
}

/// Writes clusters: `unique_id, cluster`, and with several sources theirs as well. Clusters are numbered from 1 in the
/// order of their first records.
enum ClusterTable {
    /// The table, whole but for its name: `finish` gives it that.
    static func written(
        _ clustering: Clustering, of records: Records, to path: String, inputs: [String]
    ) throws -> TableWriter {
        let hasSources = records.sources.count > 1
        var columns: [TableColumn] = ["unique_id", TableColumn("cluster", .integer)]
        if hasSources { columns.append("source_dataset") }
        let writer = try TableWriter(path, columns: columns, inputs: inputs)
        var numbers = [UInt32](repeating: 0, count: records.count)
        var next: UInt32 = 0
        try records.withNames { names in
            for source in records.sources {
                for row in source.rows {
                    let label = Int(clustering.labels[row])
                    if numbers[label] == 0 {
                        next += 1
                        numbers[label] = next
                    }
                    writer.append(names[row])
                    writer.append(Int(numbers[label]))
                    if hasSources { writer.append(source.name) }
                    try writer.endRow()
                }
            }
        }
        try writer.settle()
        return writer
    }
}

extension Records {
    /// What makes clusters of these records as a plan says.
    func clusterer(_ plan: ClusteringPlan, _ model: Model) throws -> Clusterer {
        guard sources.count <= 256 else {
            throw MatchFault(
                "At most 256 tables can be linked in one run; there are \(sources.count). Join some first.")
        }
        var numbers: [UInt8]?
        if plan.method == .oneToOne {
            numbers = sources.enumerated().flatMap { number, source in
                repeatElement(UInt8(number), count: source.rows.count)
            }
        }
        return try Clusterer(plan, records: count, sources: numbers, calibration: model.calibration)
    }
}
