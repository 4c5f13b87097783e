/// The colours: an accent, a neutral and a warning on paper, in two lights. Text has a contrast of at least 4.5 to the
/// paper and what is drawn of at least 3, as WCAG 2.2 asks; texts have a rim
/// of paper, so that lines do not run through them.
package struct ChartPalette {
    package let paper, ink, muted, rule, accent, soft, neutral, warning: String

    package static let light = Self(
        paper: "#ffffff", ink: "#1b2026", muted: "#586270", rule: "#dde2e8", accent: "#0b5cad",
        soft: "#5b90c6",
        neutral: "#7c8896", warning: "#b04a00")
    package static let dark = Self(
        paper: "#14181d", ink: "#e9edf1", muted: "#a5afba", rule: "#2e363f", accent: "#6cb0fa",
        soft: "#4679ad",
        neutral: "#7f8a96", warning: "#ffa057")

    /// The rules of both lights, for the classes that drawings use.
    package static let css =
        """
        .td text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;\
        font-size:13px;font-variant-numeric:tabular-nums;\
        paint-order:stroke;stroke-width:3px;stroke-linejoin:round}
        .td .td-title{font-size:20px;font-weight:600}
        .td .td-strong{font-weight:600}
        .td .td-small{font-size:12px}
        .td .td-end{text-anchor:end}
        .td .td-middle{text-anchor:middle}
        .td .td-dashed{stroke-dasharray:5 4}
        .td line,.td path{fill:none;stroke-width:1}
        .td path.td-thick{stroke-width:2.5;stroke-linejoin:round}
        \(light.rules)
        @media (prefers-color-scheme:dark){
        \(dark.rules)
        }
        """

    private var rules: String {
        """
        .td .td-paper{fill:\(paper)}
        .td text{fill:\(ink);stroke:\(paper)}
        .td text.td-muted{fill:\(muted)}
        .td text.td-warning{fill:\(warning)}
        .td .td-rule{stroke:\(rule)}
        .td .td-axis{stroke:\(muted)}
        .td .td-accent{fill:\(accent)}
        .td .td-soft{fill:\(soft)}
        .td .td-neutral{fill:\(neutral)}
        .td .td-alarm{fill:\(warning)}
        .td .td-accent-line{stroke:\(accent)}
        .td .td-neutral-line{stroke:\(muted)}
        .td .td-alarm-line{stroke:\(warning)}
        """
    }
}
