import Values

@testable import Matching

/// Records of made people, some of them twice, with a few wrong values; what a training should find is known.
struct MadePeople {
    /// Name and values by column.
    var rows: [(name: String, values: [String?])] = []
    /// How many pairs are of the same person.
    var truePairs = 0

    private let names: [String]

    static let columns = ["first", "last", "born", "town"]
    static let sizes = [120, 300, 2000, 40]

    /// - Parameter twice: the share of people who stand there a second time.
    init(_ people: Int, twice: Double, wrong: Double = 0.1, columns: [String] = Self.columns, seed: UInt64) {
        names = columns
        var chance = SeededChance(seed: seed)
        func value(_ column: Int) -> String { "\(Self.columns[column])\(chance.below(Self.sizes[column]))" }
        func share() -> Double { Double(chance.below(1_000_000)) / 1_000_000 }
        for person in 0..<people {
            let values = Self.columns.indices.map { value($0) }
            rows.append(("p\(person)", values.map { $0 }))
            guard share() < twice else { continue }
            truePairs += 1
            rows.append(("p\(person)-again", Self.columns.indices.map { share() < wrong ? value($0) : values[$0] }))
        }
    }

    static var model: Model { model(of: columns, by: [["first", "last"], ["born"], ["last", "town"]]) }

    /// Each column compared for equality, and rules of equal columns.
    static func model(of columns: [String], by rules: [[String]]) -> Model {
        var model = Model()
        model.comparisons = columns.map { column in
            Comparison(
                name: column,
                levels: [
                    Level(
                        .any([.isMissing(.left(column)), .isMissing(.right(column))]), label: "missing", isNull: true),
                    Level(.equal(.left(column), .right(column)), label: "the same"),
                    Level(.otherwise, label: "all other"),
                ])
        }
        model.blocking = rules.map { keys in
            BlockingRule(.equal(keys.map { .init(.column($0)) }, also: nil), text: keys.joined(separator: ", "))
        }
        model.training.comparesRest = false
        model.training.randomPairs = 20_000
        return model
    }

    func records(for model: Model) throws -> Records {
        var builder = try RecordsBuilder(for: model)
        try builder.begin(source: "people")
        for row in rows {
            let texts = builder.columns.map { column in
                names.firstIndex(of: column).flatMap { row.values[$0] }.map { Array($0.utf8) }
            }
            let name = Array(row.name.utf8)
            try builder.append(name, texts)
        }
        return try builder.finish()
    }
}

extension RecordsBuilder {
    /// Takes one record of arrays.
    mutating func append(_ name: [UInt8], _ values: [[UInt8]?]) throws {
        // All bytes in one, so that each value has an address for as long as it is read.
        var bytes = name
        var ends = [bytes.count]
        for value in values {
            bytes += value ?? []
            ends.append(bytes.count)
        }
        try bytes.withUnsafeBufferPointer { bytes in
            let texts = values.indices.map { number in
                values[number] == nil ? nil : UnsafeBufferPointer(rebasing: bytes[ends[number]..<ends[number + 1]])
            }
            try texts.withUnsafeBufferPointer {
                try append(name: UnsafeBufferPointer(rebasing: bytes[..<ends[0]]), values: $0)
            }
        }
    }
}

extension Linker {
    /// All links, in order.
    func allLinks(from floor: Double = -.infinity) async throws -> [Link] {
        let gathered = Gathered()
        _ = try await links(from: floor) { links, _ in gathered.add(links) }
        return gathered.links
    }
}
