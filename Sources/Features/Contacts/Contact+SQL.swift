import People
import Routing
import Storage
import Values
import Web

extension Contact.State: SQLConvertible {}
extension Contact.Ender: SQLConvertible {}

extension Contact {
    init(row: Row) throws {
        id = try row.value("id")
        channel = try row.value("channel")
        queue = try row.value("queue_id")
        customerName = try row.value("customer_name")
        reference = try row.optional("reference")
        state = try row.value("state")
        priority = try row.value("priority")
        arrivedAt = try row.value("arrived_at")
        enteredAt = try row.value("entered_at")
        adviser = try row.optional("adviser_id")
        answeredAt = try row.optional("answered_at")
        endedAt = try row.optional("ended_at")
        endedBy = try row.optional("ended_by")
        wrapUpUntil = try row.optional("wrap_up_until")
        note = try row.optional("note")
        let preferred: Person.ID? = try row.optional("preferred_id")
        let until: Moment? = try row.optional("preferred_until")
        preference = preferred.flatMap { person in
            until.map { Preference(adviser: Adviser.ID(person.number), until: $0) }
        }
        helpAskedAt = try row.optional("help_asked_at")
    }

    static let columns: SQL = """
        id, channel, queue_id, customer_name, reference, state, priority, arrived_at, entered_at, adviser_id,
        answered_at, ended_at, ended_by, wrap_up_until, note, preferred_id, preferred_until, help_asked_at
        """

    /// Whether it waits, or has been put to an adviser who has not answered yet. This and `isHeld` say that it has not
    /// ended, too: the small indexes over what is open hold only with those words, among a million that have ended.
    package static let isWaiting: SQL = "contact.state <> 'ended' AND contact.state IN ('waiting', 'offered')"

    /// Whether an adviser has it: active, or in wrap-up.
    static let isHeld: SQL = "contact.state <> 'ended' AND contact.state IN ('active', 'wrap_up')"

    package static func find(_ id: ID, in transaction: Transaction) throws -> Contact? {
        try transaction.row("SELECT \(columns) FROM contact WHERE id = \(id)").map(Contact.init(row:))
    }

    /// Everything that has not ended, for the router to start from.
    static func open(in transaction: Transaction) throws -> [Contact] {
        try transaction.rows(
            """
            SELECT \(columns) FROM contact WHERE state <> 'ended' ORDER BY arrived_at, id
            """
        ).map(Contact.init(row:))
    }

    /// The contacts at this desk: active and in wrap-up, in the order they were answered.
    static func at(_ adviser: Person.ID, in transaction: Transaction) throws -> [Contact] {
        try transaction.rows(
            """
            SELECT \(columns) FROM contact
            WHERE adviser_id = \(adviser) AND \(isHeld) ORDER BY answered_at, id
            """
        ).map(Contact.init(row:))
    }

    /// How many wait before this one in its queue, itself included: 1 is next.
    package func position(in transaction: Transaction) throws -> Int? {
        guard state == .waiting || state == .offered else { return nil }
        return try transaction.row(
            """
            SELECT COUNT(*) AS n FROM contact WHERE queue_id = \(queue) AND \(Contact.isWaiting)
                AND (arrived_at < \(arrivedAt) OR (arrived_at = \(arrivedAt) AND id <= \(id)))
            """)?.value("n")
    }
}

// MARK: - Arriving and leaving

extension Contact {
    /// A customer has come. From here on the contact cannot be lost.
    ///
    /// - Throws: `QueueRefusal.closed`, `.full`.
    package static func arrive(
        by channel: Channel, in queue: Queue, name: String, reference: String?, at now: Moment,
        transaction: Transaction
    ) throws -> Contact {
        if case .closed(let reason, let until) = try queue.hours(at: now, in: transaction).answer(at: now) {
            throw QueueRefusal.closed(sentence: queue.closedSentence(reason, until: until, seenAt: now))
        }
        if let longest = queue.longest, try queue.waiting(in: transaction) >= longest {
            throw QueueRefusal.full(name: queue.name)
        }
        let id: ID = try transaction.insert(
            """
            INSERT INTO contact
                (channel, queue_id, customer_name, reference, state, priority, arrived_at, entered_at)
            VALUES (\(channel), \(queue.id), \(name), \(reference), 'waiting', \(queue.priority), \(now), \(now))
            RETURNING id
            """)
        try index(id, words: [name, reference ?? ""], in: transaction)
        try ContactEvent.append(.entered, to: id, at: now, cause: "arrived", in: transaction)
        try RoutingEvent.append(.arrived, contact: id, in: transaction)
        guard let contact = try find(id, in: transaction) else { throw StorageFault.nothingReturned }
        return contact
    }

