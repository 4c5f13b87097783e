import Testing

@testable import Matching

struct LabelledMatchesTests {
    /// Two rows of each of three people, and a loner: p0 differs in the town, p1 in the birthday and has no forename.
    private static let few: MadePeople = {
        var people = MadePeople(0, twice: 0, seed: 1)
        people.rows = [
            ("p0", ["ann", "lee", "1", "bath"]), ("p0-again", ["ann", "lee", "1", "york"]),
            ("p1", [nil, "may", "2", "bath"]), ("p1-again", ["bob", "may", "3", "bath"]),
            ("p2", ["cem", "roe", "4", "ely"]), ("p2-again", ["cem", "roe", "4", "ely"]),
            ("p3", ["dan", "orr", "5", "ely"]),
        ]
        return people
    }()

    private static func linker() throws -> Linker {
        try Linker(MadePeople.model, few.records(for: MadePeople.model))
    }

    @Test func `clusters are counted as by hand`() throws {
        let labels = try LabelledMatches(.clusters([0, 0, 1, 1, 2, 2, 3]), in: Self.linker())

        #expect(labels.pairs == 3)
        #expect(labels.all == 3)
        // Missing, the same, all other.
        #expect(labels.counts == [[1, 2, 0], [0, 3, 0], [0, 2, 1], [0, 2, 1]])
        #expect(labels.m(of: 2, [1, 2]) == [2.0 / 3, 1.0 / 3])
        // What no labelled match shows counts as half of one.
        #expect(labels.m(of: 0, [1, 2]) == [2 / 2.5, 0.5 / 2.5])
    }

    @Test func `pairs judged to match are counted once each, others not at all`() throws {
        let labels = [
            LabelledPair(0, 1), LabelledPair(1, 0, score: 0.4), LabelledPair(2, 3, score: 0.2), LabelledPair(4, 5),
            LabelledPair(6, 6),
        ]

        let found = try LabelledMatches(.pairs(labels, others: .unknown), in: Self.linker())

        #expect(found.pairs == 2)
        #expect(found.all == nil)
        #expect(found.counts[3] == [0, 1, 1])
    }

    @Test func `labels of a part of the records say nothing of how many matches there are`() throws {
        let part = try LabelledMatches(.clusters([0, 0, 1, 1, Truth.notKnown]), in: Self.linker())

        #expect(part.all == nil)
        #expect(part.pairs == 2)
    }

    @Test func `levels with few labels and comparisons without any are named`() throws {
        let labels = try LabelledMatches(.pairs([LabelledPair(2, 3)]), in: Self.linker())

        let notes = labels.notes(on: MadePeople.model.comparisons)

        #expect(notes.contains(.notLabelled("first")))
        #expect(
            notes.contains(
                .fewLabels(
                    "last", levels: [.init(level: "the same", matches: 1), .init(level: "all other", matches: 0)])))
        #expect(notes.map(\.sentence).contains { $0.contains("\"the same\" (1)") })
    }

    @Test func `labels without a match, of other records, or with a filler for a cluster are refused`() throws {
        func sentence(_ truth: Truth) throws -> String {
            let linker = try Self.linker()
            do {
                _ = try LabelledMatches(truth, in: linker)
                return ""
            } catch { return error.sentence }
        }

        #expect(try sentence(.pairs([LabelledPair(0, 1, score: 0.1)])).contains("nothing to learn from"))
        #expect(try sentence(.clusters([0, 1, 2])).contains("nothing to learn from"))
        #expect(try sentence(.pairs([LabelledPair(0, 70)])).hasPrefix("labels[0]"))
        let filler = [UInt32](repeating: 5, count: LabelledMatches.mostInCluster + 1)
        #expect(try sentence(.clusters(filler)).contains("10001 records are said to be one"))
    }

    @Test func `the peer learns the same from pairs and from a column`() throws {
        let people = PeerPeople.rows.filter { person in
            person.name != "p197" && person.values.values.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } }
        }
        let model = try Model(splink: PeerModel.json, file: "peer.json")
        let linker = try Linker(model, Records(of: people, sources: ["people"], for: model))
        let pairs = PeerWeights.weights.keys.compactMap { names -> LabelledPair? in
            guard let one = linker.records.row(named: names[0]), let other = linker.records.row(named: names[1])
            else { return nil }
            return LabelledPair(UInt32(one), UInt32(other))
        }
        var numbers = RecordNames()
        let surnames = people.map { $0.values["surname"].map { numbers.number(of: $0) } ?? Truth.notKnown }

        #expect(pairs.count == 254)
        try expect(LabelledMatches(.pairs(pairs), in: linker), PeerLabels.pairs, model)
        try expect(LabelledMatches(.clusters(surnames), in: linker), PeerLabels.surnames, model)
    }

    private func expect(_ labels: LabelledMatches, _ known: [String: [Double?]], _ model: Model) throws {
        for (number, comparison) in model.comparisons.enumerated() {
            let levels = comparison.levels.indices.filter { !comparison.levels[$0].isNull }
            let sums = levels.map { labels.counts[number][$0] }
            let total = sums.reduce(0, +)
            for (sum, share) in zip(sums, try #require(known[comparison.name])) {
                #expect(abs(sum / total - (share ?? 0)) < 1e-12, "\(comparison.name): \(sums)")
            }
        }
    }

    @Test func `a model trained by labels has their m and prior, and the rest as without them`() async throws {
        let people = MadePeople(600, twice: 0.3, seed: 31)
        let truth = Truth.clusters(people.clusters)
        for classical in [false, true] {
            var plan = MadePeople.model
            if classical {
                plan.training.deterministic = [plan.blocking[0]]
                plan.training.runs = [plan.blocking[0], plan.blocking[1]]
            }
            plan.comparisons[3].levels[1].m = 0.5
            plan.comparisons[3].levels[1].isMFixed = true
            let linker = try Linker(plan, people.records(for: plan))
            let labels = try LabelledMatches(truth, in: linker)

            let model = try await linker.trained(by: truth).model

            for number in 0..<3 {
                let m = try #require(labels.m(of: number, [1, 2]))
                #expect(abs((model.comparisons[number].levels[1].m ?? 0) - m[0]) < 1e-9)
            }
            #expect(model.comparisons[3].levels[1].m == 0.5, "What is fixed stays.")
            #expect(abs(model.prior * linker.possiblePairs / Double(people.truePairs) - 1) < 1e-9)
            #expect((model.strata == nil) == classical)
        }
    }
}

extension MadePeople {
    /// The person of each row.
    var clusters: [UInt32] {
        var numbers = RecordNames()
        return rows.map { numbers.number(of: String($0.name.prefix { $0 != "-" })) }
    }
}
