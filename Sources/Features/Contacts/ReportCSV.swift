import Values

/// A report as a spreadsheet reads it (RFC 4180), a line for each part.
struct ReportCSV: Sendable {
    let text: String

    init(_ report: Report) {
        let name = report.queue?.name ?? "All queues"
        let lines = report.rows.map { row -> [String] in
            let counts = row.tally.counts, level = row.tally.serviceLevel
            return [
                "\(row.part.span.start)", "\(row.part.span.end)", row.part.label, name,
                "\(Int(report.target.inSeconds))", "\(counts.offered)", "\(counts.answered)",
                "\(counts.answeredInTarget)", "\(counts.abandoned)", "\(counts.abandonedInTarget)",
                "\(counts.turnedAway)", Self.share(level.offered), Self.share(level.answeredOnly),
                Self.share(level.shortAbandonsAsSuccess), Self.share(level.excludingShortAbandons),
                Self.seconds(row.tally.averageSpeedOfAnswer), Self.seconds(row.tally.handlingTime),
                Self.share(row.occupancy),
            ]
        }
        text = ([Self.heading] + lines).map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    private static let heading = [
        "start", "end", "period", "queue", "target_seconds", "offered", "answered", "answered_in_target", "abandoned",
        "abandoned_in_target", "turned_away", "service_level_offered", "service_level_answered_only",
        "service_level_short_abandons_as_success", "service_level_excluding_short_abandons",
        "average_speed_of_answer_seconds", "handling_time_seconds", "occupancy",
    ]

    /// One cell. A text that a spreadsheet would take for a formula gets an apostrophe in front, so that it stays text.
    static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"\(safe.replacing("\"", with: "\"\""))\""
    }

    private static func share(_ share: Double?) -> String { share.map { "\(($0 * 10_000).rounded() / 10_000)" } ?? "" }
    private static func seconds(_ time: Duration?) -> String { time.map { "\($0.inTenths)" } ?? "" }
}
