/// One or several charts with their tables as an HTML file that opens by itself.
public struct ChartPage: Equatable, Sendable {
    public let title: String
    public let charts: [Chart]

    public init(title: String, charts: [Chart]) {
        self.title = title
        self.charts = charts
    }

    /// The whole file. Its policy forbids scripts and anything from outside, whatever a value contains.
    public func html() -> String {
        let heading = ChartText.escaped(ChartText.shortened(title, to: 200))
        let isAlone = charts.count == 1 && charts[0].title == title
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <meta name="color-scheme" content="light dark"/>
            <title>\(heading)</title>
            <style>
            \(Self.css)
            </style>
            </head>
            <body>
            <main>
            <h1>\(heading)</h1>
            \(charts.enumerated().map { Self.section($1, number: $0 + 1, hasTitle: !isAlone) }.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }

    private static func section(_ chart: Chart, number: Int, hasTitle: Bool) -> String {
        let title =
            hasTitle ? "<h2>\(ChartText.escaped(ChartText.shortened(chart.title, to: 200)))</h2>\n" : ""
        let tables = chart.tables.enumerated().map { table($1, id: "table-\(number)-\($0 + 1)") }
        return """
            <section>
            \(title)<p>\(ChartText.escaped(chart.about))</p>
            <figure class="wide">\(chart.wide.svg(title: chart.title, about: chart.about, id: "wide-\(number)"))</figure>
            <figure class="narrow">\(chart.narrow.svg(title: chart.title, about: chart.about, id: "narrow-\(number)"))</figure>
            \(tables.joined(separator: "\n"))
            </section>
            """
    }

    /// A table in a box that scrolls by itself; a long one stays folded until asked for.
    private static func table(_ table: ChartTable, id: String) -> String {
        let caption = ChartText.escaped(table.caption)
        let heads = table.columns.map {
            "<th scope=\"col\"\($0.isNumber ? " class=\"number\"" : "")>\(ChartText.escaped($0.title))</th>"
        }
        let rows = table.rows.map { row in
            let cells = zip(row, table.columns).map { cell, column in
                let text = ChartText.escaped(ChartText.shortened(cell, to: 200))
                return column.isNumber ? "<td class=\"number\">\(text)</td>" : "<td><bdi>\(text)</bdi></td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        let isLong = table.rows.count > 40
        let box = """
            <div class="box" role="region" tabindex="0" aria-labelledby="\(id)">
            <table>
            <caption id="\(id)">\(caption)</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
        if !isLong { return box }
        let summary = "\(caption): \(ChartNumber.count(table.rows.count)) rows"
        return "<details><summary>\(summary)</summary>\n\(box)\n</details>"
    }

    private static let css =
        """
        :root{color-scheme:light dark}
        body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:800px;margin:0 auto;padding:24px 16px 64px}
        h1{font-size:26px;line-height:1.25;margin:8px 0 4px;overflow-wrap:anywhere}
        h2{font-size:20px;line-height:1.3;margin:48px 0 4px;overflow-wrap:anywhere}
        p{margin:0 0 20px;max-width:65ch;overflow-wrap:anywhere}
        figure{margin:0 0 24px}
        figure svg{display:block;width:100%;height:auto;overflow:visible}
        .narrow{display:none}
        @media (max-width:\(Chart.narrowBound)px){.wide{display:none}.narrow{display:block}.narrow svg{max-width:360px}}
        .box{overflow-x:auto;margin:0 0 24px}
        summary{cursor:pointer;margin:0 0 12px}
        table{border-collapse:collapse;width:100%;font-size:14px}
        caption{text-align:left;font-weight:600;padding:8px 0}
        details caption{display:none}
        th,td{text-align:left;vertical-align:top;padding:6px 16px 6px 0;border-bottom:1px solid}
        th{font-weight:600;white-space:nowrap}
        td bdi{display:block;min-width:5em;max-width:24em;overflow-wrap:break-word}
        td:first-child bdi{min-width:9em}
        .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        tr>:last-child{padding-right:0}
        \(light)
        @media (prefers-color-scheme:dark){
        \(dark)
        }
        """

    private static let light = rules(.light)
    private static let dark = rules(.dark)

    private static func rules(_ palette: ChartPalette) -> String {
        """
        body{background:\(palette.paper);color:\(palette.ink)}
        p,th,summary{color:\(palette.muted)}
        th,td{border-color:\(palette.rule)}
        :focus-visible{outline:2px solid \(palette.accent);outline-offset:2px}
        """
    }
}
