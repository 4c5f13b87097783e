import People
import Routing
import Storage
import Values

/// Contacts that came in today, by what the board breaks them down by.
struct ContactCounts: Countable {
    private(set) var total = Tally()
    private(set) var queues: [Queue.ID: Tally] = [:]
    /// By the team of the adviser who answered; nil is those without one.
    private(set) var teams: [Team.ID?: Tally] = [:]
    private(set) var places: [Place: Tally] = [:]
    private(set) var quarters: [Moment: Tally] = [:]

    static func += (sum: inout Self, part: Self) {
        sum.total += part.total
        for (queue, tally) in part.queues { sum.queues[queue, default: Tally()] += tally }
        for (team, tally) in part.teams { sum.teams[team, default: Tally()] += tally }
        for (place, tally) in part.places { sum.places[place, default: Tally()] += tally }
        for (quarter, tally) in part.quarters { sum.quarters[quarter, default: Tally()] += tally }
    }

    static func read(_ quarter: Span, in transaction: Transaction) throws -> Self {
        var counts = Self()
        for row in try rows(quarter, by: "queue_id", in: transaction) {
            let tally = try Tally(row: row)
            counts.queues[try row.value("queue_id"), default: Tally()] += tally
            counts.total += tally
        }
        if !counts.queues.isEmpty { counts.quarters[quarter.start] = counts.total }
        // Waiting and giving up belong to a queue; a team and a place have only what their advisers answered.
        for row in try rows(quarter, by: "team_id, place", in: transaction) {
            guard let place: Place = try row.optional("place") else { continue }
            let tally = try Tally(row: row)
            counts.teams[try row.optional("team_id"), default: Tally()] += tally
            counts.places[place, default: Tally()] += tally
        }
        return counts
    }

    private static func rows(_ quarter: Span, by columns: SQL, in transaction: Transaction) throws -> [Row] {
        try transaction.rows(
            """
            SELECT \(columns), kind, COUNT(*) AS n, CAST(COALESCE(SUM(milliseconds), 0) AS BIGINT) AS lasting,
                COALESCE(SUM(CASE WHEN milliseconds <= \(ServiceLevel.promise) THEN 1 ELSE 0 END), 0) AS short
            FROM contact_event
            WHERE entered_at >= \(quarter.start) AND entered_at < \(quarter.end) AND \(Tally.counted)
            GROUP BY \(columns), kind
            """)
    }
}

extension Tally {
    fileprivate init(row: Row) throws {
        note(
            try row.value("kind"), try row.value("n"), short: try row.value("short"), lasting: try row.value("lasting"))
    }
}
