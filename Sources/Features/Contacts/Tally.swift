import Storage
import Values

/// What the events of some contacts come to: counts, and the times that were spent.
struct Tally: Equatable, Sendable {
    var counts = ServiceCounts()
    /// The waits of all that were answered, together.
    var answerWait = Duration.zero
    /// How often an adviser had done with a contact.
    var handled = 0
    /// With customers and in wrap-up, together; also what an adviser did whose line was lost in the middle of it.
    var work = Duration.zero

    var averageSpeedOfAnswer: Duration? { counts.answered > 0 ? answerWait / counts.answered : nil }
    var handlingTime: Duration? { handled > 0 ? work / handled : nil }
    var serviceLevel: ServiceLevel { ServiceLevel(of: counts) }

    /// Adds so many events of one kind, which lasted so long in all; `short` of them were within the target.
    mutating func note(_ kind: ContactEvent.Kind, _ count: Int, short: Int, lasting: Duration) {
        switch kind {
        case .answered:
            counts.answered += count
            counts.answeredInTarget += short
            answerWait += lasting
        case .abandoned:
            counts.abandoned += count
            counts.abandonedInTarget += short
        case .turnedAway: counts.turnedAway += count
        case .handled:
            handled += count
            work += lasting
        case .wrappedUp, .requeued: work += lasting
        case .entered, .offered, .refused, .missed, .withdrawn, .resumed, .gaveUp, .transferred, .helpAsked,
            .helpWithdrawn, .joined, .noted:
            break
        }
    }

    static func += (sum: inout Tally, part: Tally) {
        sum.counts.answered += part.counts.answered
        sum.counts.answeredInTarget += part.counts.answeredInTarget
        sum.counts.abandoned += part.counts.abandoned
        sum.counts.abandonedInTarget += part.counts.abandonedInTarget
        sum.counts.turnedAway += part.counts.turnedAway
        sum.counts.stillWaiting += part.counts.stillWaiting
        sum.answerWait += part.answerWait
        sum.handled += part.handled
        sum.work += part.work
    }
}

extension Tally {
    /// The kinds that count, word for word as the index `contact_event_counted` has them, or it is not used.
    static let counted: SQL = "kind IN ('answered', 'abandoned', 'turned_away', 'handled', 'wrapped_up', 'requeued')"

    /// What became of the contacts that came into a queue in this span, counted from the events.
    static func read(
        _ span: Span, queue: Queue.ID?, target: Duration, in transaction: Transaction
    ) throws -> Tally {
        let ofQueue: SQL = if let queue { "AND queue_id = \(queue)" } else { "" }
        // One pass in the order of the index: grouping by kind would sort all rows first.
        let row = try transaction.row(
            """
            SELECT COALESCE(SUM(CASE WHEN kind = 'answered' THEN 1 ELSE 0 END), 0) AS answered,
                COALESCE(SUM(CASE WHEN kind = 'answered' AND milliseconds <= \(target) THEN 1 ELSE 0 END), 0)
                    AS answered_short,
                CAST(COALESCE(SUM(CASE WHEN kind = 'answered' THEN milliseconds ELSE 0 END), 0) AS BIGINT) AS answer_wait,
                COALESCE(SUM(CASE WHEN kind = 'abandoned' THEN 1 ELSE 0 END), 0) AS abandoned,
                COALESCE(SUM(CASE WHEN kind = 'abandoned' AND milliseconds <= \(target) THEN 1 ELSE 0 END), 0)
                    AS abandoned_short,
                COALESCE(SUM(CASE WHEN kind = 'turned_away' THEN 1 ELSE 0 END), 0) AS turned_away,
                COALESCE(SUM(CASE WHEN kind = 'handled' THEN 1 ELSE 0 END), 0) AS handled,
                CAST(COALESCE(SUM(CASE WHEN kind IN ('handled', 'wrapped_up', 'requeued') THEN milliseconds ELSE 0 END),
                    0) AS BIGINT) AS work
            FROM contact_event
            WHERE entered_at >= \(span.start) AND entered_at < \(span.end) AND \(counted) \(ofQueue)
            """)
        var tally = Tally()
        guard let row else { return tally }
        tally.counts.answered = try row.value("answered")
        tally.counts.answeredInTarget = try row.value("answered_short")
        tally.answerWait = try row.value("answer_wait")
        tally.counts.abandoned = try row.value("abandoned")
        tally.counts.abandonedInTarget = try row.value("abandoned_short")
        tally.counts.turnedAway = try row.value("turned_away")
        tally.handled = try row.value("handled")
        tally.work = try row.value("work")
        return tally
    }

    /// How many came into a queue in this span and have not had an answer yet.
    static func stillWaiting(_ span: Span, queue: Queue.ID?, in transaction: Transaction) throws -> Int {
        let ofQueue: SQL = if let queue { "AND queue_id = \(queue)" } else { "" }
        return try transaction.row(
            """
            SELECT COUNT(*) AS n FROM contact
            WHERE \(Contact.isWaiting) AND answered_at IS NULL
                AND entered_at >= \(span.start) AND entered_at < \(span.end) \(ofQueue)
            """)?.value("n") ?? 0
    }
}
