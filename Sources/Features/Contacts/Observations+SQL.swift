import People
import Storage
import Values

extension Observations {
    /// Reads what happened to the contacts that came in these days, and what their advisers did.
    package static func read(_ days: ClosedRange<Day>, in transaction: Transaction) throws -> Observations {
        let span = Span(start: Span(of: days.lowerBound).start, end: Span(of: days.upperBound).end)
        return Observations(queues: try queues(span, transaction), places: try places(span, transaction))
    }

    // MARK: - Queues

    private static func queues(_ span: Span, _ transaction: Transaction) throws -> [OfQueue] {
        var sums: [Queue.ID: [ContactEvent.Kind: (count: Int, sum: Double, squares: Double)]] = [:]
        for row in try transaction.rows(
            """
            SELECT queue_id, kind, COUNT(*) AS n, SUM(lasting) AS sum, SUM(lasting * lasting) AS squares
            FROM (
                SELECT queue_id, kind, CAST(milliseconds AS DOUBLE PRECISION) AS lasting FROM contact_event
                WHERE entered_at >= \(span.start) AND entered_at < \(span.end)
                    AND \(Tally.counted) AND kind IN ('answered', 'abandoned', 'handled', 'wrapped_up')
                    AND milliseconds IS NOT NULL
            ) AS timed
            GROUP BY queue_id, kind
            """)
        {
            let kind: ContactEvent.Kind = try row.value("kind")
            sums[try row.value("queue_id"), default: [:]][kind] = (
                try row.value("n"), try row.value("sum"), try row.value("squares")
            )
        }
        return try transaction.rows(
            """
            SELECT queue.id, queue.name, contact.channel FROM contact JOIN queue ON queue.id = contact.queue_id
            WHERE contact.arrived_at >= \(span.start) AND contact.arrived_at < \(span.end)
            GROUP BY queue.id, queue.name, contact.channel ORDER BY queue.name, queue.id, contact.channel
            """
        ).reduce(into: [(id: Queue.ID, queue: OfQueue)]()) { found, row in
            let id: Queue.ID = try row.value("id")
            let before = found.last?.id == id ? found.removeLast().queue.channels : []
            found.append((id, OfQueue(name: try row.value("name"), channels: before + [try row.value("channel")])))
        }.map { id, queue in
            var queue = queue
            let sums = sums[id] ?? [:]
            queue.handling = sums[.handled].flatMap(Times.init)
            queue.wrapUp = sums[.wrappedUp].flatMap(Times.init)
            queue.hungUp = sums[.abandoned]?.count ?? 0
            let waited = (sums[.abandoned]?.sum ?? 0) + (sums[.answered]?.sum ?? 0)
            queue.waited = .milliseconds(Int64(waited.rounded()))
            return queue
        }
    }

    // MARK: - Places

    private static func places(_ span: Span, _ transaction: Transaction) throws -> [OfPlace] {
        var found = Dictionary(uniqueKeysWithValues: Place.allCases.map { ($0, OfPlace(place: $0)) })
        for row in try transaction.rows(
            """
            SELECT place, doing, COUNT(*) AS n, CAST(SUM(milliseconds) AS BIGINT) AS lasting
            FROM desk_time WHERE from_at >= \(span.start) AND from_at < \(span.end) AND doing <> 'line_lost'
            GROUP BY place, doing
            """)
        {
            let place: Place = try row.value("place")
            let doing: Desk.Doing = try row.value("doing")
            let lasting: Int64 = try row.value("lasting")
            found[place]?.present += .milliseconds(lasting)
            guard doing == .missed else { continue }
            let count: Int = try row.value("n")
            found[place]?.missedPause = Times(count: count, sum: Double(lasting), squares: 0)
        }
        for row in try transaction.rows(
            """
            SELECT place, kind, COUNT(*) AS n FROM contact_event
            WHERE entered_at >= \(span.start) AND entered_at < \(span.end)
                AND kind IN ('offered', 'missed', 'refused') AND place IS NOT NULL
            GROUP BY place, kind
            """)
        {
            let place: Place = try row.value("place")
            let count: Int = try row.value("n")
            switch try row.value("kind", as: ContactEvent.Kind.self) {
            case .missed: found[place]?.missed = count
            case .refused: found[place]?.refused = count
            default: found[place]?.offers = count
            }
        }
        for (place, times) in try answering(span, transaction) { found[place]?.answering = Times(times) }
        for (place, lost) in try lostLines(span, transaction) {
            found[place]?.drops = Times(lost.filter { $0 <= hour })
            found[place]?.goneForGood = lost.count { $0 > hour }
        }
        return Place.allCases.compactMap { found[$0] }.filter { $0.present > .zero }
    }

    private static let hour: Int64 = 3_600_000

    /// From the offer to the answer, in milliseconds: of the last 100,000 answers, for their times have to be taken apart one by one.
    private static func answering(_ span: Span, _ transaction: Transaction) throws -> [Place: [Int64]] {
        try transaction.rows(
            """
            SELECT answer.place, answer.at AS answered, offer.at AS offered
            FROM contact_event AS answer
            JOIN contact_event AS offer ON offer.contact_id = answer.contact_id AND offer.number = answer.number - 1
            WHERE answer.entered_at >= \(span.start) AND answer.entered_at < \(span.end)
                AND answer.\(Tally.counted) AND answer.kind = 'answered' AND offer.kind = 'offered' AND answer.place IS NOT NULL
            ORDER BY answer.entered_at DESC LIMIT 100000
            """
        ).reduce(into: [:]) { found, row in
            let (answered, offered): (Moment, Moment) = (try row.value("answered"), try row.value("offered"))
            found[try row.value("place"), default: []].append(answered.milliseconds - offered.milliseconds)
        }
    }

    /// How long lines were lost, in milliseconds; stretches that midnight cut are one again.
    private static func lostLines(_ span: Span, _ transaction: Transaction) throws -> [Place: [Int64]] {
        var found: [Place: [Int64]] = [:]
        var last: (adviser: Person.ID, until: Moment)?
        for row in try transaction.rows(
            """
            SELECT adviser_id, from_at, until_at, place FROM desk_time
            WHERE from_at >= \(span.start) AND from_at < \(span.end) AND doing = 'line_lost'
            ORDER BY adviser_id, from_at
            """)
        {
            let (from, until): (Moment, Moment) = (try row.value("from_at"), try row.value("until_at"))
            let (adviser, place): (Person.ID, Place) = (try row.value("adviser_id"), try row.value("place"))
            let length = until.milliseconds - from.milliseconds
            if let last, last.adviser == adviser, last.until == from, let before = found[place]?.popLast() {
                found[place]?.append(before + length)
            } else {
                found[place, default: []].append(length)
            }
            last = (adviser, until)
        }
        return found
    }
}
