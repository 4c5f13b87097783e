import Testing
import Values

@testable import Matching

/// New records join the clusters there are: what is found by looking each up and applied to the book is what linking
/// everything at once gives.
struct JoiningTests {
    @Test(arguments: UInt64(1)...12)
    func `new records that are looked up join the clusters that linking everything gives`(seed: UInt64) async throws {
        let people = JoiningPeople(seed: seed)
        let linker = try await people.linker(people.rows)
        let whole = try await linker.partition(from: people.floor)

        let book = try await people.joined(inPortionsOf: 7)

        #expect(book.clustering() == whole, "seed \(seed)")
        #expect(whole.clusters().count > 5, "seed \(seed): there is something to join")
    }

    @Test(arguments: UInt64(1)...12)
    func `the history tells of every new record once, and of clusters that it brought together`(
        seed: UInt64
    ) async throws {
        let people = JoiningPeople(seed: seed)
        let founding = try await people.linker(Array(people.rows[..<people.old])).partition(from: people.floor)

        let book = try await people.joined(inPortionsOf: 5)

        let arrivals = book.history.filter { $0.what == .birth || $0.what == .growth }
        #expect(arrivals.compactMap(\.record).sorted() == (UInt32(people.old)..<UInt32(people.rows.count)).map(\.self))
        #expect(book.history.allSatisfy { [.birth, .growth, .merge].contains($0.what) }, "seed \(seed)")
        #expect(book.history.map(\.number) == Array(1..<book.history.count + 1))
        let before = Set(founding.labels).count
        let births = book.history.count { $0.what == .birth }
        let merges = book.history.count { $0.what == .merge }
        #expect(before + births - merges == Set(book.clustering().labels).count, "seed \(seed)")
        for event in book.history where event.what == .merge {
            let ended = try #require(event.other)
            #expect(book.members(of: ended).isEmpty, "seed \(seed): the name \(ended) is not used again")
        }
    }

    @Test func `a record that is like two old ones brings their clusters together, and the history says so`()
        async throws
    {
        // Given two who share neither name nor birthday, and one who stands alone.
        let people = JoiningPeople(
            rows: [
                ["amina", "okafor", "1984-02-29"], ["amina", "keller", "1990-01-01"], ["bram", "smith", "1971-05-24"],
                // Then one with the name of the first and the birthday of the second, and another with nothing of theirs.
                ["amina", "okafor", "1990-01-01"], ["zoë", "jansen", "2001-12-31"],
            ], old: 3)

        let book = try await people.joined(inPortionsOf: 1)

        #expect(book.clustering().labels == [0, 0, 2, 0, 4])
        #expect(book.history.map(\.what) == [.merge, .growth, .birth])
        try #require(book.history.count == 3)
        #expect(book.history[0] == ClusterEvent(number: 1, when: "portion 1", .merge, 1, other: 2))
        #expect(book.history[1] == ClusterEvent(number: 2, when: "portion 1", .growth, 1, record: 3))
        #expect(book.history[2] == ClusterEvent(number: 3, when: "portion 2", .birth, 4, record: 4))
    }
}

/// People of whom some stand there several times with other values: the first are linked at once, the others come later.
private struct JoiningPeople {
    static let columns = ["first", "last", "born"]
    let rows: [[String]]
    let old: Int
    /// Links weigh at least so much: two of the three values agree.
    let floor = 4.0

    init(rows: [[String]], old: Int) {
        self.rows = rows
        self.old = old
    }

    init(seed: UInt64) {
        var chance = SeededChance(seed: seed)
        func value(_ column: Int) -> String { "\(Self.columns[column])\(chance.below([20, 90, 120][column]))" }
        var rows: [[String]] = []
        for _ in 0..<40 {
            let values = [value(0), value(1), value(2)]
            for _ in 0...chance.below(3) {
                rows.append(
                    values.indices.map { chance.below(10) < 2 ? (chance.below(2) == 0 ? "" : value($0)) : values[$0] })
            }
        }
        rows.shuffle(using: &chance)
        self.init(rows: rows, old: rows.count * 3 / 5)
    }

    /// Without frequencies, so that a weight is a matter of the two records alone.
    private var model: Model {
        get throws {
            try Model(
                yaml: """
                    prior: 0.2
                    blocking: [first, last, born]
                    comparisons:
                      - first: {compare: jaro-winkler, at: [0.9], m: [0.9, 0.05, 0.05], u: [0.05, 0.05, 0.9]}
                      - last: {compare: exact, m: [0.9, 0.1], u: [0.01, 0.99]}
                      - born: {compare: levenshtein, at: [1], m: [0.8, 0.15, 0.05], u: [0.01, 0.005, 0.985]}
                    """, file: "joining.yaml")
        }
    }

    func linker(_ rows: [[String]]) async throws -> Linker {
        let model = try model
        let people = rows.indices.map { PlainRecord(name: "\($0)", source: 0, values: values(of: rows[$0])) }
        return try Linker(model, Records(of: people, sources: ["people"], for: model))
    }

    /// What is empty is missing.
    private func values(of row: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: zip(Self.columns, row).filter { !$1.isEmpty })
    }

    /// The book of the old records, into which the new ones came in portions, each looked up among all that were there
    /// and compared with those that came with it.
    func joined(inPortionsOf size: Int) async throws -> ClusterBook {
        var book = ClusterBook(founding: try await linker(Array(rows[..<old])).partition(from: floor))
        for (number, start) in stride(from: old, to: rows.count, by: size).enumerated() {
            let end = min(start + size, rows.count)
            let lookUp = try await LookUp(linker(Array(rows[..<start])))
            var change = ClusterChange(when: "portion \(number + 1)")
            for row in start..<end {
                change.records.append(UInt32(row))
                change.links += lookUp.matches(of: values(of: rows[row]), from: floor).map {
                    Link(UInt32($0.row), UInt32(row), weight: $0.weight)
                }
            }
            let among = try await linker(Array(rows[start..<end])).all(from: floor)
            change.links += among.map { Link($0.left + UInt32(start), $0.right + UInt32(start), weight: $0.weight) }
            try book.apply(change)
        }
        return book
    }
}

extension Linker {
    /// Everything that is connected by links.
    fileprivate func partition(from floor: Double) async throws -> Clustering {
        var plan = ClusteringPlan()
        plan.threshold = LogOdds.probability(floor)
        var clusterer = try Clusterer(plan, records: records.count)
        clusterer.add(contentsOf: try await all(from: floor))
        return clusterer.clusters()
    }
}
