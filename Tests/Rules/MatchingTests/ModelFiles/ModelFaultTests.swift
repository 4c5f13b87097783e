import Testing

@testable import Matching

/// Model files that lie get a sentence that names the file, the place and the reason.
struct ModelFaultTests {
    private typealias Sample = SampleModels

    static let lies: [(levels: String, sentence: String)] = [
        ([Sample.null, Sample.exact].joined(separator: ","), #""dob": the last level must be ELSE"#),
        ([Sample.exact, Sample.other, Sample.other].joined(separator: ","), #""dob": there are 2 ELSE levels"#),
        (
            [Sample.other, Sample.exact].joined(separator: ","),
            "comparison_levels[0]: no pair can reach the levels after"
        ),
        (
            [Sample.exact, Sample.null, Sample.other].joined(separator: ","),
            "comparison_levels[1]: the level for missing values must come before"
        ),
        ("", #""dob": there are no levels."#),
        (
            level(#""m_probability": 0"#),
            "m_probability: 0 is not a probability above 0 and at most 1. What is never met"
        ),
        (level(#""u_probability": 2"#), "u_probability: 2 is not a probability above 0 and at most 1."),
        (level(#""m_probability": -0.1"#), "m_probability: -0.1 is not a probability"),
        (level(#""u_probability": NaN"#), "u_probability: NaN is not a probability"),
        (level(#""m_probability": Infinity"#), "m_probability: Infinity is not a probability"),
        (level(#""m_probability": "0.5""#), "m_probability: a probability is needed here, and this is a text."),
        (level(#""is_null_level": 1"#), "is_null_level: true or false is needed here, and this is a number."),
        (level(#""m_probabilty": 0.5"#), #"there is no key "m_probabilty" here; did you mean "m_probability"?"#),
        (level(#""tf_adjustment_column": "town""#), "comparison_levels[0]: frequencies of \"town\" need a level"),
        (
            #"{"sql_condition": "levenshtien(dob_l, dob_r) < 2"}"#,
            #"comparison_levels[0].sql_condition, character 1: there is no function "levenshtien" here"#
        ),
        (#"{"sql_condition": 7}"#, "comparison_levels[0].sql_condition: a text is needed here, and this is a number."),
        ("7", "comparison_levels[0]: a table of keys is needed here, and this is a number."),
    ]

    private static func level(_ key: String) -> String {
        #"{"sql_condition": "dob_l = dob_r", \#(key)}, {"sql_condition": "ELSE"}"#
    }

    @Test(arguments: lies) func `levels that lie are refused`(levels: String, sentence: String) {
        let found = faults(SampleModels.splink(levels: levels))
        #expect(found.contains { $0.contains(sentence) }, "\(found)")
        #expect(found.allSatisfy { $0.hasPrefix("people.json: comparisons[0] \"dob\"") })
    }

    @Test(arguments: [
        ("{}", "people.json: the key \"link_type\" is missing"), ("{}", "the key \"comparisons\" is missing."),
        (#"{"link_type": "both"}"#, "link_type: \"both\" is no kind of link"),
        (#"{"salting": 1}"#, "people.json: there is no key \"salting\" here"),
        (#"{"sql_dialect": "postgres"}"#, "sql_dialect: the SQL of \"postgres\" is not read here, only that of duckdb"),
        (#"{"probability_two_random_records_match": 1}"#, "1 is not a probability above 0 and below 1."),
        (#"{"comparisons": {}}"#, "comparisons: a list is needed here, and this is a table of keys."),
        (#"{"comparisons": []}"#, "comparisons: there are no comparisons"),
        (#"{"a": 1, "a": 2}"#, "people.json: line 1, column 13: this is not JSON: the key \"a\" is there twice."),
        ("{\n \"a\": }", "line 2, column 7: this is not JSON: a value is missing."),
        ("[1]", "people.json: a table of keys is needed here, and this is a list."), ("", "it ends too early"),
        (
            #"{"blocking_rules_to_generate_predictions": ["l.a <> r.a"]}"#,
            "predictions[0], character 1: no value of l must equal a value of r here"
        ),
    ]) func `files that lie are refused`(json: String, sentence: String) {
        let found = faults(json)
        #expect(found.contains { $0.contains(sentence) }, "\(found)")
    }

    @Test func `all faults are told at once, up to twenty`() {
        let wrong = Array(repeating: #"{"sql_condition": "x", "m_probability": 2}"#, count: 50).joined(separator: ",")
        #expect(faults(SampleModels.splink(levels: wrong)).count == ModelFaults.most)
        let two = faults(SampleModels.splink(levels: #"{"sql_condition": "x", "m_probability": 2}"#))
        #expect(two.count == 2)
    }

    @Test func `a file of any depth, size or number of levels is refused in time`() {
        #expect(faults(String(repeating: "[", count: 100_000)).first?.contains("nested") == true)
        #expect(faults(String(repeating: #"{"a":"#, count: 100_000)).first?.contains("nested") == true)
        let levels = String(repeating: #"{"sql_condition":"ELSE"},"#, count: 5000) + SampleModels.other
        #expect(faults(SampleModels.splink(levels: levels)).first?.contains("5001 levels") == true)
        #expect(faults(String(repeating: " ", count: FileLimit.bytes + 1)).first?.contains("bytes") == true)
        #expect(
            faults("[" + String(repeating: "0,", count: FileLimit.values) + "0]").first?.contains("200000 values")
                == true)
    }

    private func faults(_ json: String) -> [String] {
        do {
            _ = try Model(splink: json, file: "people.json")
            return []
        } catch {
            return error.faults.map(\.sentence)
        }
    }
}
