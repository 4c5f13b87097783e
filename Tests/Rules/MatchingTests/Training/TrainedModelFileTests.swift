import Testing

@testable import Matching

@Suite struct TrainedModelFileTests {
    private let yaml = """
        blocking:
          - [first, last]
          - born
          - [last, town]
        comparisons:
          - names: {compare: names, columns: [first, last], rich: true, frequencies: true}
          - born: {compare: date, rich: true}
          - town: {compare: jaro-winkler, frequencies: true}
        """

    private func trained() async throws -> (model: Model, records: Records) {
        var people = MadePeople(120, twice: 0.4, seed: 21)
        for row in people.rows.indices {
            guard let number = people.rows[row].values[2].flatMap({ Int($0.dropFirst(4)) }) else { continue }
            let (month, day) = (1 + number / 28 % 12, 1 + number % 28)
            people.rows[row].values[2] =
                "19\(50 + number / 336)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
        let model = try Model(yaml: yaml, file: "people.yaml")
        let linker = try Linker(model, people.records(for: model))
        return (try await linker.trained().model, linker.records)
    }

    @Test func `a trained model is read again as it was written`() async throws {
        let model = try await trained().model
        let written = model.yaml()
        #expect(model.strata?.rest != nil)
        #expect(written.contains("rich: true"))
        let read = try Model(yaml: written, file: "trained.yaml")
        #expect(read.strata == model.strata)
        #expect(read == model)
    }

    @Test func `of a trained model the other file has the common values, and what it leaves out is said`() async throws
    {
        let model = try await trained().model
        #expect(model.leftOutOfSplink.contains { $0.contains("each blocking rule") })
        #expect(model.leftOutOfSplink.contains { $0.contains("second column") })
        let read = try Model(contents: Array(model.splinkJSON().utf8), file: "model.json")
        #expect(read.strata == nil)
        #expect(read.frequencyCounting == .all)
        #expect(read.prior == model.prior)
        for (one, other) in zip(read.comparisons, model.comparisons) {
            #expect(one.levels.map(\.m) == other.levels.map(\.m))
        }
    }

    @Test func `rules that were changed after training are refused, as they would take each other's weights`()
        async throws
    {
        var model = try await trained().model
        #expect(model.blocking.count > 1)
        model.blocking.swapAt(0, 1)
        let strata = try #require(model.strata)

        let written = model.yaml()
        let read = try Model(yaml: written, file: "trained.yaml")
        #expect(read.strata == strata, "The file says what the model does.")

        // The rules in their old order, the strata in the new one.
        model.blocking.swapAt(0, 1)
        let head = model.yaml()
        guard let old = head.firstRange(of: "\nstrata:"), let new = written.firstRange(of: "\nstrata:") else {
            Issue.record("A trained model has strata.")
            return
        }
        let mixed = head[..<old.lowerBound] + written[new.lowerBound...]
        let faults = #expect(throws: ModelFaults.self) { try Model(yaml: String(mixed), file: "mixed.yaml") }
        #expect(faults?.sentence.contains("strata.rules[0]: this was learned of the rule") == true)
    }

    @Test func `strata with a fault are refused with their place`() async throws {
        let written = try await trained().model.yaml()
        for (old, new) in [("\n    town:", "\n    twon:"), ("given:", "gvien:"), ("prior:", "pior:")] {
            guard let place = written.firstRange(of: "strata:"), written[place.lowerBound...].contains(old) else {
                continue
            }
            let broken =
                written[..<place.lowerBound]
                + written[place.lowerBound...].replacing(old, with: new, maxReplacements: 1)
            #expect(throws: ModelFaults.self) { try Model(yaml: String(broken), file: "broken.yaml") }
        }
    }

    @Test(
        arguments: [
            ("ann", "lee", "ann", "lee", "first and last the same"),
            ("ann", "lee", "lee", "ann", "first and last exchanged"),
            (nil, "lee", "ann", "lee", "last the same, first missing"),
            ("ann", nil, "ann", "lee", "first the same, last missing"),
            (nil, "lee", "lee", nil, "one exchanged, one missing"), (nil, nil, "ann", "lee", "first and last missing"),
            ("martha", "lee", "marhta", "lee", "last the same, first alike"), ("ann", "lee", "bob", "fox", "all other"),
            ("ann", nil, "bob", "lee", "first or last missing"), ("ann", "lee", "ann", "fox", "first the same"),
        ] as [(String?, String?, String?, String?, String)])
    func `two names have the level that fits them best`(
        _ first: String?, _ last: String?, _ otherFirst: String?, _ otherLast: String?, _ label: String
    ) throws {
        let level = try level(0, ["first": first, "last": last], ["first": otherFirst, "last": otherLast])
        #expect(level == label)
    }

    @Test(arguments: [
        ("1970-03-05", "1970-03-05", "born the same"), ("1970-03-05", "1970-03-06", "one slip in born"),
        ("1970-03-12", "1970-12-03", "day and month of born exchanged"),
        ("1970-03-05", "1970-03-17", "two slips in born, in one part or not a date"),
        ("1970-03-05", "1989-03-05", "two slips in born, in one part or not a date"),
        ("1970-03-25", "1970-05-17", "born within 62 days"),
        ("1970-03-25", "1978-03-17", "month or day of born the same, within 3700 days"),
        ("1970-03-25", "1948-11-06", "all other"), ("1970-03-25", "", "all other"),
    ])
    func `two dates have the level that fits them best`(_ one: String, _ other: String, _ label: String) throws {
        #expect(try level(1, ["born": one], ["born": other]) == label)
    }

    private func level(
        _ comparison: Int, _ one: [String: String?], _ other: [String: String?]
    ) throws -> String {
        let model = try Model(yaml: yaml, file: "people.yaml")
        let linker = try Linker(model, MadePeople(3, twice: 0, seed: 1).records(for: model))
        let explanation = try linker.explanation(of: one.compactMapValues(\.self), and: other.compactMapValues(\.self))
        return explanation.parts[comparison].level
    }
}