    /// Notes that a customer found the queue full: counted, but without a name, for nothing was begun with them.
    package static func turnAway(by channel: Channel, from queue: Queue, at now: Moment, in transaction: Transaction)
        throws
    {
        let id: ID = try transaction.insert(
            """
            INSERT INTO contact (channel, queue_id, customer_name, state, priority, arrived_at, entered_at, ended_at,
                ended_by, outcome)
            VALUES (\(channel), \(queue.id), 'Turned away', 'ended', \(queue.priority), \(now), \(now), \(now),
                \(Ender.system), 'turned_away')
            RETURNING id
            """)
        try ContactEvent.append(.turnedAway, to: id, at: now, cause: "queue full", in: transaction)
    }

    /// Ends the contact, wherever it is. Ending twice changes nothing and says so.
    package static func end(
        _ id: ID, by ender: Ender, at now: Moment, in transaction: Transaction
    ) throws {
        guard let contact = try find(id, in: transaction) else { throw ContactRefusal.unknown }
        switch contact.state {
        case .waiting, .offered: try contact.abandon(by: ender, at: now, in: transaction)
        case .active: try contact.finish(by: ender, at: now, in: transaction)
        case .wrapUp, .ended: throw ContactRefusal.ended
        }
        transaction.ring(.contact(id))
    }

    private func abandon(by ender: Ender, at now: Moment, in transaction: Transaction) throws {
        try ContactEvent.append(
            answeredAt == nil ? .abandoned : .gaveUp, to: id, at: now, cause: ender.rawValue, lasting: now - enteredAt,
            in: transaction)
        try transaction.run(
            """
            UPDATE contact SET state = 'ended', adviser_id = NULL, ended_at = \(now), ended_by = \(ender), outcome = 'abandoned'
            WHERE id = \(id)
            """)
        if let adviser {
            try transaction.run(
                """
                UPDATE offer SET outcome = 'withdrawn' WHERE contact_id = \(id) AND outcome IS NULL
                """)
            try Desk.note(adviser, at: now, in: transaction)
        }
        try RoutingEvent.append(.left, contact: id, in: transaction)
    }

    /// From active to wrap-up, with its time limit.
    private func finish(by ender: Ender, at now: Moment, in transaction: Transaction) throws {
        guard let adviser, let answeredAt, let queue = try Queue.find(queue, in: transaction) else {
            throw ContactRefusal.unknown
        }
        try ContactEvent.append(
            .handled, to: id, at: now, by: adviser, cause: ender.rawValue, lasting: now - answeredAt, in: transaction)
        try transaction.run(
            """
            UPDATE contact SET state = 'wrap_up', ended_at = \(now), ended_by = \(ender), outcome = 'answered',
                wrap_up_until = \(now + queue.wrapUpLimit), help_asked_at = NULL
            WHERE id = \(id)
            """)
        try Desk.note(adviser, at: now, in: transaction)
        try RoutingEvent.append(.ended, contact: id, in: transaction)
    }

    /// The words by which a contact is found again.
    static func index(_ id: ID, words texts: [String], in transaction: Transaction) throws {
        let words = Set(texts.flatMap(SearchWords.words))
        if words.isEmpty { return }
        let rows = words.sorted().map { word -> SQL in "(\(word), \(id))" }
        try transaction.run("INSERT INTO contact_word (word, contact_id) VALUES \(SQL.list(rows))")
    }
}

extension Queue {
    /// What a customer is told out of hours.
    func closedSentence(_ reason: OpeningHours.Reason?, until: Moment?, seenAt now: Moment) -> String {
        let opens = until.map { " It opens again on \(Wording.dayAndTime($0, in: zone, seenAt: now))." } ?? ""
        return "\(name) is closed now.\(reason.map { " " + $0.words } ?? "")\(opens)"
    }
}
