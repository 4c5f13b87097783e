import Charts
import Foundation
import FoundationXML
import Matching

/// Charts for the tests, with kind and with hostile texts.
enum ChartFixtures {
    static let hostile = [
        "<script>alert(1)</script>", "\" onload=\"alert(1)\" '&amp; ]]> <!-- -->",
        "a\u{0}b\u{7}c\u{1B}[31m\u{85}\u{FFFE}",
        String(repeating: "wide ", count: 2_000), String(repeating: "W", count: 10_000), "\u{202E}live\u{202C} שלום",
        "e" + String(repeating: "\u{301}", count: 10_000), "", "👩‍👩‍👧‍👧", "a\nb\tc\rd",
    ]

    static func model(_ text: String) -> Model {
        var model = Model()
        var exact = Level(.otherwise, label: text, m: 0.8, u: 0.05)
        exact.frequency = FrequencyAdjustment(column: text)
        model.comparisons = [
            Comparison(
                name: text,
                levels: [
                    Level(.otherwise, label: "missing", isNull: true), exact,
                    Level(.otherwise, label: "near", m: 0.1), Level(.otherwise, label: "never", m: 0, u: 0.5),
                    Level(.otherwise, label: "always", m: 0.5, u: 0),
                    Level(.otherwise, label: "else", m: 0.1, u: 0.8),
                ])
        ]
        return model
    }

    static func explanation(_ text: String) -> Explanation {
        Explanation(
            left: text, right: "B", prior: -13.25,
            parts: [
                .init(
                    comparison: text, level: text, left: [text, nil], right: [text], weight: 9.5, frequencyWeight: 2.75),
                .init(
                    comparison: "city", level: "else", left: ["Leeds"], right: ["York"], weight: -3.5,
                    frequencyWeight: 0),
                .init(comparison: "name", level: "missing", left: [nil], right: ["x"], weight: 0, frequencyWeight: 0),
                .init(
                    comparison: "email", level: "exact", left: ["a@b"], right: ["a@b"], weight: 8,
                    frequencyWeight: -1.25),
            ])
    }

    static func blocking(_ text: String) -> BlockingReport {
        BlockingReport(
            rules: [
                .init(
                    text: text, pairs: 2_400_000, gain: 1_900_000, only: 5,
                    largest: .init(key: [text, "x"], records: 1_950, pairs: 1_900_275), seconds: 1.5),
                .init(text: "l.email = r.email", pairs: 0, gain: 0),
            ], total: 1_900_000)
    }

    static func charts(_ text: String) -> [Chart] {
        let evaluation = Evaluation(of: OutcomeTests.random(400, seed: 3))
        return [
            .weights(of: model(text)), .waterfall(of: explanation(text)), .blocking(blocking(text)),
            .reliability(of: evaluation), .precisionAndRecall(of: evaluation), .clusterSizes([1, 1, 2, 3, 9, 1_200]),
        ]
    }
}

/// A parsed document, as a flat list of its elements.
final class Elements: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""

        func number(_ attribute: String) -> Double { attributes[attribute].flatMap(Double.init) ?? .nan }
    }

    private(set) var all: [Element] = []
    private var open: [Int] = []

    /// The elements, or nil when the document is not well-formed.
    static func parsed(_ document: String) -> [Element]? {
        let elements = Elements()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = elements
        return parser.parse() ? elements.all : nil
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(all.count)
        all.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let last = open.last { all[last].text += text }
    }
}
