import Storage
import Values

/// What the events of one day come to, by queue and quarter of an hour: small enough to keep in memory, and exact for
/// any target, because every wait is in it.
struct PastDay: Sendable {
    private var queues: [Queue.ID: [Quarter]] = [:]
    /// Advisers' time of the whole day.
    private(set) var time = TimeCounts()

    private struct Quarter: Sendable {
        let number: Int
        /// Without what depends on a target.
        var tally = Tally()
        /// Milliseconds, shortest first.
        var answered: [UInt32] = []
        var abandoned: [UInt32] = []
    }

    /// What these quarters of an hour come to, numbered from midnight.
    func tally(of quarters: Range<Int>, queue: Queue.ID?, target: Duration) -> Tally {
        let longest = UInt32(clamping: Int64(target.inSeconds * 1_000))
        var sum = Tally()
        for (id, known) in queues where queue == nil || queue == id {
            for quarter in known where quarters.contains(quarter.number) {
                sum += quarter.tally
                sum.counts.answeredInTarget += quarter.answered.count(upTo: longest)
                sum.counts.abandonedInTarget += quarter.abandoned.count(upTo: longest)
            }
        }
        return sum
    }

    /// Counts a day from its events: some hundred rows, however many contacts it had.
    static func read(_ day: Span, in transaction: Transaction) throws -> PastDay {
        let rows = try transaction.rows(
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
        var past = PastDay()
        past.time = try TimeCounts.read(day, in: transaction)
        for row in rows {
            let quarter: Moment = try row.value("quarter")
            past.note(
                try row.value("kind"), in: try row.value("queue_id"), quarter: day.quarter(at: quarter),
                count: try row.value("n"), lasting: try row.value("lasting"), waits: try row.optional("waits") ?? "")
        }
        return past
    }

    private mutating func note(
        _ kind: ContactEvent.Kind, in queue: Queue.ID, quarter number: Int, count: Int, lasting: Duration, waits: String
    ) {
        var quarters = queues[queue] ?? []
        if quarters.last?.number != number { quarters.append(Quarter(number: number)) }
        let last = quarters.endIndex - 1
        quarters[last].tally.note(kind, count, short: 0, lasting: lasting)
        let sorted = waits.utf8.split(separator: UInt8(ascii: " ")).map(UInt32.init(digits:)).sorted()
        if kind == .answered { quarters[last].answered = sorted }
        if kind == .abandoned { quarters[last].abandoned = sorted }
        queues[queue] = quarters
    }
}

extension Span {
    /// The number of the quarter of an hour in which a moment falls, from this span's start.
    func quarter(at moment: Moment) -> Int {
        Int((moment - start).inSeconds) / 900
    }
}

extension UInt32 {
    /// What stands in a column of whole numbers; beyond seven weeks it is seven weeks.
    fileprivate init(digits: Substring.UTF8View.SubSequence) {
        let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 & 15) }
        self = UInt32(clamping: number)
    }
}

extension [UInt32] {
    /// How many of these, which are in order, are not above a limit.
    fileprivate func count(upTo limit: UInt32) -> Int {
        var low = startIndex, high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
