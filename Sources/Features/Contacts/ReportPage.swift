import Foundation
import Values
import Web

/// A report as a page: the question as a form, the figures as a table.
struct ReportPage: Page {
    static let template = "reports"
    let title = "Reports"
    let errors: [Problem.Field]
    let problem: [String: String]
    let from, to: String
    let bys, queues: [Choice]
    let targetSeconds: String
    let target, heading, headingLanguage, period, byHeading: String
    let formulas: FormulaWords
    let counts: Counts
    let averageSpeedOfAnswer, occupancy: String
    let csv, json: String
    let rows: [Row]
    /// The report was made, and not refused.
    let isMade: Bool
    /// What is said of the parts in which nothing came in; the page leaves them out.
    let leftOut: String?

    /// An option of the form.
    struct Choice: Encodable, Sendable { let value, label: String; let isChosen: Bool; var language: String? }
    struct Counts: Encodable, Sendable {
        let offered, answered, answeredInTarget, abandoned: String

        init(_ counts: ServiceCounts) {
            offered = Figure.count(counts.offered)
            answered = Figure.count(counts.answered)
            answeredInTarget = Figure.count(counts.answeredInTarget)
            abandoned = Figure.count(counts.abandoned)
        }
    }

    /// One part of the period.
    struct Row: Encodable, Sendable {
        let label: String
        let offered, answered, answeredInTarget, abandoned: Int
        /// The same, worded.
        let counts: Counts
        let serviceLevel, averageSpeedOfAnswer, handlingTime, occupancy: String
    }

    /// - Parameters:
    ///   - report: nil when the question was refused, with these errors.
    ///   - field: what was asked, to fill the form again.
    init(_ report: Report?, errors: [Problem.Field] = [], queues all: [Queue], asked field: (String) -> String?) {
        self.errors = errors
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        from = report.map { "\($0.question.days.first)" } ?? field("from") ?? ""
        to = report.map { "\($0.question.days.last)" } ?? field("to") ?? ""
        let by = report?.question.by ?? field("by").flatMap(Grain.init) ?? .day
        bys = Grain.allCases.map { Choice(value: $0.rawValue, label: $0.label, isChosen: $0 == by) }
        let queue = report?.queue
        queues =
            [Choice(value: "", label: "All queues", isChosen: queue == nil)]
            + (all.filter { !$0.isRetired } + all.filter(\.isRetired)).map {
                Choice(
                    value: "\($0.id)", label: $0.isRetired ? "\($0.name) (retired)" : $0.name,
                    isChosen: $0.id == queue?.id, language: $0.language)
            }
        let target = report?.target ?? ServiceLevel.promise
        targetSeconds = (report == nil ? field("target") : nil) ?? "\(Int(target.inSeconds))"
        self.target = Figure.target(target)
        byHeading = by.label
        let total = report?.total ?? Tally()
        heading = queue?.name ?? "All queues"
        headingLanguage = queue?.language ?? Language.usual
        period = report?.question.days.worded ?? ""
        formulas = FormulaWords(total.serviceLevel)
        counts = Counts(total.counts)
        averageSpeedOfAnswer = Figure.clock(total.averageSpeedOfAnswer)
        occupancy = Figure.percent(report?.occupancy)
        let query = report.map(Self.query) ?? ""
        csv = "/api/v1/reports.csv?\(query)"
        json = "/api/v1/reports?\(query)"
        let busy = (report?.rows ?? []).filter { $0.tally != Tally() }
        isMade = report != nil
        leftOut = report.flatMap { ReportPage.leftOut($0.rows.count - busy.count, of: $0.rows.count) }
        rows = busy.map { row in
            Row(
                label: row.part.label, offered: row.tally.counts.offered, answered: row.tally.counts.answered,
                answeredInTarget: row.tally.counts.answeredInTarget, abandoned: row.tally.counts.abandoned,
                counts: Counts(row.tally.counts),
                serviceLevel: Figure.percent(row.tally.serviceLevel.offered),
                averageSpeedOfAnswer: Figure.clock(row.tally.averageSpeedOfAnswer),
                handlingTime: Figure.clock(row.tally.handlingTime), occupancy: Figure.percent(row.occupancy))
        }
    }

    private static func leftOut(_ empty: Int, of all: Int) -> String? {
        if empty == 0 { return nil }
        if empty == all { return "Nothing came in then." }
        let lines = empty == 1 ? "One line is" : "\(Figure.count(empty)) of \(Figure.count(all)) lines are"
        return "\(lines) left out, as nothing came in then. CSV and JSON have all."
    }

    /// The same question to a program's address. A queue is named by its number, so nothing needs escaping.
    private static func query(of report: Report) -> String {
        let queue = report.queue.map { "&queue=\($0.id)" } ?? ""
        let days = report.question.days
        return "from=\(days.first)&to=\(days.last)&by=\(report.question.by.rawValue)"
            + "&target=\(Int(report.target.inSeconds))\(queue)"
    }
}

extension Figure {
    static func clock(_ time: Duration?) -> String { clock(time.map { Int($0.inSeconds.rounded()) }) }
}

extension Days {
    /// `22 November 2026`, `16 to 22 November 2026`, `30 October to 5 November 2026`
    var worded: String {
        let start = first.civil, end = last.civil
        let ending = "\(end.day) \(Report.monthNames[end.month - 1]) \(end.year)"
        if first == last { return ending }
        if start.year != end.year {
            return "\(start.day) \(Report.monthNames[start.month - 1]) \(start.year) to \(ending)"
        }
        if start.month != end.month { return "\(start.day) \(Report.monthNames[start.month - 1]) to \(ending)" }
        return "\(start.day) to \(ending)"
    }
}
