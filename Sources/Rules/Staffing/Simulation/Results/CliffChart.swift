public import Charts

extension Cliff {
    /// The share answered in time against the number of advisers, each with its 95 % interval, and the same as a table.
    public var chart: Chart {
        let shares = points.compactMap { $0.figures[.serviceLevelOffered].value }
        let least = ChartNumber.percent(shares.min(), 0)
        let most = ChartNumber.percent(shares.max(), 0)
        let ends =
            "\(points.first.map { ChartNumber.count($0.advisers) } ?? "–") to \(points.last.map { ChartNumber.count($0.advisers) } ?? "–")"
        let promise = targets.map { "\($0.queue) within \($0.time.inWords)" }.joined(separator: ", ")
        let eighty = advisers(answering: 0.8).map {
            " 80 % are reached with about \(ChartNumber.count(Int($0.rounded(.up))))."
        }
        let about =
            "With \(ends) advisers of all shifts together, from \(least) to \(most) of all who were offered are answered in time: "
            + "\(promise).\(eighty ?? "") The scenario has \(ChartNumber.count(planned)). Each point is the "
            + (replications == 1
                ? "share of one simulated day."
                : "share over \(ChartNumber.count(replications)) simulated days, its line the 95 % interval.")
        return Chart(title: "\(scenario): answered in time", about: about, tables: [table]) { width in
            CliffDrawing(self, width: width).drawn()
        }
    }

    private var table: ChartTable {
        ChartTable(
            "Answered in time, by advisers",
            [
                .number("Advisers"), .number("Answered in time"), .number("from"), .number("to"),
                .number("Abandoned"), .number("Occupancy"), .number("Speed of answer, s"),
            ],
            rows: points.map { point in
                let share = point.figures[.serviceLevelOffered]
                return [
                    ChartNumber.count(point.advisers), ChartNumber.percent(share.value),
                    ChartNumber.percent(share.low), ChartNumber.percent(share.high),
                    ChartNumber.percent(point.figures[.abandonment].value),
                    ChartNumber.percent(point.figures[.occupancy].value),
                    point.figures[.averageSpeedOfAnswer].value.map { ChartNumber.fixed($0, 1) } ?? "–",
                ]
            })
    }
}

/// Points over the advisers, joined by a line, with a line upright for each interval.
private struct CliffDrawing {
    private var drawing: Drawing
    private let cliff: Cliff
    private let x, y: ChartScale
    private let left = 52.0
    private let right, bottom: Double

    init(_ cliff: Cliff, width: Double) {
        drawing = Drawing(width: width)
        self.cliff = cliff
        (right, bottom) = (width - 16, width < 600 ? 266 : 386)
        let numbers = cliff.points.map { Double($0.advisers) }
        let (first, last) = (numbers.min() ?? 0, numbers.max() ?? 1)
        x = ChartScale(over: first...max(last, first + 1), from: 52, to: width - 16, ticks: width < 600 ? 4 : 8)
        y = ChartScale(exactly: 0...1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], decimals: 1, from: bottom, to: 26)
    }

    consuming func drawn() -> Drawing {
        drawing.text(0, 12, "answered in time", "td-muted td-small")
        drawing.levelAxis(y, left: left, right: right) { ChartNumber.percent($0, 0) }
        drawing.uprightAxis(x, top: 26, bottom: bottom, label: "advisers") {
            // Nobody is a part of an adviser.
            $0 == $0.rounded() ? ChartNumber.fixed($0, 0) : ""
        }
        let (x, y) = (x, y)
        drawing.line(left, y.place(0.8), right, y.place(0.8), "td-axis td-dashed")
        if let first = cliff.points.first, let last = cliff.points.last,
            (first.advisers...last.advisers).contains(cliff.planned)
        {
            let place = x.place(Double(cliff.planned))
            let isLate = place > (left + right) / 2
            drawing.line(place, 26, place, bottom, "td-axis td-dashed")
            drawing.text(
                place + (isLate ? -6 : 6), 38, "as planned: \(ChartNumber.count(cliff.planned))",
                "td-muted td-small" + (isLate ? " td-end" : ""))
        }
        drawing.path(
            cliff.points.compactMap { point in
                point.figures[.serviceLevelOffered].value.map { (x.place(Double(point.advisers)), y.place($0)) }
            }, "td-accent-line td-thick")
        for point in cliff.points { draw(point) }
        drawing.height = bottom + 46
        return drawing
    }

    private mutating func draw(_ point: Cliff.Point) {
        let share = point.figures[.serviceLevelOffered]
        guard let value = share.value else { return }
        let (x, y) = (x.place(Double(point.advisers)), y)
        drawing.group("\(ChartNumber.count(point.advisers)) advisers: \(ChartNumber.percent(value)) answered in time") {
            drawing in
            if let low = share.low, let high = share.high {
                drawing.line(x, y.place(low), x, y.place(high), "td-axis")
            }
            drawing.dot(x, y.place(value), radius: 4, "td-accent")
        }
    }
}
