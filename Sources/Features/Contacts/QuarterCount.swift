import Storage
import Values

/// What came into a queue in a quarter of an hour, and the work it made: what forecasts are made from.
package struct QuarterCount: Equatable, Sendable {
    package let start: Moment
    /// All who came: answered, gone before, or turned away by a closed queue.
    package let came: Int
    /// How often an adviser had done with one of them.
    package let handled: Int
    /// With customers and in wrap-up, together.
    package let work: Duration
}

extension Contacts {
    /// The quarters of a day, 92 to 100 of them, counted from the events as reports count them; also those in which nobody came.
    ///
    /// - Parameter queue: Its key, number or name, also of a retired one; nil is all queues.
    /// - Throws: A refusal when there is no such queue.
    package static func quarters(
        of day: Day, queue: String?, in transaction: Transaction
    ) throws -> [QuarterCount] {
        let queue = try queue.map { try Queue.find(named: $0, retired: true, in: transaction) }
        let span = Span(of: day)
        let past = PastDay(try PastDayCounts.read(span, in: transaction), of: span)
        return span.quarters.enumerated().map { number, quarter in
            let tally = past.tally(of: number..<number + 1, queue: queue?.id, target: ServiceLevel.promise)
            return QuarterCount(
                start: quarter.start, came: tally.counts.answered + tally.counts.abandoned + tally.counts.turnedAway,
                handled: tally.handled, work: tally.work)
        }
    }

    /// The first day on which anybody came; nil when nobody ever did.
    package static func firstDay(in transaction: Transaction) throws -> Day? {
        let row = try transaction.row("SELECT MIN(arrived_at) AS first FROM contact")
        let first: Moment? = try row?.optional("first")
        return first.map { Day($0) }
    }
}
