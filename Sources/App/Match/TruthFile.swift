import Matching
import Tables

/// What is true, as it stands in a file: `unique_id, cluster`, or labelled pairs `unique_id_l, unique_id_r` with, if there
/// is one, a score from 0 to 1 in `clerical_match_score`, `match` or `label`.
struct TruthFile {
    let path: String
    private let reader: TableReader

    init(_ path: String) throws {
        self.path = path
        reader = try TableReader(path)
    }

    /// Whether it says of which source each record is.
    var hasSources: Bool {
        isOfClusters
            ? reader.columns.contains("source_dataset")
            : reader.columns.contains("source_dataset_l") && reader.columns.contains("source_dataset_r")
    }

    private var isOfClusters: Bool { reader.columns.contains("cluster") && reader.columns.contains("unique_id") }

    /// The truth about the records of links. It must know some of them: if it knows none, it is of something else.
    func truth(about file: inout LinkFile) throws -> Truth {
        let linked = file.names.count
        var isKnown = [Bool](repeating: false, count: linked)
        func know(_ number: UInt32) -> UInt32 {
            if Int(number) < linked { isKnown[Int(number)] = true }
            return number
        }
        let truth = try truth(withSources: file.hasSources) { know(file.names.number(of: $0)) }
        guard linked == 0 || isKnown.contains(true) else {
            throw MatchFault(
                """
                \(path) knows none of the records in \(file.path): there they are called such as \
                "\(file.parts(of: 0).name)". Is it about these records?
                """)
        }
        return truth
    }

    /// What the file says, its records numbered as asked; sources stand before the names where the file has them.
    func truth(_ number: (String) throws -> UInt32) throws -> Truth {
        try truth(withSources: hasSources, number)
    }

    private func truth(withSources: Bool, _ number: (String) throws -> UInt32) throws -> Truth {
        isOfClusters ? .clusters(try clusters(withSources, number)) : Self.truth(of: try pairs(withSources, number))
    }

    /// A list of matches alone is taken to name them all. Where somebody also judged pairs not to match, only what was
    /// judged counts: a sample of labels says nothing of the other pairs.
    private static func truth(of labels: [LabelledPair]) -> Truth {
        .pairs(labels, others: labels.contains { $0.score < LabelledPair.match } ? .unknown : .different)
    }

    private func pairs(_ withSources: Bool, _ number: (String) throws -> UInt32) throws -> [LabelledPair] {
        guard reader.columns.contains("unique_id_l") else {
            throw MatchFault(
                """
                \(path) has neither the columns unique_id and cluster nor unique_id_l and unique_id_r. Its columns are \
                \(reader.listed).
                """)
        }
        let pair = try PairColumns(of: reader, withSources: withSources)
        let score = ["clerical_match_score", "match", "label"].lazy.compactMap { reader.columns.firstIndex(of: $0) }
            .first
        var labels: [LabelledPair] = []
        try reader.eachRow { batch, row in
            let (left, right) = try pair.names(batch, row, in: path)
            let text = score.flatMap { batch[row, $0] }
            guard let value = score == nil ? 1 : text.flatMap(Double.init), (0...1).contains(value) else {
                throw MatchFault(
                    "\(path), row \(batch.firstRow + row + 1): the score \(text ?? "is missing and so") is no number from 0 to 1."
                )
            }
            labels.append(LabelledPair(try number(left), try number(right), score: value))
        }
        return labels
    }

    private func clusters(_ withSources: Bool, _ number: (String) throws -> UInt32) throws -> [UInt32] {
        let name = reader.columns.firstIndex(of: "unique_id") ?? 0
        let cluster = reader.columns.firstIndex(of: "cluster") ?? 0
        let source = withSources ? reader.columns.firstIndex(of: "source_dataset") : nil
        var clusterNames = RecordNames()
        var found: [UInt32] = []
        try reader.eachRow { batch, row in
            guard let record = batch[row, name] else {
                throw MatchFault("\(path), row \(batch.firstRow + row + 1): unique_id is missing.")
            }
            let place = Int(try number(PairColumns.joined(source.flatMap { batch[row, $0] }, record)))
            while found.count <= place { found.append(Truth.notKnown) }
            guard let text = batch[row, cluster] else { return }
            let value = clusterNames.number(of: text)
            guard found[place] == Truth.notKnown || found[place] == value else {
                throw MatchFault(
                    "\(path), row \(batch.firstRow + row + 1): the record \(record) stands there already, in another cluster."
                )
            }
            found[place] = value
        }
        return found
    }
}
