public import Charts

extension Chart {
    /// How the parts of one pair's weight add up, from the prior to the end. With a calibration the probability is
    /// the calibrated one.
    public static func waterfall(of explanation: Explanation, calibration: Calibration? = nil)
        -> Chart
    {
        let steps = WaterfallStep.steps(of: explanation)
        let weight = explanation.weight
        let given = calibration.map { $0.slope * weight + $0.offset } ?? weight
        let probability = ChartNumber.probability(LogOdds.probability(given))
        let names = [explanation.left, explanation.right].map { ChartText.shortened($0, to: 40) }
        let about =
            "Each bar starts where the one above ends. Together they make a weight of "
            + "\(ChartNumber.signed(weight)) bits, which is a probability of \(probability)"
            + (calibration == nil ? "." : ", calibrated.")
            + (addUp(steps, to: weight) || !weight.isFinite
                ? "" : " Figures are rounded; unrounded they add up.")
        return Chart(title: "\(names[0]) and \(names[1])", about: about, tables: [table(of: steps)]) {
            width in
            WaterfallDrawing(steps, probability: probability, width: width).drawn()
        }
    }

    /// Whether the figures as they are shown add up to the figure shown.
    private static func addUp(_ steps: [WaterfallStep], to weight: Double) -> Bool {
        let shown = { (value: Double) in (value * 100).rounded(.toNearestOrAwayFromZero) }
        return steps.dropLast().reduce(0) { $0 + shown($1.weight) } == shown(weight)
    }

    private static func table(of steps: [WaterfallStep]) -> ChartTable {
        ChartTable(
            "How the weight adds up",
            [
                .text("Part"), .text("Level"), .text("Left"), .text("Right"), .number("Weight"),
                .number("So far"),
            ],
            rows: steps.map {
                [
                    $0.name, $0.level, $0.left, $0.right, ChartNumber.signed($0.weight, 6),
                    ChartNumber.signed($0.end, 6),
                ]
            })
    }
}

/// One bar: from where to where.
private struct WaterfallStep {
    enum Kind {
        case prior, part, frequency, total
    }

    let kind: Kind
    let name, level, left, right: String
    let start, weight: Double
    var end: Double { start + weight }

    static func steps(of explanation: Explanation) -> [Self] {
        var steps = [
            Self(
                kind: .prior, name: "Start", level: explanation.found ?? "any two records", start: 0,
                weight: explanation.prior)
        ]
        var soFar = explanation.prior
        for part in explanation.parts {
            let (left, right) = (joined(part.left), joined(part.right))
            steps.append(
                Self(
                    kind: .part, name: part.comparison,
                    level: part.given.map { "\(part.level), \($0)" } ?? part.level, left: left, right: right,
                    start: soFar,
                    weight: part.weight))
            soFar += part.weight
            guard part.frequencyWeight != 0 else { continue }
            let level = part.frequencyWeight > 0 ? "a rare value" : "a common value"
            steps.append(
                Self(
                    kind: .frequency, name: part.comparison, level: level, start: soFar,
                    weight: part.frequencyWeight))
            soFar += part.frequencyWeight
        }
        return steps + [
            Self(kind: .total, name: "Together", level: "", start: 0, weight: explanation.weight)
        ]
    }

    private init(
        kind: Kind, name: String, level: String, left: String = "", right: String = "", start: Double,
        weight: Double
    ) {
        (self.kind, self.name, self.level, self.left, self.right) = (kind, name, level, left, right)
        (self.start, self.weight) = (start, weight)
    }

    private static func joined(_ values: [String?]) -> String {
        values.map { $0.map { ChartText.shortened($0, to: 80) } ?? "missing" }.joined(separator: ", ")
    }
}

/// Lays the bars out below each other, each joined to the next by a thin line.
private struct WaterfallDrawing {
    private var drawing: Drawing
    private let steps: [WaterfallStep]
    private let scale: ChartScale
    private let probability: String

    init(_ steps: [WaterfallStep], probability: String, width: Double) {
        drawing = Drawing(width: width)
        self.steps = steps
        self.probability = probability
        let ends = steps.flatMap { [$0.start, $0.end] }.filter(\.isFinite)
        scale = ChartScale(
            over: min(ends.min() ?? 0, -1)...max(ends.max() ?? 0, 1), from: drawing.isNarrow ? 14 : 330,
            to: drawing.isNarrow ? width - 14 : width - 84, ticks: drawing.isNarrow ? 5 : 8)
    }

