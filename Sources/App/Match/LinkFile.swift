import Foundation
import Matching
import Tables

/// Links as they stand in a file.
struct LinkFile {
    /// The records by their names; where sources are told apart, the source goes before the name.
    var names = RecordNames()
    private(set) var links: [Link] = []
    /// The probability of each link, as it was given out.
    private(set) var probabilities: [Double] = []
    /// The weight of each link, as it was given out: before calibration.
    private(set) var weights: [Double] = []
    /// Whether weights and probabilities say different things, because the model was calibrated.
    private(set) var isCalibrated = false
    /// Whether the file says of which source each record is, and that was read.
    let hasSources: Bool
    let path: String

    /// Reads `unique_id_l, unique_id_r` and `match_probability` or `match_weight`. Where both are there and say the same,
    /// links weigh what the file says; where they differ, because the model was calibrated, what the probability says.
    init(_ path: String, withSources: Bool = true) throws {
        self.path = path
        let reader = try TableReader(path, settings: .withoutRows)
        let pair = try PairColumns(of: reader, withSources: withSources)
        hasSources = pair.hasSources
        let score = try ScoreColumns(of: reader)
        var differs = false
        var namesakes = Namesakes(of: reader, isNeeded: !withSources)
        try reader.eachRow { batch, row in
            let (weight, probability) = try score.values(batch, row, in: path)
            if let weight, (LogOdds.probability(weight) - probability).magnitude > 1e-9 { differs = true }
            let (left, right) = try pair.names(batch, row, in: path)
            links.append(Link(names.number(of: left), names.number(of: right), weight: LogOdds.weight(probability)))
            probabilities.append(probability)
            weights.append(weight ?? LogOdds.weight(probability))
            try namesakes.check(batch, row, links[links.count - 1])
        }
        isCalibrated = differs
        guard !differs else { return }
        for place in links.indices { links[place].weight = weights[place] }
    }

    /// The links as they are judged: by the probability that was given out.
    var judged: [Link] {
        zip(links, probabilities).map { Link($0.left, $0.right, weight: LogOdds.weight($1)) }
    }

    /// A record's source and its own name.
    func parts(of record: UInt32) -> (source: String?, name: String) {
        guard hasSources else { return (nil, names.name(of: record)) }
        let parts = names.name(of: record).split(
            separator: PairColumns.separator, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (nil, names.name(of: record))
    }

    /// The number of each record's source.
    func sources() throws -> [UInt8] {
        guard hasSources else {
            throw MatchFault(
                """
                one-to-one needs to know each record's source, but \(path) has no columns source_dataset_l and \
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

/// Where the two records of a pair stand in a table.
struct PairColumns {
    /// Between a source and a name: a character that neither has.
    static let separator: Character = "\u{1F}"

    private let left, right: Int
    private let leftSource, rightSource: Int?

    init(of reader: TableReader, withSources: Bool) throws {
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
        leftSource = withSources ? reader.columns.firstIndex(of: "source_dataset_l") : nil
        rightSource = withSources ? reader.columns.firstIndex(of: "source_dataset_r") : nil
    }

    var hasSources: Bool { leftSource != nil && rightSource != nil }

    func names(_ batch: TableBatch, _ row: Int, in path: String) throws -> (String, String) {
        guard let one = batch[row, left], let other = batch[row, right] else {
            throw MatchFault("\(path), row \(batch.firstRow + row + 1): an identifier is missing.")
        }
        guard let leftSource, let rightSource else { return (one, other) }
        return (Self.joined(batch[row, leftSource], one), Self.joined(batch[row, rightSource], other))
    }

    static func joined(_ source: String?, _ name: String) -> String {
        source.map { "\($0)\(separator)\(name)" } ?? name
    }
}

/// What a link's file says of how sure it is.
private struct ScoreColumns {
    private let probability, weight: Int?

    init(of reader: TableReader) throws {
        probability = reader.columns.firstIndex(of: "match_probability")
        weight = reader.columns.firstIndex(of: "match_weight")
        guard probability != nil || weight != nil else {
            throw MatchFault(
                "\(reader.name) has no column match_probability or match_weight. Its columns are \(reader.listed).")
        }
    }

    func values(_ batch: TableBatch, _ row: Int, in path: String) throws -> (weight: Double?, probability: Double) {
        func number(_ column: Int, _ name: String, _ kind: String, _ range: ClosedRange<Double>) throws -> Double {
            guard let text = batch[row, column], let number = Double(text), range.contains(number) else {
                throw MatchFault(
                    """
                    \(path), row \(batch.firstRow + row + 1): \(name) is \(batch[row, column] ?? "missing"), \
                    which is no \(kind).
                    """)
            }
            return number
        }
        let bits = try weight.map { try number($0, "match_weight", "number", -.infinity...(.infinity)) }
        let share = try probability.map { try number($0, "match_probability", "probability from 0 to 1", 0...1) }
        return (bits, share ?? LogOdds.probability(bits ?? 0))
    }
}

/// Watches, where sources are left out, that no two of them have a record of one name.
private struct Namesakes {
    private let left, right: Int?
    private let path: String
    private var sources: [UInt32: String] = [:]

    init(of reader: TableReader, isNeeded: Bool) {
        path = reader.name
        left = isNeeded ? reader.columns.firstIndex(of: "source_dataset_l") : nil
        right = isNeeded ? reader.columns.firstIndex(of: "source_dataset_r") : nil
    }

    mutating func check(_ batch: TableBatch, _ row: Int, _ link: Link) throws {
        guard let left, let right else { return }
        for (record, column) in [(link.left, left), (link.right, right)] {
            let source = batch[row, column] ?? ""
            guard sources[record, default: source] == source else {
                throw MatchFault(
                    """
                    \(path), row \(batch.firstRow + row + 1): records of different sources have the same name, and the \
                    truth does not say which it means. Give it the column source_dataset, or source_dataset_l and \
                    source_dataset_r.
                    """)
            }
            sources[record] = source
        }
    }
}

extension TableReader.Settings {
    static var withoutRows: Self {
        var settings = Self()
        settings.mayBeEmpty = true
        return settings
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
