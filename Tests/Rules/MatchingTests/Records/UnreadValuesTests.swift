import Testing

@testable import Matching

/// Values that are no dates, numbers or places are told, with the one that is met most often.
@Suite struct UnreadValuesTests {
    private func found(_ comparison: String, _ values: [String?]) throws -> [UnreadValues] {
        let model = try Model(yaml: "comparisons:\n  - \(comparison)", file: "people.yaml")
        let people = values.enumerated().map { number, value in
            PlainRecord(name: "\(number)", source: 0, values: value.map { ["born": $0] } ?? [:])
        }
        return try Records(of: people, sources: ["people"], for: model).unreadValues(of: model)
    }

    private static let dates = ["1980-02-29", "1981-02-29", "n/a", "3/4/1980", nil, "n/a", "2001-01-01"]

    @Test(arguments: ["{compare: date}", "{compare: date, rich: true}", "{compare: date, within: [3 days]}"])
    func `a date that does not exist or is written otherwise is none`(form: String) throws {
        let unread = try found("born: \(form)", Self.dates)
        #expect(
            unread == [
                UnreadValues(
                    value: "born", reading: .date(formats: ["%Y-%m-%d"]), filled: 6, unread: 4, example: "n/a",
                    exampleRecords: 2)
            ])
        #expect(
            unread.first?.sentence == """
                born: 4 of 6 values cannot be read as dates in the format %Y-%m-%d, most often "n/a" (2 times). \
                As dates they count as missing.
                """)
    }

    @Test func `of several formats one must fit`() throws {
        let form = #"born: {compare: date, format: ["%Y-%m-%d", "%d/%m/%Y"]}"#
        let unread = try found(form, Self.dates)
        #expect(unread.map(\.unread) == [3])
        #expect(unread.map(\.reading) == [.date(formats: ["%Y-%m-%d", "%d/%m/%Y"])])
        #expect(unread.first?.sentence.contains("the format %Y-%m-%d or %d/%m/%Y, most often") == true)
        #expect(try found(form, ["1980-02-29", "3/4/1980", nil]) == [])
    }

    @Test func `numbers are read as numbers, and texts as anything`() throws {
        let unread = try found("born: {compare: difference, at: [1, 5]}", ["12", "1e3", "£12", "12 kg", "£12"])
        #expect(unread.map(\.reading) == [.number] && unread.map(\.unread) == [3])
        #expect(unread.map(\.example) == ["£12"])
        #expect(try found("born: {compare: jaro-winkler}", ["n/a", "x"]) == [])
        #expect(try found("born: {compare: date}", [nil, nil]) == [])
    }

    @Test func `one in a thousand is many`() {
        var values = UnreadValues(
            value: "a", reading: .number, filled: 1_001, unread: 1, example: "x", exampleRecords: 1)
        #expect(!values.isMany)
        values.filled = 1_000
        #expect(values.isMany)
    }

    /// The same day in two ways is the same date, and day and month are what each format says.
    @Test func `dates that are written in two ways are compared as what they are`() throws {
        let model = try Model(
            yaml: """
                blocking: [town]
                comparisons:
                  - born: {compare: date, format: ["%Y-%m-%d", "%d/%m/%Y"], within: [1 month]}
                """, file: "people.yaml")
        let people = ["1980-04-03", "3/4/1980", "20/4/1980", "n/a"].enumerated().map { number, born in
            PlainRecord(name: "\(number)", source: 0, values: ["born": born, "town": "Leeds"])
        }
        let linker = try Linker(model, Records(of: people, sources: ["people"], for: model))
        let levels = [(0, 1), (0, 2), (0, 3)].map { linker.explanation(of: $0.0, and: $0.1).parts.map(\.level) }
        #expect(levels[0].first?.hasSuffix("the same") == true)
        #expect(levels[1].first?.hasSuffix("within 1 month") == true)
        #expect(levels[2].first?.hasSuffix("missing") == true)
    }

    @Test(arguments: [
        ("{compare: date, format: '%Q'}", "\"%Q\" is no format of dates; write %Y-%m-%d or %d/%m/%Y."),
        ("{compare: date, format: ['%Y', '']}", "\"\" is no format of dates; write %Y-%m-%d or %d/%m/%Y."),
        ("{compare: date, format: []}", "the list is empty."),
        ("{compare: exact, format: '%Y'}", "only the comparison date has a format."),
    ])
    func `a format that cannot be is refused`(form: String, sentence: String) {
        let faults = #expect(throws: ModelFaults.self) { try Model(yaml: "comparisons: [a: \(form)]", file: "m.yaml") }
        #expect(faults?.faults.map(\.sentence) == ["m.yaml: comparisons[0] \"a\".format: \(sentence)"])
    }

    @Test func `a rule by a date as it is written is doubted where a comparison reads it in two ways`() throws {
        func doubts(_ rules: String) throws -> [String] {
            try Model(
                yaml: """
                    blocking: \(rules)
                    comparisons: [born: {compare: date, format: ["%Y-%m-%d", "%d/%m/%Y"]}]
                    """, file: "m.yaml"
            ).doubts.map(\.sentence)
        }
        let doubt = try doubts("[town, [born, town]]")
        #expect(doubt.count == 1 && doubt[0].hasPrefix("blocking[1]: it takes born as it is written"), "\(doubt)")
        #expect(doubt[0].contains("COALESCE("))
        #expect(try doubts("[town]") == [])
    }
}
