import Matching

extension TruthFile {
    /// The truth about records that were read, numbered by their rows. It must know some of them.
    func truth(about records: Records) throws -> Truth {
        var others = RecordNames()
        var known = 0
        func row(_ name: String) throws -> UInt32 {
            if let row = try Self.row(name, in: records, path: path) {
                known += 1
                return row
            }
            return UInt32(records.count) + others.number(of: name)
        }
        let truth = try truth(row)
        guard known > 0 else {
            throw MatchFault(
                """
                \(path) knows none of the records: there they are called such as "\(records.name(of: 0))". Is it about \
                these records?
                """)
        }
        switch truth {
        case .clusters(let clusters): return .clusters(Array(clusters.prefix(records.count)))
        case .pairs(let labels, let unlisted):
            return .pairs(labels.filter { Int(max($0.left, $0.right)) < records.count }, others: unlisted)
        }
    }

    /// The row of a name, before which its source may stand; nil when no record is called so.
    private static func row(_ name: String, in records: Records, path: String) throws -> UInt32? {
        let parts = name.split(separator: PairColumns.separator, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            return records.row(named: String(parts[1]), in: String(parts[0])).map(UInt32.init)
        }
        let having = records.sources.filter { records.row(named: name, in: $0.name) != nil }
        guard having.count < 2 else {
            throw MatchFault(
                """
                Several tables have a record "\(name)", and \(path) does not say which it means. Give it the column \
                source_dataset, or source_dataset_l and source_dataset_r.
                """)
        }
        return having.first.flatMap { records.row(named: name, in: $0.name) }.map(UInt32.init)
    }
}
