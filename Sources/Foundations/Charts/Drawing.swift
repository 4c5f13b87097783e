/// Shapes and texts on a sheet, in CSS pixels from the upper left. Every text is escaped on its way in; classes are
/// those of `ChartPalette`.
package struct Drawing: Equatable, Sendable {
    package let width: Double
    package var height = 0.0
    private var body = ""

    package init(width: Double) {
        self.width = width
    }

    package var isNarrow: Bool { width < 600 }

    package mutating func text(_ x: Double, _ y: Double, _ text: String, _ classes: String = "") {
        let classes = classes.isEmpty ? "" : " class=\"\(classes)\""
        body +=
            "<text x=\"\(place(x))\" y=\"\(place(y))\"\(classes)>\(ChartText.escaped(text))</text>\n"
    }

    /// A rectangle between two places, in either order.
    package mutating func bar(fromX x: Double, toX end: Double, y: Double, height: Double, _ classes: String) {
        let (left, width) = (min(x, end), (end - x).magnitude)
        body +=
            "<rect x=\"\(place(left))\" y=\"\(place(y))\" width=\"\(place(width))\" height=\"\(place(height))\""
        body += " class=\"\(classes)\"/>\n"
    }

    package mutating func line(_ x: Double, _ y: Double, _ endX: Double, _ endY: Double, _ classes: String) {
        body +=
            "<line x1=\"\(place(x))\" y1=\"\(place(y))\" x2=\"\(place(endX))\" y2=\"\(place(endY))\""
        body += " class=\"\(classes)\"/>\n"
    }

    package mutating func path(_ points: [(x: Double, y: Double)], _ classes: String) {
        let steps = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(place($1.x)) \(place($1.y))" }
        body += "<path d=\"\(steps.joined())\" class=\"\(classes)\"/>\n"
    }

    package mutating func dot(_ x: Double, _ y: Double, radius: Double, _ classes: String) {
        body +=
            "<circle cx=\"\(place(x))\" cy=\"\(place(y))\" r=\"\(place(radius))\" class=\"\(classes)\"/>\n"
    }

    /// What follows belongs together and shows this when pointed at.
    package mutating func group(_ title: String, _ draw: (inout Self) -> Void) {
        body += "<g><title>\(ChartText.escaped(ChartText.shortened(title, to: 300)))</title>\n"
        draw(&self)
        body += "</g>\n"
    }

    /// Another drawing, made as wide as this.
    package mutating func add(_ other: Self, scaledTo width: Double, atX x: Double, y: Double) {
        let scale = ChartNumber.fixed(width / other.width, 4)
        body +=
            "<g transform=\"translate(\(place(x)) \(place(y))) scale(\(scale))\">\n\(other.body)</g>\n"
    }

    /// The whole as an `svg` element that names and describes itself.
    package func svg(title: String, about: String, id: String, hasPaper: Bool = false) -> String {
        let size = "\(place(width)) \(place(height))"
        let paper = hasPaper ? "<rect width=\"100%\" height=\"100%\" class=\"td-paper\"/>\n" : ""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="td" role="img" viewBox="0 0 \(size)" \
            width="\(place(width))" height="\(place(height))" aria-labelledby="\(id)-title \(id)-about">
            <title id="\(id)-title">\(ChartText.escaped(title))</title>
            <desc id="\(id)-about">\(ChartText.escaped(about))</desc>
            <style>
            \(ChartPalette.css)
            </style>
            \(paper)\(body)</svg>
            """
    }

    private func place(_ value: Double) -> String { ChartNumber.place(value) }
}

extension Drawing {
    /// Upright lines at the ticks of a scale, and their numbers below.
    package mutating func uprightAxis(
        _ scale: ChartScale, top: Double, bottom: Double, label: String, _ word: (Double) -> String
    ) {
        for tick in scale.ticks {
            line(scale.place(tick), top, scale.place(tick), bottom, "td-rule")
            text(scale.place(tick), bottom + 17, word(tick), "td-muted td-small td-middle")
        }
        guard !label.isEmpty else { return }
        let middle = (scale.place(-.infinity) + scale.place(.infinity)) / 2
        text(middle, bottom + 36, label, "td-muted td-small td-middle")
    }

    /// Level lines at the ticks of a scale, and their numbers on the left.
    package mutating func levelAxis(
        _ scale: ChartScale, left: Double, right: Double, _ word: (Double) -> String
    ) {
        for tick in scale.ticks {
            line(left, scale.place(tick), right, scale.place(tick), "td-rule")
            text(left - 7, scale.place(tick) + 4, word(tick), "td-muted td-small td-end")
        }
    }
}
