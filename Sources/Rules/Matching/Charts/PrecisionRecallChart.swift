public import Charts

extension Chart {
    /// Precision and recall for every threshold.
    public static func precisionAndRecall(of evaluation: Evaluation) -> Chart {
        var about =
            "What comes of taking all pairs from a weight on: precision is the share of them that is right, recall the "
            + "share of all \(ChartNumber.count(evaluation.truePairs)) true pairs that is among them."
        if let best = evaluation.best {
            about +=
                " The best F1, \(ChartNumber.fixed(best.f1, 4)), is at weight \(ChartNumber.signed(best.weight)) "
                + "(probability \(ChartNumber.probability(best.probability)))."
        }
        if let recall = evaluation.blockingRecall {
            about +=
                " Recall cannot pass \(ChartNumber.percent(recall)), which blocking brought together."
        }
        let asked = evaluation.thresholds.map { ("asked", $0) }
        let best = evaluation.best.map { [("best F1", $0)] } ?? []
        let tables = [
            table("Thresholds", best + asked), table("The curve", evaluation.curve.map { ("", $0) }),
        ]
        return Chart(title: "Precision and recall", about: about, tables: tables) { width in
            CurveDrawing(evaluation, width: width).drawn()
        }
    }

    private static func table(_ caption: String, _ outcomes: [(note: String, outcome: Outcome)])
        -> ChartTable
    {
        let hasNotes = outcomes.contains { !$0.note.isEmpty }
        return ChartTable(
            caption,
            [
                .number("From weight"), .number("Probability"), .number("Right"), .number("Wrong"),
                .number("Missed"),
                .number("Precision"), .number("Recall"), .number("F1"),
            ] + (hasNotes ? [.text("Remark")] : []),
            rows: outcomes.map { note, outcome in
                let shares = [outcome.precision, outcome.recall, outcome.f1]
                return [
                    ChartNumber.signed(outcome.weight, 4), ChartNumber.probability(outcome.probability),
                    ChartNumber.count(outcome.right), ChartNumber.count(outcome.wrong),
                    ChartNumber.count(outcome.missed),
                ] + shares.map { $0.map { ChartNumber.fixed($0, 4) } ?? "–" }
                    + (hasNotes ? [note == "asked" ? "" : note] : [])
            })
    }
}

/// Two lines over the weights, and a mark at the best place.
private struct CurveDrawing {
    private var drawing: Drawing
    private let evaluation: Evaluation
    private let x, y: ChartScale
    private let left = 44.0
    private let top = 34.0
    private let bottom: Double

    init(_ evaluation: Evaluation, width: Double) {
        drawing = Drawing(width: width)
        self.evaluation = evaluation
        bottom = top + (drawing.isNarrow ? 220 : 360)
        let weights = evaluation.curve.map { min(max($0.weight, -LogOdds.most), LogOdds.most) }
        let lowest = weights.min() ?? -1
        x = ChartScale(
            over: lowest...max(weights.max() ?? 1, lowest + 1), from: left, to: width - 14,
            ticks: drawing.isNarrow ? 5 : 10)
        y = ChartScale(
            exactly: 0...1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], decimals: 1, from: bottom, to: top)
    }

    consuming func drawn() -> Drawing {
        let right = drawing.width - 14
        drawing.levelAxis(y, left: left, right: right) { ChartNumber.fixed($0, 1) }
        drawing.uprightAxis(x, top: top, bottom: bottom, label: "threshold: match weight in bits") {
            [x] in
            ChartNumber.signed($0, x.decimals)
        }
        drawLegend()
        drawing.path(steps { $0.recall }, "td-thick td-neutral-line td-dashed")
        drawing.path(steps { $0.precision }, "td-thick td-accent-line")
        if let best = evaluation.best { mark(best) }
        drawing.height = bottom + 44
        return drawing
    }

    private mutating func drawLegend() {
        drawing.path([(left, 11), (left + 28, 11)], "td-thick td-accent-line")
        drawing.text(left + 35, 15, "precision")
        drawing.path([(left + 112, 11), (left + 140, 11)], "td-thick td-neutral-line td-dashed")
        drawing.text(left + 147, 15, "recall")
    }

    /// From high weights to low. A share holds from its weight up to the next higher one, which makes stairs.
    private func steps(_ share: (Outcome) -> Double?) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        for outcome in evaluation.curve {
            guard let share = share(outcome) else { continue }
            let point = (x: x.place(outcome.weight), y: y.place(share))
            if let last = points.last { points.append((last.x, point.y)) }
            points.append(point)
        }
        return points
    }

    private mutating func mark(_ best: Outcome) {
        let (x, y, top, bottom) = (x.place(best.weight), y, top, bottom)
        let isRight = x > drawing.width / 2
        drawing.group(
            "best F1 \(ChartNumber.fixed(best.f1, 4)) at weight \(ChartNumber.signed(best.weight, 4))"
        ) {
            $0.line(x, top, x, bottom, "td-axis")
            if let precision = best.precision { $0.dot(x, y.place(precision), radius: 4.5, "td-accent") }
            if let recall = best.recall { $0.dot(x, y.place(recall), radius: 4.5, "td-neutral") }
            let label = "best F1 \(ChartNumber.fixed(best.f1, 3))"
            $0.text(
                isRight ? x - 8 : x + 8, bottom - 12, label, isRight ? "td-strong td-end" : "td-strong")
        }
    }
}
