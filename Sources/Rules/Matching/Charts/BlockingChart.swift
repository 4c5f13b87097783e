public import Charts

extension Chart {
    /// What each blocking rule brings, and how much of it no earlier rule brings.
    public static func blocking(_ report: BlockingReport) -> Chart {
        let total = ChartNumber.count(report.total)
        let rules = report.rules.count == 1 ? "One rule brings" : "\(report.rules.count) rules bring"
        let about =
            "\(rules) \(total) different pairs together. The strong part of a bar is what no earlier rule "
            + "brings; a rule without much of it costs time for little."
        return Chart(title: "Blocking: \(total) pairs", about: about, tables: [table(of: report)]) {
            width in
            BlockingDrawing(report, width: width).drawn()
        }
    }

    private static func table(of report: BlockingReport) -> ChartTable {
        ChartTable(
            "Rules and their pairs",
            [
                .text("Rule"), .number("Pairs"), .number("New"), .number("Only here"), .number("Seconds"),
                .text("Largest block"), .number("Records"), .number("Pairs in it"),
            ],
            rows: report.rules.map { rule in
                [
                    rule.text, ChartNumber.count(rule.pairs), ChartNumber.count(rule.gain),
                    rule.only.map(ChartNumber.count) ?? "–",
                    rule.seconds.map { ChartNumber.fixed($0, 2) } ?? "–",
                    rule.largest.map(keyText) ?? "–",
                    rule.largest.map { ChartNumber.count($0.records) } ?? "–",
                    rule.largest.map { ChartNumber.count($0.pairs) } ?? "–",
                ]
            } + [["Together", "", ChartNumber.count(report.total), "", seconds(of: report), "", "", ""]])
    }

    private static func seconds(of report: BlockingReport) -> String {
        let known = report.rules.compactMap(\.seconds)
        return known.isEmpty ? "" : ChartNumber.fixed(known.reduce(0, +), 2)
    }

    fileprivate static func keyText(_ block: BlockingReport.Block) -> String {
        block.key.map { ChartText.shortened($0, to: 60) }.joined(separator: ", ")
    }
}

/// Lays the rules out below each other: the text, the bar, and its largest block.
private struct BlockingDrawing {
    private var drawing: Drawing
    private let report: BlockingReport
    private let scale: ChartScale

    init(_ report: BlockingReport, width: Double) {
        drawing = Drawing(width: width)
        self.report = report
        let most = max(1, report.rules.map(\.pairs).max() ?? 1)
        scale = ChartScale(
            over: 0...Double(most), from: 2, to: drawing.isNarrow ? width - 20 : width - 280,
            ticks: drawing.isNarrow ? 3 : 6)
    }

    consuming func drawn() -> Drawing {
        let isNarrow = drawing.isNarrow
        let top = isNarrow ? 8.0 : 26.0
        let heights = report.rules.map { (isNarrow ? 74.0 : 54) + ($0.largest == nil ? 0 : 18) }
        let bottom = heights.reduce(top, +)
        drawing.uprightAxis(scale, top: top, bottom: bottom, label: "pairs") { [scale] tick in
            tick >= 1_000
                ? Self.short(tick, step: scale.ticks[1]) : ChartNumber.fixed(tick, scale.decimals)
        }
        if !isNarrow {
            for (word, x) in zip(["pairs", "new", "seconds"], columns) {
                drawing.text(x, 12, word, "td-muted td-small td-end")
            }
        }
        var y = top
        for (rule, height) in zip(report.rules, heights) {
            draw(rule, y: y)
            y += height
        }
        drawing.height = bottom + 44
        return drawing
    }

    /// Where the figures end on a wide drawing.
    private var columns: [Double] { [drawing.width - 172, drawing.width - 70, drawing.width - 2] }

    /// A tick in thousands or millions, with as many decimals as the step needs.
    private static func short(_ tick: Double, step: Double) -> String {
        let (unit, sign) = tick >= 1e9 ? (1e9, "G") : tick >= 1e6 ? (1e6, "M") : (1e3, "k")
        return ChartNumber.fixed(tick / unit, step < unit ? (step < unit / 10 ? 2 : 1) : 0) + sign
    }

    private mutating func draw(_ rule: BlockingReport.Rule, y: Double) {
        let (scale, columns) = (scale, columns)
        let only = rule.only.map { ", \(ChartNumber.count($0)) only here" } ?? ""
        let figures =
            "\(ChartNumber.count(rule.pairs)) pairs, \(ChartNumber.count(rule.gain)) new\(only)"
        drawing.group("\(rule.text): \(figures)") { drawing in
            let isNarrow = drawing.isNarrow
            drawing.text(
                0, y + 17,
                ChartText.shortened(rule.text, toFit: isNarrow ? drawing.width : drawing.width - 280))
            var top = y + 25
            if isNarrow {
                let text = "\(ChartNumber.count(rule.pairs)) pairs, \(ChartNumber.count(rule.gain)) new"
                drawing.text(0, y + 36, text, "td-small td-muted")
                top = y + 44
            } else {
                let seconds = rule.seconds.map { ChartNumber.fixed($0, 2) } ?? "–"
                let figures = [ChartNumber.count(rule.pairs), ChartNumber.count(rule.gain), seconds]
                for (figure, x) in zip(figures, columns) { drawing.text(x, y + 37, figure, "td-end") }
            }
            let (start, end, gain) = (
                scale.place(0), scale.place(Double(rule.pairs)), scale.place(Double(rule.gain))
            )
            drawing.bar(
                fromX: min(gain + 1, end), toX: max(end, start + 1), y: top, height: 16, "td-soft")
            drawing.bar(fromX: start, toX: gain, y: top, height: 16, "td-accent")
            guard let block = rule.largest else { return }
            Self.draw(block, of: rule, in: &drawing, y: top + 31)
        }
    }

    /// A block that makes a quarter of many pairs is worth a warning: splitting it saves most.
    private static func draw(
        _ block: BlockingReport.Block, of rule: BlockingReport.Rule, in drawing: inout Drawing,
        y: Double
    ) {
        let isHuge = block.pairs >= 1_000_000 && block.pairs >= rule.pairs / 4
        let key = Chart.keyText(block)
        let text =
            drawing.isNarrow
            ? "largest: \(ChartNumber.count(block.records)) records of \(key)"
            : "largest block: \(ChartNumber.count(block.records)) records, \(ChartNumber.count(block.pairs)) pairs: \(key)"
        let room = drawing.isNarrow ? drawing.width : drawing.width - 280
        let shown = ChartText.shortened(text, toFit: room, at: 12)
        drawing.text(0, y, shown, isHuge ? "td-small td-warning" : "td-small td-muted")
    }
}
