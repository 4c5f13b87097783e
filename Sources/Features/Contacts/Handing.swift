import People
import Storage
import Values

/// What an adviser does with a contact she has: hand it on, ask for help, wrap it up.
extension Contact {
    /// The contact at this adviser's desk.
    static func held(_ id: ID, by adviser: Person.ID, in transaction: Transaction) throws -> Contact {
        guard let contact = try find(id, in: transaction) else { throw ContactRefusal.unknown }
        guard contact.adviser == adviser, contact.state == .active else {
            if contact.adviser == adviser { throw ContactRefusal.ended }
            throw ContactRefusal.notYours
        }
        return contact
    }

    /// To another queue, where it keeps the time of its arrival.
    func transfer(
        to queue: Queue, note: String?, by adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws {
        try leaveDesk(of: adviser, cause: "to \(queue.key)", at: now, in: transaction)
        try transaction.run(
            """
            UPDATE contact SET queue_id = \(queue.id), priority = \(queue.priority), entered_at = \(now), note = \(note)
            WHERE id = \(id)
            """)
        try enter(by: "transfer", at: now, in: transaction)
    }

    /// To a colleague, who alone is offered it for a while; then whoever can help.
    func transfer(
        to colleague: Person.ID, note: String?, by adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws {
        guard colleague != adviser else { throw ContactRefusal.transferToSelf }
        guard let desk = try Desk.find(colleague, in: transaction),
            ![.offline, .lineLost, .leaving].contains(desk.status)
        else { throw ContactRefusal.unknownAdviser }
        try leaveDesk(of: adviser, cause: "to adviser \(colleague)", at: now, in: transaction)
        try transaction.run(
            """
            UPDATE contact SET entered_at = \(now), note = \(note), preferred_id = \(colleague),
                preferred_until = \(now + Contact.preferenceLasts)
            WHERE id = \(id)
            """)
        try enter(by: "transfer", at: now, in: transaction)
    }

    /// So long a contact waits for the adviser it was handed to before it goes to anyone who can help.
    private static let preferenceLasts = Duration.minutes(3)

    private func leaveDesk(
        of adviser: Person.ID, cause: String, at now: Moment, in transaction: Transaction
    ) throws {
        guard let answeredAt else { throw ContactRefusal.notYours }
        try ContactEvent.append(
            .handled, to: id, at: now, by: adviser, cause: "transfer", lasting: now - answeredAt, in: transaction)
        try ContactEvent.append(.transferred, to: id, at: now, by: adviser, cause: cause, in: transaction)
        try transaction.run(
            """
            UPDATE contact SET state = 'waiting', adviser_id = NULL, answered_at = NULL, help_asked_at = NULL
            WHERE id = \(id)
            """)
        try Desk.note(adviser, at: now, in: transaction)
        try Desk.leaveWhenDone(adviser, at: now, in: transaction)
    }

    private func enter(by cause: String, at now: Moment, in transaction: Transaction) throws {
        try ContactEvent.append(.entered, to: id, at: now, cause: cause, in: transaction)
        // It leaves the router's sight and comes back as another wait, so two pieces of news.
        try RoutingEvent.append(.left, contact: id, in: transaction)
        try RoutingEvent.append(.arrived, contact: id, in: transaction)
        transaction.ring(.contact(id))
    }

    /// Asks the team leader to look in.
    func askForHelp(by adviser: Person.ID, at now: Moment, in transaction: Transaction) throws {
        let asked = try transaction.run(
            "UPDATE contact SET help_asked_at = \(now) WHERE id = \(id) AND help_asked_at IS NULL")
        if asked == 0 { return }
        try ContactEvent.append(.helpAsked, to: id, at: now, by: adviser, in: transaction)
        try DeskRevision.raise(adviser, in: transaction)
    }

    /// The work after the contact is done.
    static func wrapUp(
        _ id: ID, code: String, note: String?, by adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws {
        guard let contact = try find(id, in: transaction) else { throw ContactRefusal.unknown }
        guard contact.adviser == adviser else { throw ContactRefusal.notYours }
        guard contact.state == .wrapUp else { throw ContactRefusal.notInWrapUp }
        guard try WrapUpCode.isOffered(code, in: transaction) else { throw ContactRefusal.unknownCode(code) }
        try contact.closeWrapUp(code: code, note: note, cause: code, at: now, in: transaction)
        try RoutingEvent.append(.wrappedUp, contact: id, adviser: adviser, in: transaction)
    }

    /// So many times a queue's usual time a wrap-up may take in all.
    private static let mostWrapUp = 5

    /// As much more time for the wrap-up as the queue gives; says until when it is. The router learns of it when it would have ended it.
    static func giveMoreTime(
        _ id: ID, to adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws -> Moment {
        guard let contact = try find(id, in: transaction) else { throw ContactRefusal.unknown }
        guard contact.adviser == adviser else { throw ContactRefusal.notYours }
        guard contact.state == .wrapUp, let endedAt = contact.endedAt,
            let queue = try Queue.find(contact.queue, in: transaction)
        else { throw ContactRefusal.notInWrapUp }
        let until = min(
            max(now, contact.wrapUpUntil ?? now) + queue.wrapUpLimit, endedAt + queue.wrapUpLimit * mostWrapUp)
        guard until > contact.wrapUpUntil ?? now else { throw ContactRefusal.noMoreTime }
        try transaction.run("UPDATE contact SET wrap_up_until = \(until) WHERE id = \(id)")
        try DeskRevision.raise(adviser, in: transaction)
        return until
    }

    /// Ends the wrap-up, with a code or because its time has run out.
    func closeWrapUp(
        code: String?, note: String?, cause: String, at now: Moment, in transaction: Transaction
    ) throws {
        guard let adviser, let endedAt else { throw ContactRefusal.notInWrapUp }
        try ContactEvent.append(
            .wrappedUp, to: id, at: now, by: adviser, cause: cause, lasting: now - endedAt, in: transaction)
        try transaction.run(
            """
            UPDATE contact SET state = 'ended', wrap_up_code = \(code), wrap_up_note = \(note), wrap_up_until = NULL
            WHERE id = \(id)
            """)
        try Desk.note(adviser, at: now, in: transaction)
        try Desk.leaveWhenDone(adviser, at: now, in: transaction)
        transaction.ring(.contact(id))
    }
}
