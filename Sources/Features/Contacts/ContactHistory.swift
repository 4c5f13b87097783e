import People
import Routing
import Storage
import Values

/// One step of a contact as its page and its export show it.
struct ContactStep: Encodable, Sendable {
    let number: Int
    let at: Moment
    let kind: String
    let cause: String?
    let queue: String
    let adviser: String?
    let place: String?
    let milliseconds: Int?

    static func all(of contact: Contact.ID, in transaction: Transaction) throws -> [ContactStep] {
        try transaction.rows(
            """
            SELECT contact_event.number, contact_event.at, contact_event.kind,
                COALESCE(wrap_up_code.title, contact_event.cause) AS cause,
                queue.name AS queue, person.name AS adviser, contact_event.place, contact_event.milliseconds
            FROM contact_event JOIN queue ON queue.id = contact_event.queue_id
            LEFT JOIN person ON person.id = contact_event.adviser_id
            LEFT JOIN wrap_up_code ON wrap_up_code.code = contact_event.cause AND contact_event.kind = 'wrapped_up'
            WHERE contact_event.contact_id = \(contact) ORDER BY contact_event.number
            """
        ).map { row in
            ContactStep(
                number: try row.value("number"), at: try row.value("at"), kind: try row.value("kind"),
                cause: try row.optional("cause"), queue: try row.value("queue"),
                adviser: try row.optional("adviser"), place: try row.optional("place"),
                milliseconds: try row.optional("milliseconds"))
        }
    }

    /// What happened, in a sentence.
    var sentence: String {
        let who = adviser ?? "an adviser"
        switch kind {
        case "entered": return cause == "arrived" ? "Arrived in \(queue)." : "Came into \(queue)."
        case "offered": return "Offered to \(who)."
        case "refused": return "Refused by \(who)."
        case "missed": return "Missed by \(who)."
        case "withdrawn": return "Offer to \(who) taken back."
        case "answered": return "Answered by \(who)."
        case "resumed": return "Answered again by \(who)."
        case "abandoned": return "Left unanswered."
        case "turned_away": return "Turned away: the queue was full."
        case "handled":
            switch cause {
            case "transfer": return "\(who) handed it on."
            case "customer": return "The customer ended the conversation with \(who)."
            case "adviser": return "\(who) ended the conversation."
            default: return "The conversation with \(who) ended."
            }
        case "wrapped_up": return "\(who) wrapped up."
        case "transferred": return "Transferred by \(who)."
        case "help_asked": return "\(who) asked for help."
        case "help_withdrawn": return "\(who) did without help after all."
        case "joined": return "\(who) joined to help."
        case "noted": return "\(who) noted:"
        case "requeued" where cause == "left": return "\(who) has left: it waits again."
        case "requeued" where cause == "signed out": return "\(who) signed out: it waits again."
        case "requeued": return "The line of \(who) was lost: it waits again."
        default: return kind
        }
    }

    /// What somebody wrote or chose, to stand beside the sentence; other causes are words of the program's own.
    var note: String? { ["refused", "wrapped_up", "noted"].contains(kind) ? cause : nil }
}

/// All that is kept about one contact.
struct ContactRecord: Encodable, Sendable {
    let id: Contact.ID
    let channel: Channel
    let queue, queueLanguage: String
    let state, customerName: String
    let reference: String?
    let arrivedAt: Moment
    let answeredAt, endedAt: Moment?
    let endedBy, outcome, adviser, wrapUpCode, wrapUp, wrapUpNote, note: String?
    let erasedAt: Moment?
    /// When its words are to be erased.
    let keptUntil: Moment?
    let events: [ContactStep]
    let messages: [Conversations.Line]
    /// What else its channel keeps: ratings, comments.
    let other: [String: String]

    init(_ id: Contact.ID, through conversations: Conversations, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            SELECT contact.channel, queue.name AS queue, queue.language, queue.retention_days, contact.state, contact.customer_name,
                contact.reference, contact.arrived_at, contact.answered_at, contact.ended_at, contact.ended_by,
                contact.outcome, person.name AS adviser, contact.wrap_up_code, wrap_up_code.title AS wrap_up,
                contact.wrap_up_note, contact.note, contact.erased_at
            FROM contact JOIN queue ON queue.id = contact.queue_id
            LEFT JOIN wrap_up_code ON wrap_up_code.code = contact.wrap_up_code
            LEFT JOIN person ON person.id = contact.adviser_id WHERE contact.id = \(id)
            """)
        guard let row else { throw ContactRefusal.unknown }
        self.id = id
        channel = try row.value("channel")
        queue = try row.value("queue")
        queueLanguage = try row.value("language")
        state = try row.value("state")
        customerName = try row.value("customer_name")
        reference = try row.optional("reference")
        arrivedAt = try row.value("arrived_at")
        answeredAt = try row.optional("answered_at")
        endedAt = try row.optional("ended_at")
        endedBy = try row.optional("ended_by")
        outcome = try row.optional("outcome")
        adviser = try row.optional("adviser")
        wrapUpCode = try row.optional("wrap_up_code")
        wrapUp = try row.optional("wrap_up")
        wrapUpNote = try row.optional("wrap_up_note")
        note = try row.optional("note")
        erasedAt = try row.optional("erased_at")
        let days: Int = try row.value("retention_days")
        keptUntil = endedAt.map { $0 + .days(Int64(days)) }
        events = try ContactStep.all(of: id, in: transaction)
        messages = try conversations.said([id: 0], transaction).filter { $0.contact == id }
        other = try conversations.held([id], transaction)[id] ?? [:]
    }
}
