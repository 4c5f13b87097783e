import People
import Storage
import Values

/// A contact put to one adviser, to be accepted or refused in time.
struct Offer: Equatable, Sendable {
    typealias ID = Identifier<Offer>
    let id: ID
    let contact: Contact.ID
    let adviser: Person.ID
    let until: Moment
}

extension Offer {
    init(row: Row) throws {
        id = try row.value("id")
        contact = try row.value("contact_id")
        adviser = try row.value("adviser_id")
        until = try row.value("ends_at")
    }

    /// The offers that wait for this adviser's answer.
    static func open(to adviser: Person.ID, in transaction: Transaction) throws -> [Offer] {
        try transaction.rows(
            """
            SELECT id, contact_id, adviser_id, ends_at FROM offer
            WHERE adviser_id = \(adviser) AND outcome IS NULL ORDER BY id
            """
        ).map(Offer.init(row:))
    }

    /// All open offers, for the router to start from.
    static func open(in transaction: Transaction) throws -> [Offer] {
        try transaction.rows(
            """
            SELECT id, contact_id, adviser_id, ends_at FROM offer WHERE outcome IS NULL
            """
        ).map(Offer.init(row:))
    }

    /// The adviser takes the contact: answered from now on. Whoever is late is told so.
    static func accept(
        _ id: ID, by adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws -> Contact.ID {
        guard let offer = try find(id, to: adviser, in: transaction), now <= offer.until else {
            // Accepting twice, from two tabs or because the first answer was lost on the line, is no mistake.
            if let taken = try taken(id, by: adviser, in: transaction) { return taken }
            throw ContactRefusal.offerGone
        }
        try close(id, as: "accepted", in: transaction)
        guard let contact = try Contact.find(offer.contact, in: transaction) else { throw ContactRefusal.unknown }
        try transaction.run(
            """
            UPDATE contact SET state = 'active', answered_at = \(now), preferred_id = NULL, preferred_until = NULL
            WHERE id = \(offer.contact)
            """)
        try ContactEvent.append(
            contact.answeredAt == nil ? .answered : .resumed, to: offer.contact, at: now, by: adviser,
            lasting: now - contact.enteredAt, in: transaction)
        try Desk.note(adviser, at: now, in: transaction)
        try RoutingEvent.append(.accepted, contact: offer.contact, adviser: adviser, in: transaction)
        transaction.ring(.contact(offer.contact))
        return offer.contact
    }

    /// The adviser does not take it: it waits on at its old place, for somebody else.
    static func refuse(
        _ id: ID, by adviser: Person.ID, because reason: String, at now: Moment, in transaction: Transaction
    ) throws {
        guard let offer = try find(id, to: adviser, in: transaction) else { throw ContactRefusal.offerGone }
        try close(id, as: "refused", because: reason, in: transaction)
        try ContactEvent.append(.refused, to: offer.contact, at: now, by: adviser, cause: reason, in: transaction)
        try offer.release(at: now, in: transaction)
        try RoutingEvent.append(.refused, contact: offer.contact, adviser: adviser, in: transaction)
    }

    /// Puts the contact back to wait, as far as this offer had it.
    func release(at now: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE contact SET state = 'waiting', adviser_id = NULL
            WHERE id = \(contact) AND state = 'offered' AND adviser_id = \(adviser)
            """)
        try Desk.note(adviser, at: now, in: transaction)
    }

    static func close(_ id: ID, as outcome: String, because reason: String? = nil, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE offer SET outcome = \(outcome), reason = \(reason) WHERE id = \(id) AND outcome IS NULL
            """)
    }

    private static func find(_ id: ID, to adviser: Person.ID, in transaction: Transaction) throws -> Offer? {
        try transaction.row(
            """
            SELECT id, contact_id, adviser_id, ends_at FROM offer
            WHERE id = \(id) AND adviser_id = \(adviser) AND outcome IS NULL
            """
        ).map(Offer.init(row:))
    }

    private static func taken(_ id: ID, by adviser: Person.ID, in transaction: Transaction) throws -> Contact.ID? {
        try transaction.row(
            """
            SELECT offer.contact_id FROM offer JOIN contact ON contact.id = offer.contact_id
            WHERE offer.id = \(id) AND offer.adviser_id = \(adviser) AND offer.outcome = 'accepted'
                AND contact.adviser_id = \(adviser) AND contact.state = 'active'
            """)?.value("contact_id")
    }
}
