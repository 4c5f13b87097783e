public import Charts

extension Chart {
    /// How many clusters there are of each size; `sizes` holds the number of records of each cluster.
    public static func clusterSizes(_ sizes: [Int]) -> Chart {
        let bins = SizeBin.bins(of: sizes)
        let records = sizes.reduce(0, +)
        let largest = ChartNumber.count(sizes.max() ?? 0)
        let about =
            "\(ChartNumber.count(records)) records in \(ChartNumber.count(sizes.count)) clusters; the largest has "
            + "\(largest)."
            + ((sizes.max() ?? 0) > 20 ? " A few very large ones are often different people linked by chance." : "")
        let table = ChartTable(
            "Clusters by size",
            [.number("Records in it"), .number("Clusters"), .number("Records in all")],
            rows: bins.map { [$0.label, ChartNumber.count($0.clusters), ChartNumber.count($0.records)] })
        return Chart(title: "Cluster sizes", about: about, tables: [table]) { width in
            SizesDrawing(bins, width: width).drawn()
        }
    }
}

/// Clusters of like size.
private struct SizeBin {
    let from, to: Int
    var clusters = 0
    var records = 0

    var label: String {
        from == to ? ChartNumber.count(from) : "\(ChartNumber.count(from))–\(ChartNumber.count(to))"
    }

    /// 1 to 5 each for itself, then up to 10, 20, 50, 100 and so on as far as there are clusters.
    static func bins(of sizes: [Int]) -> [Self] {
        let largest = sizes.max() ?? 0
        var bins = (1...5).map { Self(from: $0, to: $0) }
        var (ends, power) = ([10, 20, 50], 10)
        while let last = bins.last, last.to < largest {
            bins.append(Self(from: last.to + 1, to: ends.removeFirst()))
            guard ends.isEmpty else { continue }
            power *= 10
            ends = [power, 2 * power, 5 * power]
        }
        for size in sizes where size > 0 {
            let index = size <= 5 ? size - 1 : bins.firstIndex { $0.to >= size } ?? 0
            bins[index].clusters += 1
            bins[index].records += size
        }
        let last = bins.lastIndex { $0.clusters > 0 } ?? -1
        return Array(bins.prefix(last + 1))
    }
}

/// A bar for each size, straight or by powers of ten as the counts need it.
private struct SizesDrawing {
    private var drawing: Drawing
    private let bins: [SizeBin]
    private let scale: ChartScale
    private let isLogarithmic: Bool

    init(_ bins: [SizeBin], width: Double) {
        drawing = Drawing(width: width)
        self.bins = bins
        let counts = bins.map(\.clusters).filter { $0 > 0 }
        let most = counts.max() ?? 1
        isLogarithmic = most > 50 * (counts.min() ?? 1)
        let (start, end) = drawing.isNarrow ? (96.0, width - 70) : (130.0, width - 190)
        scale =
            isLogarithmic
            ? ChartScale(countsTo: most, from: start, to: end)
            : ChartScale(
                over: 0...Double(max(most, 4)), from: start, to: end, ticks: drawing.isNarrow ? 3 : 6)
    }

    consuming func drawn() -> Drawing {
        let (isNarrow, width) = (drawing.isNarrow, drawing.width)
        let top = 26.0
        let bottom = top + Double(bins.count) * 26 + 4
        let label = isLogarithmic ? "clusters, on a scale of powers of ten" : "clusters"
        let skipped = isNarrow && scale.ticks.count > 5 ? 2 : 1
        let words = Set(
            scale.ticks.enumerated().filter { $0.offset.isMultiple(of: skipped) }.map(\.element))
        drawing.uprightAxis(scale, top: top, bottom: bottom, label: label) { [scale, isLogarithmic] in
            !words.contains($0)
                ? "" : isLogarithmic ? ChartNumber.short($0) : ChartNumber.fixed($0, scale.decimals)
        }
        drawing.text(scale.place(-1) - 10, 12, "records in it", "td-muted td-small td-end")
        drawing.text(isNarrow ? width - 2 : width - 100, 12, "clusters", "td-muted td-small td-end")
        if !isNarrow { drawing.text(width - 2, 12, "records", "td-muted td-small td-end") }
        for (index, bin) in bins.enumerated() { draw(bin, y: top + 4 + Double(index) * 26) }
        drawing.height = bottom + 44
        return drawing
    }

    private mutating func draw(_ bin: SizeBin, y: Double) {
        let scale = scale
        let (clusters, records) = (ChartNumber.count(bin.clusters), ChartNumber.count(bin.records))
        drawing.group("clusters of \(bin.label): \(clusters), with \(records) records in all") {
            drawing in
            drawing.text(scale.place(-1) - 10, y + 15, bin.label, "td-end")
            let start = scale.place(0)
            if bin.clusters > 0 {
                drawing.bar(
                    fromX: start, toX: scale.place(Double(bin.clusters)), y: y + 2, height: 17, "td-accent")
            }
            drawing.text(
                drawing.isNarrow ? drawing.width - 2 : drawing.width - 100, y + 15, clusters, "td-end")
            if !drawing.isNarrow { drawing.text(drawing.width - 2, y + 15, records, "td-end td-muted") }
        }
    }
}
