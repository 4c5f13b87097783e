import People
import Storage
import Values

/// One step of a contact, with time and cause. Boards, reports and trials read nothing else.
struct ContactEvent: Sendable {
    enum Kind: String, Sendable, SQLConvertible {
        /// It came into a queue: new, or by transfer.
        case entered
        case offered, refused, missed, withdrawn
        /// The first answer since it entered its queue; `milliseconds` is the wait.
        case answered
        /// Answered again after an adviser was lost.
        case resumed
        /// Left the queue unanswered; `milliseconds` is the wait.
        case abandoned
        /// Left while it waited again after an adviser was lost. It was answered once, so it does not count as abandoned.
        case gaveUp = "gave_up"
        /// Found the queue full and was not let in.
        case turnedAway = "turned_away"
        /// An adviser has done with it: ended or transferred; `milliseconds` is the time it was with her.
        case handled
        /// `milliseconds` is the time of wrap-up.
        case wrappedUp = "wrapped_up"
        case transferred
        /// The adviser asked for help, or does without it after all.
        case helpAsked = "help_asked"
        case helpWithdrawn = "help_withdrawn"
        /// A team leader has come to help.
        case joined
        /// Somebody wrote what only advisers see; the cause is what.
        case noted
        /// Her line was lost: it waits again at its old place; `milliseconds` is the time it was with her.
        case requeued
    }
}

extension ContactEvent {
    /// Writes the next event of this contact. It counts for the team and place of `adviser` as they are now,
    /// if there is a desk.
    static func append(
        _ kind: Kind, to contact: Contact.ID, at now: Moment, by adviser: Person.ID? = nil, cause: String? = nil,
        lasting duration: Duration? = nil, in transaction: Transaction
    ) throws {
        try transaction.run("UPDATE contact SET last_event = last_event + 1 WHERE id = \(contact)")
        try transaction.run(
            """
            INSERT INTO contact_event
                (contact_id, number, at, kind, cause, queue_id, adviser_id, team_id, place, entered_at, milliseconds)
            SELECT contact.id, contact.last_event, \(now), \(kind), \(cause), contact.queue_id,
                CAST(\(adviser) AS BIGINT), desk.team_id, desk.place, contact.entered_at, \(duration)
            FROM contact LEFT JOIN desk ON desk.adviser_id = \(adviser) WHERE contact.id = \(contact)
            """)
        transaction.ring(.board)
    }
}
