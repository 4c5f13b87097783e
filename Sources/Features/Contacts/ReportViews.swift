import Values

/// A report as programs read it.
struct ReportView: Encodable, Sendable {
    let queue: QueueName?
    let from, to: Day
    let by: String
    let targetSeconds: Int
    let counts: ServiceCounts
    let serviceLevel: ServiceLevel
    let averageSpeedOfAnswerSeconds, handlingTimeSeconds, occupancy: Double?
    let rows: [Row]

    /// What became of those who came from `start` up to `end`.
    struct Row: Encodable, Sendable {
        let start, end: Moment
        let label: String
        let offered, answered, answeredInTarget, abandoned, abandonedInTarget, turnedAway: Int
        let serviceLevel: ServiceLevel
        let averageSpeedOfAnswerSeconds, handlingTimeSeconds, occupancy: Double?
    }

    init(_ report: Report) {
        queue = report.queue
        from = report.question.days.first
        to = report.question.days.last
        by = report.question.by.rawValue
        targetSeconds = Int(report.target.inSeconds)
        counts = report.total.counts
        serviceLevel = report.total.serviceLevel
        averageSpeedOfAnswerSeconds = report.total.averageSpeedOfAnswer?.inTenths
        handlingTimeSeconds = report.total.handlingTime?.inTenths
        occupancy = report.occupancy
        rows = report.rows.map { row in
            let counts = row.tally.counts
            return Row(
                start: row.part.span.start, end: row.part.span.end, label: row.part.label, offered: counts.offered,
                answered: counts.answered, answeredInTarget: counts.answeredInTarget, abandoned: counts.abandoned,
                abandonedInTarget: counts.abandonedInTarget, turnedAway: counts.turnedAway,
                serviceLevel: row.tally.serviceLevel,
                averageSpeedOfAnswerSeconds: row.tally.averageSpeedOfAnswer?.inTenths,
                handlingTimeSeconds: row.tally.handlingTime?.inTenths, occupancy: row.occupancy)
        }
    }
}

/// The service level of a span, as programs read it.
struct ServiceLevelView: Encodable, Sendable {
    let queue: QueueName?
    let from, to: Moment
    let targetSeconds: Int
    let counts: ServiceCounts
    let serviceLevel: ServiceLevel
    let averageSpeedOfAnswerSeconds, handlingTimeSeconds: Double?

    init(_ tally: Tally, of queue: Queue?, in span: Span, target: Duration) {
        self.queue = queue.map(QueueName.init)
        from = span.start
        to = span.end
        targetSeconds = Int(target.inSeconds)
        counts = tally.counts
        serviceLevel = tally.serviceLevel
        averageSpeedOfAnswerSeconds = tally.averageSpeedOfAnswer?.inTenths
        handlingTimeSeconds = tally.handlingTime?.inTenths
    }
}

extension Duration {
    /// Seconds, to a tenth.
    var inTenths: Double { (inSeconds * 10).rounded() / 10 }
}