    consuming func drawn() -> Drawing {
        let heights = steps.map(height(of:))
        let bottom = heights.reduce(8, +)
        drawing.uprightAxis(
            scale, top: 4, bottom: bottom, label: "match weight in bits; 0 is even odds"
        ) { [scale] in
            ChartNumber.signed($0, scale.decimals)
        }
        drawing.line(scale.place(0), 4, scale.place(0), bottom, "td-axis")
        drawJoints(heights)
        var y = 8.0
        for (step, height) in zip(steps, heights) {
            if step.kind == .total { drawing.line(0, y - 2, drawing.width, y - 2, "td-axis") }
            draw(step, y: y)
            y += height
        }
        drawing.height = bottom + 44
        return drawing
    }

    /// The thin lines from where a bar ends to where the next starts; drawn first, so that texts stand above them.
    private mutating func drawJoints(_ heights: [Double]) {
        var y = 8.0
        for (index, height) in heights.enumerated().dropLast() {
            let x = scale.place(steps[index].end)
            let next = y + height + barTop(of: steps[index + 1])
            drawing.line(x, y + barTop(of: steps[index]) + barHeight, x, next, "td-axis")
            y += height
        }
    }

    private let barHeight = 14.0

    private func hasValues(_ step: WaterfallStep) -> Bool {
        step.kind == .part || step.kind == .total
    }

    private func height(of step: WaterfallStep) -> Double {
        (drawing.isNarrow ? 42 : 28) + (hasValues(step) ? 18 : 0)
    }

    private func barTop(of step: WaterfallStep) -> Double {
        drawing.isNarrow ? (hasValues(step) ? 42 : 24) : (hasValues(step) ? 14 : 6)
    }

    private mutating func draw(_ step: WaterfallStep, y: Double) {
        let label =
            step.kind == .total || step.level.isEmpty ? step.name : "\(step.name): \(step.level)"
        let values = step.kind == .total ? "probability \(probability)" : "\(step.left) · \(step.right)"
        let (top, barHeight, scale) = (y + barTop(of: step), barHeight, scale)
        let hasValues = hasValues(step)
        drawing.group(
            "\(label): \(ChartNumber.signed(step.weight, 6))\(hasValues ? ", \(values)" : "")"
        ) { drawing in
            let room = drawing.isNarrow ? drawing.width - 64 : 310.0
            let strong = step.kind == .total ? "td-strong" : step.kind == .frequency ? "td-muted" : ""
            drawing.text(0, y + 17, ChartText.squeezed(label, toFit: room), strong)
            if hasValues {
                Self.values(
                    step, values, in: &drawing, y: y + 34, room: drawing.isNarrow ? drawing.width : 310)
            }
            let figureY = drawing.isNarrow ? y + 17 : top + 12
            let figure = ChartNumber.signed(step.weight)
            drawing.text(
                drawing.width - 2, figureY, figure, strong.isEmpty ? "td-end" : "\(strong) td-end")
            let (start, end) = (scale.place(step.start), scale.place(step.end))
            if (end - start).magnitude < 1 {
                drawing.line(start, top, start, top + barHeight, "td-axis")
            } else {
                drawing.bar(fromX: start, toX: end, y: top, height: barHeight, Self.colour(of: step))
            }
        }
    }

    /// Each value cut to its half of the room, so that a long one does not hide the other.
    private static func values(
        _ step: WaterfallStep, _ values: String, in drawing: inout Drawing, y: Double, room: Double
    ) {
        guard step.kind == .part else { return drawing.text(0, y, values, "td-strong") }
        let half = (room - 16) / 2
        let left = ChartText.shortened(
            step.left, toFit: max(half, room - 16 - ChartText.width(of: step.right)))
        let right = ChartText.shortened(
            step.right, toFit: max(half, room - 16 - ChartText.width(of: left)))
        drawing.text(0, y, "\(left) · \(right)", "td-muted")
    }

    private static func colour(of step: WaterfallStep) -> String {
        switch step.kind {
        case .total, .part: step.weight > 0 ? "td-accent" : "td-neutral"
        case .prior: "td-neutral"
        case .frequency: step.weight > 0 ? "td-soft" : "td-neutral"
        }
    }
}
