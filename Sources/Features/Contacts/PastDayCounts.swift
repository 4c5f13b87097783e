import People
import Storage
import Values

/// What the database says of a day that is over: some hundred rows, however many contacts it had.
///
/// They are kept in the table `past_day`, so that nobody waits for them after a start. The table is a copy of what the
/// events say and may be emptied at any time; a kept day whose events are not as many as then is counted anew.
struct PastDayCounts: Equatable, Sendable {
    let contacts: [Contacts]
    let time: [StretchCount]

    /// Events of one kind, of contacts that came into a queue in one quarter of an hour.
    struct Contacts: Equatable, Sendable {
        let queue: Queue.ID
        let kind: ContactEvent.Kind
        let quarter: Moment
        let events: Int
        /// Milliseconds.
        let lasting: Int64
        /// Milliseconds of each that was answered or abandoned, apart by blanks.
        let waits: String
    }
}

extension PastDayCounts {
    /// Counts a day from its events and its stretches of time.
    static func read(_ day: Span, in transaction: Transaction) throws -> PastDayCounts {
        let contacts = try transaction.rows(
            """
            SELECT queue_id, kind, quarter, COUNT(*) AS n, CAST(COALESCE(SUM(milliseconds), 0) AS BIGINT) AS lasting,
                \(.joined)(CASE WHEN kind IN ('answered', 'abandoned') THEN CAST(milliseconds AS TEXT) END, ' ')
                    AS waits
            FROM (
                SELECT queue_id, kind, milliseconds,
                    substr(entered_at, 1, 14) || CASE WHEN substr(entered_at, 15, 2) < '15' THEN '00'
                        WHEN substr(entered_at, 15, 2) < '30' THEN '15'
                        WHEN substr(entered_at, 15, 2) < '45' THEN '30' ELSE '45' END || ':00.000Z' AS quarter
                FROM contact_event
                WHERE entered_at >= \(day.start) AND entered_at < \(day.end) AND \(Tally.counted)
            ) AS counted
            GROUP BY queue_id, quarter, kind ORDER BY queue_id, quarter
            """)
        return PastDayCounts(
            contacts: try contacts.map(Contacts.init(row:)), time: try StretchCount.all(in: day, transaction))
    }

    /// What was kept of a day, if that is still what its events say.
    static func kept(_ day: Day, in transaction: Transaction) throws -> PastDayCounts? {
        guard let row = try transaction.row("SELECT counts FROM past_day WHERE day = \(day)"),
            let counts = PastDayCounts(text: try row.value("counts"))
        else { return nil }
        let span = Span(of: day)
        let now = try transaction.row(
            """
            SELECT (SELECT COUNT(*) FROM contact_event
                    WHERE entered_at >= \(span.start) AND entered_at < \(span.end) AND \(Tally.counted)) AS events,
                (SELECT COUNT(*) FROM desk_time
                    WHERE from_at >= \(span.start) AND from_at < \(span.end)) AS stretches
            """)
        let events = counts.contacts.reduce(0) { $0 + $1.events }
        let stretches = counts.time.reduce(0) { $0 + $1.stretches }
        return try now?.value("events") == events && now?.value("stretches") == stretches ? counts : nil
    }

    /// Keeps these counts of a day in place of others.
    func keep(_ day: Day, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO past_day (day, counts) VALUES (\(day), \(text))
            ON CONFLICT (day) DO UPDATE SET counts = excluded.counts
            """)
    }
}

extension PastDayCounts.Contacts {
    fileprivate init(row: Row) throws {
        self.init(
            queue: try row.value("queue_id"), kind: try row.value("kind"), quarter: try row.value("quarter"),
            events: try row.value("n"), lasting: try row.value("lasting"), waits: try row.optional("waits") ?? "")
    }
}
