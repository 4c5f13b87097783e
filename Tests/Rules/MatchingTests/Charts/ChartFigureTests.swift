@testable import Charts
@testable import Matching
import Testing

struct ChartFigureTests {
    @Test func `the bars of a waterfall add up: each starts where the one above ends`() throws {
        let explanation = ChartFixtures.explanation("exact")
        let chart = Chart.waterfall(of: explanation)

        for drawing in [chart.wide, chart.narrow] {
            let elements = try #require(Elements.parsed(drawing.svg(title: "", about: "", id: "x")))
            let bars = elements.filter { $0.name == "rect" }.map {
                ($0.number("x"), $0.number("x") + $0.number("width"))
            }
            // Start, exact, its rarity, city, email, its rarity, together; what is missing has no bar.
            let weights = [-13.25, 9.5, 2.75, -3.5, 8, -1.25, 2.25]
            #expect(bars.count == weights.count)
            let pixels = (bars[0].1 - bars[0].0) / 13.25
            let zero = bars[0].1
            var soFar = 0.0
            for (bar, weight) in zip(bars, weights.dropLast()) {
                #expect(isNear(bar.0, zero + min(soFar, soFar + weight) * pixels, within: 0.001))
                #expect(isNear(bar.1, zero + max(soFar, soFar + weight) * pixels, within: 0.001))
                soFar += weight
            }
            #expect(isNear(bars[6].1 - bars[6].0, 2.25 * pixels, within: 0.02))
            let texts = elements.filter { $0.name == "text" }.map(\.text)
            #expect(
                ["−13.25", "+9.50", "+2.75", "−3.50", "0.00", "+8.00", "−1.25", "+2.25"].allSatisfy(texts.contains))
        }
        #expect(chart.tables[0].rows.last?.suffix(2) == ["+2.250000", "+2.250000"])
        #expect(chart.about.contains("+2.25 bits") && !chart.about.contains("rounded"))
    }

    @Test func `a calibrated waterfall says the calibrated probability`() {
        let explanation = Explanation(left: "a", right: "b", prior: 4, parts: [])

        #expect(Chart.waterfall(of: explanation).about.contains("0.9412."))
        let calibrated = Chart.waterfall(of: explanation, calibration: Calibration(slope: 0.5, offset: -2))
        #expect(calibrated.about.contains("0.5000, calibrated."))
    }

    @Test func `the weights chart has every level's m, u and weight, and marks what is not trained`() throws {
        let chart = Chart.weights(of: ChartFixtures.model("name"))

        let rows = chart.tables[0].rows
        #expect(rows[0].dropFirst() == ["missing", "–", "–", "0.0000", "missing: says nothing"])
        #expect(rows[1].dropFirst() == ["name", "0.8000", "0.0500", "+4.0000", "more for rare values of name"])
        #expect(rows[2].dropFirst() == ["near", "0.1000", "–", "–", "u not trained"])
        #expect(rows[3][4] == "−∞" && rows[4][4] == "+∞")
        #expect(rows[5].dropFirst() == ["else", "0.1000", "0.8000", "−3.0000", ""])
        let elements = try #require(Elements.parsed(chart.svg()))
        #expect(elements.contains { $0.name == "text" && $0.text == "not trained" })
        let bars = elements.filter { $0.name == "rect" && $0.attributes["class"] != "td-paper" }
        #expect(isNear(bars[0].number("width") / bars[3].number("width"), 4.0 / 3, within: 0.001))
    }

    @Test func `reliability shows each bin where it belongs`() throws {
        let evaluation = Evaluation(of: OutcomeTests.random(300, seed: 4))
        let chart = Chart.reliability(of: evaluation)

        let dots = try #require(Elements.parsed(chart.wide.svg(title: "", about: "", id: "x"))).filter {
            $0.name == "circle"
        }
        #expect(dots.count == evaluation.equalWidth.bins.count)
        for (dot, bin) in zip(dots, evaluation.equalWidth.bins) {
            #expect(isNear(dot.number("cx"), 52 + 520 * bin.meanProbability, within: 0.01))
            #expect(isNear(dot.number("cy"), 26 + 520 * (1 - bin.share), within: 0.01))
        }
        let brier = try #require(evaluation.losses?.brier)
        #expect(chart.title == "Reliability: Brier \(ChartNumber.fixed(brier, 4))")
        #expect(chart.tables[0].rows.map { $0[2] } == evaluation.equalWidth.bins.map { ChartNumber.count($0.pairs) })
    }

    @Test func `thresholds and blocking show their counts`() {
        let evaluation = Evaluation(of: JudgedLinks(matches: [2, 4], others: [-1, 3], truePairs: 3), at: [0.5])
        let curve = Chart.precisionAndRecall(of: evaluation)
        #expect(
            curve.tables[0].rows[0] == ["+2.0000", "0.8000", "2", "1", "1", "0.6667", "0.6667", "0.6667", "best F1"])
        #expect(curve.tables[0].rows[1] == ["0.0000", "0.5000", "2", "1", "1", "0.6667", "0.6667", "0.6667", ""])
        #expect(curve.tables[1].rows.count == 4)

        let rows = Chart.blocking(ChartFixtures.blocking("rule")).tables[0].rows
        #expect(rows[0] == ["rule", "2,400,000", "1,900,000", "5", "1.50", "rule, x", "1,950", "1,900,275"])
        #expect(rows[1] == ["l.email = r.email", "0", "0", "–", "–", "–", "–", "–"])
        #expect(rows[2][2] == "1,900,000")
    }

    @Test func `cluster sizes are counted in bins that grow`() {
        let chart = Chart.clusterSizes([1, 1, 1, 2, 6, 10, 11, 100, 101])

        #expect(
            chart.tables[0].rows == [
                ["1", "3", "3"], ["2", "1", "2"], ["3", "0", "0"], ["4", "0", "0"], ["5", "0", "0"],
                ["6–10", "2", "16"],
                ["11–20", "1", "11"], ["21–50", "0", "0"], ["51–100", "1", "100"], ["101–200", "1", "101"],
            ])
        #expect(chart.about.hasPrefix("233 records in 9 clusters; the largest has 101."))
        #expect(Elements.parsed(Chart.clusterSizes([]).html()) != nil)
    }

    @Test func `charts of nothing are still charts`() {
        let nothing = Evaluation(of: JudgedLinks(matches: [], others: []))
        let charts: [Chart] = [
            .weights(of: Model()), .waterfall(of: Explanation(left: "", right: "", prior: .nan, parts: [])),
            .reliability(of: nothing), .precisionAndRecall(of: nothing),
            .blocking(BlockingReport(rules: [], total: 0)), .clusterSizes([]),
        ]

        for chart in charts { #expect(Elements.parsed(chart.html()) != nil && Elements.parsed(chart.svg()) != nil) }
    }
}
