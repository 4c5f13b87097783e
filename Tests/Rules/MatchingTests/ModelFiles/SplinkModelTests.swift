import Testing

@testable import Matching

struct SplinkModelTests {
    @Test func `a model of the peer's is read`() throws {
        let model = try Model(splink: SampleModels.splink, file: "people.json")

        #expect(model.links == .linkAndDedupe)
        #expect(model.prior == 4.623979623979624e-07)
        #expect(model.identifier == "id")
        #expect(model.training.maxIterations == 20)
        #expect(model.blocking.map(\.explodes) == [[], ["names"]])
        let levels = try #require(model.comparisons.first).levels
        #expect(levels.map(\.isNull) == [true, false, false, false])
        #expect(levels.map(\.m) == [nil, 0.69, nil, 0.3])
        #expect(levels[1].frequency == FrequencyAdjustment(column: "surname", weight: 0.5, leastU: 0.001))
        #expect(levels[2].frequency?.usesOwnU == true)
        #expect(levels[1].isMFixed && !levels[1].isUFixed && levels[2].isUFixed)
        #expect(levels[3].condition == .otherwise)
    }

    @Test func `what is read and written says the same to the last key`() throws {
        let model = try Model(splink: SampleModels.splink, file: "people.json")
        let written = try model.splinkJSON()

        let before = try JSONText.read(Array(SampleModels.splink.utf8))
        let after = try JSONText.read(Array(written.utf8))
        #expect(sorted(before) == sorted(after))
        #expect(try Model(splink: written, file: "again.json") == model)
    }

    @Test func `keys and salting of version 4 are kept`() throws {
        let rule = #"{"blocking_rule": "l.a = r.a", "sql_dialect": "spark", "salting_partitions": 4}"#
        let more = """
            , "sql_dialect": "spark", "bayes_factor_column_prefix": "bf_",
            "blocking_rules_to_generate_predictions": [\(rule), "l.b = r.b"]
            """
        let levels = [SampleModels.null, SampleModels.exact, SampleModels.other].joined(separator: ",")
        let model = try Model(splink: SampleModels.splink(levels: levels, more: more), file: "v4.json")

        let written = try JSONText.read(Array(try model.splinkJSON().utf8))
        #expect(written["bayes_factor_column_prefix"] == .text("bf_"))
        #expect(model.blocking.map(\.saltingPartitions) == [4, nil])
        guard case .list(let rules)? = written["blocking_rules_to_generate_predictions"] else { return }
        #expect(rules.first?["salting_partitions"] == .number(4))
    }

    @Test func `a changed condition is written anew and an unchanged one keeps its text`() throws {
        var model = try Model(splink: SampleModels.splink, file: "people.json")
        model.comparisons[0].levels[2].condition =
            .measured(.jaroWinkler, .left("surname"), .right("surname"), Bound(.atLeast, 0.9))
        let written = try model.splinkJSON()

        #expect(written.contains(#"jaro_winkler_similarity(\"surname_l\", \"surname_r\") >= 0.9"#))
        #expect(written.contains(#"\"surname_l\"  =  \"surname_r\""#))
    }

    @Test func `what the peer cannot say is refused by name and all at once`() throws {
        var model = try Model(splink: SampleModels.splink, file: "people.json")
        model.links = .only([.init("tax", "tax")])
        model.sources = [SourcePlan(name: "tax", columns: ["surname": "name"])]
        model.blocking.append(BlockingRule(.neighbours(by: [.column("dob")], within: 3)))
        model.comparisons[0].levels[2].condition =
            .measured(.tokenCosine, .left("surname"), .right("surname"), Bound(.atLeast, 0.9))
        #expect { try model.splinkJSON(file: "out.json") } throws: { error in
            let places = (error as? ModelFaults)?.faults.map(\.place)
            return places == [
                "out.json: sources.tax", "out.json: links", "out.json: blocking[2]",
                "out.json: comparisons[0] \"surname\".levels[2]",
            ]
        }
    }

    @Test func `what is only left out is named`() {
        var model = Model()
        #expect(model.leftOutOfSplink == [])
        model.clustering.method = .bridges
        model.training.seed = 7
        #expect(model.leftOutOfSplink == ["how links become clusters", "how the model is trained"])
    }

    @Test func `the columns say what they are read for`() throws {
        var model = try Model(splink: SampleModels.splink, file: "people.json")
        model.training.runs = try BlockingRule.rules(sql: "l.dob = r.dob")

        #expect(
            model.columns == [
                ModelColumn(name: "surname", roles: [.compared, .frequency, .blocked]),
                ModelColumn(name: "dob", roles: [.blocked, .trained]),
                ModelColumn(name: "names", roles: [.blocked]),
            ])
    }

    /// The same with the keys of every table in order.
    private func sorted(_ value: FileValue) -> FileValue {
        switch value {
        case .list(let items): .list(items.map(sorted))
        case .table(let entries):
            .table(
                entries.sorted { $0.key < $1.key }.map { FileValue.Entry(key: $0.key, value: sorted($0.value)) })
        case .number(let number, _): .number(number)
        default: value
        }
    }
}
