public import Charts

extension Chart {
    /// What each level of each comparison adds to the odds, in bits: log2(m / u).
    public static func weights(of model: Model) -> Chart {
        let levels = model.comparisons.flatMap { comparison in
            comparison.levels.map { LevelWeight(comparison, $0) }
        }
        let prior = LogOdds.bits(model.prior / (1 - model.prior))
        let untrained = levels.count { $0.state == .untrained }
        let about =
            "What each level of agreement adds to the odds that two records are the same, in bits: one bit doubles "
            + "them. They start at \(ChartNumber.fixed(prior, 2)), the probability of two records drawn at random "
            + "(\(ChartNumber.probability(model.prior)))."
            + (untrained == 0
                ? "" : " \(untrained == 1 ? "One level is" : "\(untrained) levels are") not trained.")
        return Chart(title: "Match weights", about: about, tables: [table(of: levels)]) { width in
            WeightsDrawing(model, width: width).drawn()
        }
    }

    private static func table(of levels: [LevelWeight]) -> ChartTable {
        let shown = levels.prefix(2_000)
        let left = levels.count - shown.count
        return ChartTable(
            "Levels and their weights"
                + (left > 0 ? " (\(ChartNumber.count(left)) more are left out)" : ""),
            [
                .text("Comparison"), .text("Level"), .number("m"), .number("u"), .number("Weight"),
                .text("Remark"),
            ],
            rows: shown.map { level in
                [
                    level.comparison, level.label, level.m.map(ChartNumber.probability) ?? "–",
                    level.u.map(ChartNumber.probability) ?? "–", level.figure(decimals: 4), level.remark,
                ]
            })
    }
}

/// A level as the chart shows it.
private struct LevelWeight {
    enum State {
        case trained, untrained, null
    }

    let comparison, label, remark: String
    let m, u: Double?
    let state: State
    /// log2(m / u); 0 when it says nothing or is not trained.
    let weight: Double

    init(_ comparison: Comparison, _ level: Level) {
        self.comparison = comparison.name
        label = level.label
        (m, u) = (level.m, level.u)
        var remarks: [String] = []
        if level.isNull {
            (state, weight) = (.null, 0)
            remarks.append("missing: says nothing")
        } else if let m = level.m, let u = level.u {
            (state, weight) = (.trained, LogOdds.bits(m / u))
        } else {
            (state, weight) = (.untrained, 0)
            remarks.append(
                m == nil && u == nil ? "not trained" : m == nil ? "m not trained" : "u not trained")
        }
        if let frequency = level.frequency {
            remarks.append("more for rare values of \(frequency.column)")
        }
        remark = remarks.joined(separator: "; ")
    }

    func figure(decimals: Int) -> String {
        switch state {
        case .trained: ChartNumber.signed(weight, decimals)
        case .untrained: "–"
        case .null: ChartNumber.fixed(0, decimals)
        }
    }
}

/// Lays the levels out below each other, bars to both sides of zero.
private struct WeightsDrawing {
    private var drawing: Drawing
    private let comparisons: [(name: String, levels: [LevelWeight])]
    private let leftOut: Int
    private let scale: ChartScale
    private let figures: Double
    private static let most = 300

    init(_ model: Model, width: Double) {
        drawing = Drawing(width: width)
        var room = Self.most
        var shown: [(name: String, levels: [LevelWeight])] = []
        for comparison in model.comparisons where room > 0 {
            let levels = comparison.levels.prefix(room).map { LevelWeight(comparison, $0) }
            room -= levels.count
            shown.append((comparison.name, levels))
        }
        comparisons = shown
        leftOut = model.comparisons.reduce(0) { $0 + $1.levels.count } - (Self.most - room)
        let weights = shown.flatMap(\.levels).map(\.weight).filter(\.isFinite)
        let range = min(weights.min() ?? 0, -1)...max(weights.max() ?? 0, 1)
        figures = width - 2
        scale = ChartScale(
            over: range, from: drawing.isNarrow ? 14 : 340,
            to: drawing.isNarrow ? width - 14 : width - 84,
            ticks: drawing.isNarrow ? 5 : 8)
    }

    consuming func drawn() -> Drawing {
        let rowHeight = drawing.isNarrow ? 38.0 : 24.0
        let rows = comparisons.reduce(0) { $0 + $1.levels.count }
        let bottom = Double(rows) * rowHeight + Double(comparisons.count) * 34 + 6
        drawing.uprightAxis(scale, top: 6, bottom: bottom, label: "match weight in bits") { [scale] in
            ChartNumber.signed($0, scale.decimals)
        }
        drawing.line(scale.place(0), 6, scale.place(0), bottom, "td-axis")
        var y = 0.0
        for comparison in comparisons {
            y += 34
            let name = ChartText.shortened(comparison.name, toFit: drawing.isNarrow ? drawing.width : 320)
            drawing.text(0, y - 8, name, "td-strong")
            for level in comparison.levels {
                draw(level, y: y)
                y += rowHeight
            }
        }
        drawing.height = bottom + 44
        if leftOut > 0 {
            drawing.text(
                0, bottom + 62, "\(ChartNumber.count(leftOut)) more levels are not drawn.", "td-muted")
            drawing.height += 26
        }
        return drawing
    }

    private mutating func draw(_ level: LevelWeight, y: Double) {
        let (scale, figures) = (scale, figures)
        let remark = level.remark.isEmpty ? "" : " (\(level.remark))"
        drawing.group("\(level.comparison), \(level.label): \(level.figure(decimals: 4))\(remark)") {
            drawing in
            let isNarrow = drawing.isNarrow
            let label = ChartText.squeezed(level.label, toFit: isNarrow ? drawing.width - 88 : 316)
            drawing.text(isNarrow ? 0 : 12, y + 14, label, level.state == .trained ? "" : "td-muted")
            let isUntrained = level.state == .untrained
            drawing.text(
                figures, y + 14, isUntrained ? "not trained" : level.figure(decimals: 2),
                isUntrained ? "td-warning td-end" : level.state == .null ? "td-muted td-end" : "td-end")
            let top = isNarrow ? y + 20 : y + 3
            let height = isNarrow ? 12.0 : 15.0
            let zero = scale.place(0)
            switch level.state {
            case .trained where level.weight == 0: drawing.line(zero, top, zero, top + height, "td-axis")
            case .trained:
                let colour = level.weight > 0 ? "td-accent" : "td-neutral"
                drawing.bar(fromX: zero, toX: scale.place(level.weight), y: top, height: height, colour)
            case .untrained: drawing.dot(zero, top + height / 2, radius: 4, "td-alarm")
            case .null: break
            }
        }
    }
}
