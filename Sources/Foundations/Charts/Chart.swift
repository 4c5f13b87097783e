/// A picture of numbers, as an SVG or an HTML file that opens by itself: no scripts, nothing from outside, light or
/// dark as the reader has it, and with the same numbers in tables.
public struct Chart: Equatable, Sendable {
    public let title: String
    /// What there is to see, in a sentence or two: also what a screen reader says.
    public let about: String
    public let tables: [ChartTable]
    /// As drawn for a screen, and for a telephone.
    package let wide, narrow: Drawing

    package init(title: String, about: String, tables: [ChartTable], drawn: (_ width: Double) -> Drawing) {
        self.title = title
        self.about = about
        self.tables = tables
        wide = drawn(Self.wideWidth)
        narrow = drawn(Self.narrowWidth)
    }

    /// The widths drawn for, in CSS pixels. Below the bound between them a page shows the narrow one.
    package static let wideWidth = 800.0
    package static let narrowWidth = 288.0
    package static let narrowBound = 860

    /// The chart as an SVG file, with its title in it.
    public func svg() -> String {
        var whole = Drawing(width: wide.width)
        let room = wide.width - 48
        whole.text(24, 36, ChartText.shortened(title, toFit: room, at: 20), "td-title")
        for (index, line) in ChartText.lines(about, toFit: room, most: 6).enumerated() {
            whole.text(24, 62 + Double(index) * 19, line, "td-muted")
        }
        let top = 62 + 19 * Double(ChartText.lines(about, toFit: room, most: 6).count)
        whole.add(wide, scaledTo: room, atX: 24, y: top)
        whole.height = top + wide.height * room / wide.width + 16
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + whole.svg(title: title, about: about, id: "chart", hasPaper: true) + "\n"
    }

    /// The chart as an HTML file, with its tables.
    public func html() -> String { ChartPage(title: title, charts: [self]).html() }
}

/// The numbers of a chart.
public struct ChartTable: Equatable, Sendable {
    public let caption: String
    public let columns: [Column]
    /// Each as long as there are columns.
    public let rows: [[String]]

    public struct Column: Equatable, Sendable {
        public let title: String
        /// Stands on the right, so that digits are below each other.
        public let isNumber: Bool

        package static func text(_ title: String) -> Self { Self(title: title, isNumber: false) }
        package static func number(_ title: String) -> Self { Self(title: title, isNumber: true) }
    }

    package init(_ caption: String, _ columns: [Column], rows: [[String]]) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }
}
