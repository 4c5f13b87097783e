import Foundation
import Testing

@testable import Matching

struct YAMLModelTests {
    @Test func `the shortest model is a list of columns`() throws {
        let model = try Model(yaml: "comparisons: [surname, town]", file: "m.yaml")

        let surname = try #require(model.comparisons.first)
        let (left, right) = (Operand.left("surname"), Operand.right("surname"))
        #expect(
            surname.levels.map(\.condition) == [
                .any([.isMissing(left), .isMissing(right)]), .equal(left, right), .otherwise,
            ])
        #expect(surname.levels.map(\.isNull) == [true, false, false])
        #expect(model.comparisons.map(\.name) == ["surname", "town"])
        #expect(model.yaml() == "links: dedupe\ncomparisons: [surname, town]\n")
    }

    @Test(arguments: ShortComparison.Kind.allCases) func `every short comparison is written as it was read`(
        kind: ShortComparison.Kind
    ) throws {
        let pair = kind == .names || kind == .place
        let columns = pair ? "columns: [a, b]" : "column: lower(a)"
        for limits in ["", kind == .date ? ", within: [3 days, 2 months]" : ", at: [0.5]"] {
            if kind == .exact || kind == .postcode, !limits.isEmpty { continue }
            let yaml = "comparisons:\n  - x: {compare: \(kind.rawValue), \(columns)\(limits)}"
            let model = try Model(yaml: yaml, file: "m.yaml")
            let written = model.yaml()
            #expect(written.contains("{") && !written.contains("levels"), "\(written)")
            #expect(try Model(yaml: written, file: "again.yaml") == model, "\(written)")
        }
    }

    @Test func `the example says all there is, and says it again when written`() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../../..").standardized
        let bytes = [UInt8](try Data(contentsOf: root.appending(path: "docs/examples/people.yaml")))
        let model = try Model(contents: bytes, file: "people.yaml")

        #expect(model.links == .only([.init("tax", "tax"), .init("tax", "benefits")]))
        #expect(model.sources.first?.columns == ["first_name": "forename", "dob": "date_of_birth"])
        #expect(model.blocking.count == 6)
        #expect(
            model.blocking.first?.kind
                == .equal(
                    [.init(.column("surname")), .init(.substring(.column("first_name"), from: 1, count: 1))], also: nil)
        )
        #expect(model.training.runs.count == 2)
        #expect(model.clustering.method == .oneToOne)
        #expect(model.calibration == Calibration(slope: 0.9, offset: -0.5))
        #expect(try Model(yaml: model.yaml(), file: "again.yaml") == model)
        var text = try #require(String(validating: bytes, as: UTF8.self))
        for key in YAMLReader.keys where !["peer", "dialect", "source-column", "strata"].contains(key) {
            #expect(text.contains("\n\(key):"), "the example does not show \(key)")
        }
        text += "\nprior: 0.1\n"
        #expect(faults(text).map { $0.hasSuffix("the key \"prior\" is there twice.") } == [true])
    }

    @Test func `a model of the peer's becomes YAML and back`() throws {
        let model = try Model(splink: SampleModels.splink, file: "people.json")
        #expect(try Model(yaml: model.yaml(), file: "people.yaml") == model)
    }

    @Test func `a trained short comparison keeps its line`() throws {
        let yaml = """
            links: link
            comparisons:
              - name: {compare: exact, column: surname, frequencies: true, m: [0.9, 0.1], u: [null, 0.99], fixed: u}

            """
        let model = try Model(yaml: yaml, file: "m.yaml")
        #expect(model.comparisons[0].levels.map(\.m) == [nil, 0.9, 0.1])
        #expect(model.comparisons[0].levels.map(\.u) == [nil, nil, 0.99])
        #expect(model.comparisons[0].levels.map(\.isUFixed) == [false, true, true])
        #expect(model.comparisons[0].levels[1].frequency == FrequencyAdjustment(column: "surname"))
        #expect(try Model(yaml: model.yaml(), file: "again.yaml") == model)
        #expect(model.yaml().contains("frequencies: true, m: [0.9, 0.1], u: [null, 0.99], fixed: u}"))
    }

    @Test func `names that look like something else stay names`() throws {
        for name in ["no", "null", "1e3", "a: b", "it's \"so\"", "é", "- x", " ", "\u{85}", "#", "😀", "select", "2"] {
            var model = Model()
            let levels = ShortComparison(kind: .exact, columns: [.column(name)]).levels(in: .duckdb)
            model.comparisons = [Comparison(name: name, about: name, levels: levels)]
            model.frequencies = [name: name]
            #expect(try Model(yaml: model.yaml(), file: "m.yaml") == model, "\(model.yaml())")
        }
    }

    @Test(arguments: [
        ("comparison: [a]", "m.yaml: there is no key \"comparison\" here; did you mean \"comparisons\"?"),
        (
            "comparisons: [a: {compare: jaro-winkle}]",
            "m.yaml: comparisons[0] \"a\".compare: there is no compare \"jaro-winkle\"; did you mean \"jaro-winkler\"?"
        ),
        (
            "comparisons: [a: {compare: jaro, at: [0.7, 0.9]}]",
            "m.yaml: comparisons[0] \"a\".at: the limits must go from the strictest to the loosest."
        ),
        (
            "comparisons: [a: {compare: jaro-winkler, at: [90]}]",
            "m.yaml: comparisons[0] \"a\".at: 90 is no limit of jaro-winkler: its limits are from 0 to 1."
        ),
        (
            "comparisons: [a: {compare: levenshtein, at: [-1, 2]}]",
            "m.yaml: comparisons[0] \"a\".at: -1 is no limit of levenshtein: its limits are 0 or more."
        ),
        (
            "comparisons: [a: {compare: exact, at: 1}]",
            "m.yaml: comparisons[0] \"a\".at: the comparison exact has no limits."
        ),
        (
            "comparisons: [a: {compare: date, within: 1 moon}]",
            "m.yaml: comparisons[0] \"a\".within[0]: \"1 moon\" is no period; write 1 day, 3 months or 10 years."
        ),
        (
            "comparisons: [a: {m: [0.1]}]",
            "m.yaml: comparisons[0] \"a\".m: 1 probabilities are given, and there are 2 levels besides the missing one."
        ),
        (
            "comparisons: [a]\nblocking: [[lowr(a)]]",
            "m.yaml: blocking[0][0], character 1: there is no function \"lowr\" here; did you mean \"lower\"?"
        ),
        (
            "comparisons: [a]\nblocking: [{neighbours: {within: 3}}]",
            "m.yaml: blocking[0].neighbours: the key \"by\" is missing: the columns to sort by."
        ),
        (
            "comparisons: [a]\nlinks: all",
            "m.yaml: links: this is dedupe, link, link-and-dedupe or a list of pairs of sources."
        ),
        (
            "comparisons: [a]\nsources: [tax]\nlinks: [[tax, taxi]]",
            "m.yaml: links[0]: there is no source \"taxi\"; did you mean \"tax\"?"
        ),
        ("comparisons: [a]\nprior: .nan", "m.yaml: prior: .nan is not a probability above 0 and below 1."),
        ("comparisons: [a, a]", "m.yaml: comparisons[1] \"a\": comparisons[0] has the same name."),
        (
            "comparisons: [a]\nclusters: {threshold: 95}",
            "m.yaml: clusters.threshold: 95.0 is not a probability from 0 to 1."
        ),
        ("comparisons: [a", "m.yaml: line 2, column 1: this is not YAML: did not find expected ',' or ']'."),
        (
            "comparisons:\n  - a:\n      levels:\n        - {when: a_l = a_r}",
            "m.yaml: comparisons[0] \"a\": the last level must be ELSE, for the pairs that no other level takes."
        ),
    ]) func `what makes no sense is refused by name and place`(yaml: String, sentence: String) {
        #expect(faults(yaml).contains(sentence), "\(faults(yaml))")
    }

    @Test func `a file that unfolds without end is refused`() {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for index in 1...9 {
            let one = "*a\(index - 1)"
            yaml += "a\(index): &a\(index) [\(Array(repeating: one, count: 9).joined(separator: ", "))]\n"
        }
        #expect(faults(yaml).first?.contains("200000 values") == true)
        for deep in ["[", "{a: ", "- ", "? "] {
            #expect(!faults(String(repeating: deep, count: 20_000)).isEmpty)
        }
    }

    private func faults(_ yaml: String) -> [String] {
        do {
            _ = try Model(yaml: yaml, file: "m.yaml")
            return []
        } catch {
            return error.faults.map(\.sentence)
        }
    }
}
