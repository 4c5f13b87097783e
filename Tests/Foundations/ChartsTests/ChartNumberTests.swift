@testable import Charts
import Testing

struct ChartNumberTests {
    @Test(arguments: [
        (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (1.005, 1, "1.0"), (-13.2877, 2, "−13.29"),
        (1_234_567.5, 0, "1,234,568"),
        (0.999, 2, "1.00"), (.infinity, 2, "∞"), (-.infinity, 2, "−∞"), (.nan, 2, "undefined"), (1e300, 2, "1e+300"),
    ]) func `numbers are rounded as written`(value: Double, decimals: Int, text: String) {
        #expect(ChartNumber.fixed(value, decimals) == text)
    }

    @Test(arguments: [
        (0.0, "0"), (1, "1"), (0.5, "0.5000"), (0.0021, "0.0021"), (0.000_25, "0.00025"), (2.14e-7, "2.1×10⁻⁷"),
        (9.96e-6, "1.0×10⁻⁵"), (0.999_998_7, "0.9999987"), (1 - 1e-13, "> 0.99999999999"),
        (.leastNonzeroMagnitude, "0.0000"),
    ]) func `probabilities have the digits that tell them from 0 and 1`(probability: Double, text: String) {
        #expect(ChartNumber.probability(probability) == text)
    }

    @Test func `signs, counts and places are written for their readers`() {
        #expect(ChartNumber.signed(2.5) == "+2.50")
        #expect(ChartNumber.signed(0.001) == "0.00")
        #expect(ChartNumber.signed(-2.5) == "−2.50")
        #expect([0, 999, 1_000, -1_234_567].map(ChartNumber.count) == ["0", "999", "1,000", "−1,234,567"])
        #expect(
            [0, 1.5, -2.25, 3.004, 0.057, .nan, 1e12].map(ChartNumber.place) == [
                "0", "1.5", "-2.25", "3", "0.06", "0", "1000000",
            ])
    }

    @Test(arguments: [
        (-13.2, 17.8, 8, [-15.0, -10, -5, 0, 5, 10, 15, 20]), (0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 2_412_002, 6, [0, 500_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000]),
    ]) func `ticks stand at round numbers around the values`(from: Double, to: Double, most: Int, ticks: [Double]) {
        let scale = ChartScale(over: from...to, from: 0, to: 100, ticks: most)

        #expect(scale.ticks.count == ticks.count)
        #expect(zip(scale.ticks, ticks).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) })
        #expect(scale.place(ticks[0]) == 0 && scale.place(ticks[ticks.count - 1]) == 100)
    }

    @Test func `texts are escaped, cut and kept from turning others round`() {
        #expect(ChartText.escaped("a<b>&\"'\u{1}\n\u{202E}c") == "a&lt;b&gt;&amp;&quot;&#39;\u{FFFD} c")
        #expect(ChartText.escaped("שלום") == "\u{2068}שלום\u{2069}")
        #expect(ChartText.shortened("abcdef", to: 4) == "abc…")
        #expect(ChartText.shortened("abcd", to: 4) == "abcd")
        #expect(ChartText.squeezed("Jaro-Winkler distance >= 0.92", toFit: 140).hasSuffix(">= 0.92"))
        #expect(ChartText.lines("one two three four", toFit: 60, most: 2).count == 2)
        #expect(ChartText.escaped("e" + String(repeating: "\u{301}", count: 50)).unicodeScalars.count == 4)
    }
}
