import Charts
import Matching
import Testing

struct ChartGoldenTests {
    @Test func `a small chart is written as it was looked at`() {
        #expect(Chart.clusterSizes([1, 1, 2]).svg() == Self.sizes)
    }

    /// When this changes on purpose, look at the new picture in a browser, light and dark, before putting it here.
    private static let sizes = """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" class="td" role="img" viewBox="0 0 800 215.44" width="800" height="215.44" aria-labelledby="chart-title chart-about">
        <title id="chart-title">Cluster sizes</title>
        <desc id="chart-about">4 records in 3 clusters; the largest has 2.</desc>
        <style>
        .td text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:13px;font-variant-numeric:tabular-nums;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}
        .td .td-title{font-size:20px;font-weight:600}
        .td .td-strong{font-weight:600}
        .td .td-small{font-size:12px}
        .td .td-end{text-anchor:end}
        .td .td-middle{text-anchor:middle}
        .td .td-dashed{stroke-dasharray:5 4}
        .td line,.td path{fill:none;stroke-width:1}
        .td path.td-thick{stroke-width:2.5;stroke-linejoin:round}
        .td .td-paper{fill:#ffffff}
        .td text{fill:#1b2026;stroke:#ffffff}
        .td text.td-muted{fill:#586270}
        .td text.td-warning{fill:#b04a00}
        .td .td-rule{stroke:#dde2e8}
        .td .td-axis{stroke:#586270}
        .td .td-accent{fill:#0b5cad}
        .td .td-soft{fill:#5b90c6}
        .td .td-neutral{fill:#7c8896}
        .td .td-alarm{fill:#b04a00}
        .td .td-accent-line{stroke:#0b5cad}
        .td .td-neutral-line{stroke:#586270}
        .td .td-alarm-line{stroke:#b04a00}
        @media (prefers-color-scheme:dark){
        .td .td-paper{fill:#14181d}
        .td text{fill:#e9edf1;stroke:#14181d}
        .td text.td-muted{fill:#a5afba}
        .td text.td-warning{fill:#ffa057}
        .td .td-rule{stroke:#2e363f}
        .td .td-axis{stroke:#a5afba}
        .td .td-accent{fill:#6cb0fa}
        .td .td-soft{fill:#4679ad}
        .td .td-neutral{fill:#7f8a96}
        .td .td-alarm{fill:#ffa057}
        .td .td-accent-line{stroke:#6cb0fa}
        .td .td-neutral-line{stroke:#a5afba}
        .td .td-alarm-line{stroke:#ffa057}
        }
        </style>
        <rect width="100%" height="100%" class="td-paper"/>
        <text x="24" y="36" class="td-title">Cluster sizes</text>
        <text x="24" y="62" class="td-muted">4 records in 3 clusters; the largest has 2.</text>
        <g transform="translate(24 81) scale(0.9400)">
        <line x1="130" y1="26" x2="130" y2="82" class="td-rule"/>
        <text x="130" y="99" class="td-muted td-small td-middle">0</text>
        <line x1="250" y1="26" x2="250" y2="82" class="td-rule"/>
        <text x="250" y="99" class="td-muted td-small td-middle">1</text>
        <line x1="370" y1="26" x2="370" y2="82" class="td-rule"/>
        <text x="370" y="99" class="td-muted td-small td-middle">2</text>
        <line x1="490" y1="26" x2="490" y2="82" class="td-rule"/>
        <text x="490" y="99" class="td-muted td-small td-middle">3</text>
        <line x1="610" y1="26" x2="610" y2="82" class="td-rule"/>
        <text x="610" y="99" class="td-muted td-small td-middle">4</text>
        <text x="370" y="118" class="td-muted td-small td-middle">clusters</text>
        <text x="120" y="12" class="td-muted td-small td-end">records in it</text>
        <text x="700" y="12" class="td-muted td-small td-end">clusters</text>
        <text x="798" y="12" class="td-muted td-small td-end">records</text>
        <g><title>clusters of 1: 2, with 2 records in all</title>
        <text x="120" y="45" class="td-end">1</text>
        <rect x="130" y="32" width="240" height="17" class="td-accent"/>
        <text x="700" y="45" class="td-end">2</text>
        <text x="798" y="45" class="td-end td-muted">2</text>
        </g>
        <g><title>clusters of 2: 1, with 2 records in all</title>
        <text x="120" y="71" class="td-end">2</text>
        <rect x="130" y="58" width="120" height="17" class="td-accent"/>
        <text x="700" y="71" class="td-end">1</text>
        <text x="798" y="71" class="td-end td-muted">2</text>
        </g>
        </g>
        </svg>

        """
}
