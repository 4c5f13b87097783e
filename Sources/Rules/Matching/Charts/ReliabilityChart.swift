public import Charts

extension Chart {
    /// Whether probabilities mean what they say: the share of matches among the pairs given each probability, and how
    /// many pairs have it.
    public static func reliability(of evaluation: Evaluation) -> Chart {
        let bins = evaluation.equalWidth
        let brier = evaluation.losses.map { ": Brier \(ChartNumber.fixed($0.brier, 4))" } ?? ""
        var about =
            "Points on the diagonal are right; below it the probabilities are too high, above it too low. The "
            + "lines show where 95 of 100 samples would lie; what is further off than that is orange."
        if let losses = evaluation.losses {
            about +=
                " Over \(ChartNumber.count(losses.pairs)) scored pairs the expected calibration error is "
                + "\(ChartNumber.fixed(bins.expectedError, 4)) and the log loss \(ChartNumber.fixed(losses.logLoss, 4)); "
                + "with the \(ChartNumber.count(losses.missed)) true pairs that were never scored the Brier score is "
                + "\(ChartNumber.fixed(losses.brierWithMissed, 4))."
        }
        let tables = [
            table("Bins of equal width", bins), table("Bins of about equal count", evaluation.equalCount),
        ]
        return Chart(title: "Reliability\(brier)", about: about, tables: tables) { width in
            ReliabilityDrawing(bins, width: width).drawn()
        }
    }

    private static func table(_ caption: String, _ reliability: Reliability) -> ChartTable {
        ChartTable(
            caption,
            [
                .number("From"), .number("To"), .number("Pairs"), .number("Matches"),
                .number("Mean probability"),
                .number("Share of matches"), .number("95 % from"), .number("95 % to"),
            ],
            rows: reliability.bins.map { bin in
                let shares = [bin.share, bin.interval.lowerBound, bin.interval.upperBound]
                return [
                    ChartNumber.probability(bin.from), ChartNumber.probability(bin.to),
                    ChartNumber.count(bin.pairs),
                    ChartNumber.count(bin.matches), ChartNumber.probability(bin.meanProbability),
                ] + shares.map { ChartNumber.fixed($0, 4) }
            })
    }
}

/// A square with the diagonal, and the counts below it on the same scale of probability.
private struct ReliabilityDrawing {
    private var drawing: Drawing
    private let bins: Reliability
    private let x, y: ChartScale
    private let left = 52.0
    private let side: Double

    init(_ bins: Reliability, width: Double) {
        drawing = Drawing(width: width)
        self.bins = bins
        side = min(width - 52 - 12, 520)
        let ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
        x = ChartScale(exactly: 0...1, ticks: ticks, decimals: 1, from: 52, to: 52 + side)
        y = ChartScale(exactly: 0...1, ticks: ticks, decimals: 1, from: 26 + side, to: 26)
    }

    consuming func drawn() -> Drawing {
        drawing.text(0, 12, "share of matches", "td-muted td-small")
        drawing.levelAxis(y, left: left, right: left + side) { ChartNumber.fixed($0, 1) }
        drawing.uprightAxis(x, top: 26, bottom: 26 + side, label: "") { ChartNumber.fixed($0, 1) }
        drawing.line(x.place(0), y.place(0), x.place(1), y.place(1), "td-axis td-dashed")
        let small = "td-muted td-small"
        drawing.text(x.place(0.03), y.place(0.95) + 4, "given too low", small)
        drawing.text(x.place(0.97), y.place(0.05) + 4, "given too high", "\(small) td-end")
        for bin in bins.bins { draw(bin) }
        drawCounts(top: 26 + side + 50, height: drawing.isNarrow ? 70 : 100)
        return drawing
    }

    private mutating func draw(_ bin: Reliability.Bin) {
        let (x, y) = (x.place(bin.meanProbability), y)
        let interval = bin.interval
        let title =
            "\(ChartNumber.count(bin.pairs)) pairs, mean probability \(ChartNumber.fixed(bin.meanProbability, 4)), "
            + "share of matches \(ChartNumber.fixed(bin.share, 4))"
        let isOff = !interval.contains(bin.meanProbability)
        drawing.group(title) { drawing in
            drawing.line(
                x, y.place(interval.lowerBound), x, y.place(interval.upperBound),
                isOff ? "td-alarm-line" : "td-accent-line")
            drawing.dot(x, y.place(bin.share), radius: 5, isOff ? "td-alarm" : "td-accent")
        }
    }

    private mutating func drawCounts(top: Double, height: Double) {
        let most = bins.bins.map(\.pairs).max() ?? 1
        let scale = ChartScale(countsTo: most, from: top + height, to: top)
        drawing.text(0, top - 14, "pairs", "td-muted td-small")
        for tick in scale.ticks {
            drawing.line(left, scale.place(tick), left + side, scale.place(tick), "td-rule")
        }
        let skipped = scale.ticks.count > 5 ? 2 : 1
        for (index, tick) in scale.ticks.enumerated() where index.isMultiple(of: skipped) {
            drawing.text(
                left - 7, scale.place(tick) + 4, ChartNumber.short(tick), "td-muted td-small td-end")
        }
        for bin in bins.bins {
            let (x, range) = (x, (bin.from, bin.to))
            drawing.group("\(ChartNumber.count(bin.pairs)) pairs from \(bin.from) to \(bin.to)") {
                drawing in
                let end = scale.place(Double(bin.pairs))
                drawing.bar(
                    fromX: x.place(range.0) + 1, toX: x.place(range.1) - 1, y: end,
                    height: top + height - end,
                    "td-neutral")
            }
        }
        drawing.line(left, top + height, left + side, top + height, "td-axis")
        drawing.text(
            left + side / 2, top + height + 20,
            drawing.isNarrow
                ? "probability; counts in powers of ten"
                : "probability given; counts on a scale of powers of ten",
            "td-muted td-small td-middle")
        drawing.height = top + height + 30
    }
}
