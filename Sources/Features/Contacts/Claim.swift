import People
import Routing
import Storage
import Values

/// Writes what the router decided, as far as the tables still agree.
enum Claim {
    /// Says whether it did: false when somebody was quicker.
    static func make(_ decision: Decision, at now: Moment, in transaction: Transaction) throws -> Bool {
        switch decision {
        case .offer(let contact, let adviser, let until):
            return try offer(
                contact, to: Person.ID(adviser.number), until: until - Queue.grace, at: now, in: transaction)
        case .missed(let contact, let adviser):
            return try miss(contact, by: Person.ID(adviser.number), at: now, in: transaction)
        case .withdrawn(let contact, let adviser):
            return try withdraw(contact, from: Person.ID(adviser.number), at: now, in: transaction)
        case .wrapUpEnded(let id, let adviser):
            guard let contact = try Contact.find(id, in: transaction), contact.state == .wrapUp,
                contact.adviser == Person.ID(adviser.number)
            else { return true }
            let status = try Desk.find(Person.ID(adviser.number), in: transaction)?.status
            let hasLeft = status == .offline || status == .lineLost
            // More time was given meanwhile, of which the router has not heard.
            if !hasLeft, let until = contact.wrapUpUntil, until > now { return false }
            let cause = !hasLeft ? "time limit" : status == .offline ? "went offline" : "line lost"
            try contact.closeWrapUp(code: nil, note: nil, cause: cause, at: now, in: transaction)
            return true
        case .requeued(let contact, let adviser):
            return try requeue(contact, from: Person.ID(adviser.number), at: now, in: transaction)
        case .turnedAway:
            // Who finds the queue full is turned away on arrival, by Contact.arrive; the router has no such limit.
            return true
        }
    }

    private static func offer(
        _ contact: Contact.ID, to adviser: Person.ID, until: Moment, at now: Moment, in transaction: Transaction
    ) throws -> Bool {
        let claimed = try transaction.run(
            """
            UPDATE contact SET state = 'offered', adviser_id = \(adviser) WHERE id = \(contact) AND state = 'waiting'
                AND EXISTS (SELECT 1 FROM desk WHERE adviser_id = \(adviser) AND status = 'available')
            """)
        guard claimed == 1 else { return false }
        try transaction.run(
            """
            INSERT INTO offer (contact_id, adviser_id, made_at, ends_at)
            VALUES (\(contact), \(adviser), \(now), \(until))
            """)
        try ContactEvent.append(.offered, to: contact, at: now, by: adviser, in: transaction)
        try DeskRevision.raise(adviser, in: transaction)
        return true
    }

    /// The offer ran out: the contact waits on, the adviser is not offered anything until she is back.
    private static func miss(
        _ contact: Contact.ID, by adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws -> Bool {
        guard let offer = try openOffer(of: contact, to: adviser, in: transaction) else { return false }
        try Offer.close(offer.id, as: "missed", in: transaction)
        try ContactEvent.append(.missed, to: contact, at: now, by: adviser, in: transaction)
        try offer.release(at: now, in: transaction)
        if let desk = try Desk.find(adviser, in: transaction), desk.status == .available {
            try desk.fall(to: .missed, at: now, in: transaction)
        }
        return true
    }

    /// The offer was taken back: she is not available any more, or the contact has left.
    private static func withdraw(
        _ contact: Contact.ID, from adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws -> Bool {
        guard let offer = try openOffer(of: contact, to: adviser, in: transaction) else {
            // She may have accepted it in that moment; then it is with her.
            let state = try Contact.find(contact, in: transaction)?.state
            return state == nil || state == .waiting || state == .ended
        }
        try Offer.close(offer.id, as: "withdrawn", in: transaction)
        try ContactEvent.append(.withdrawn, to: contact, at: now, by: adviser, in: transaction)
        try offer.release(at: now, in: transaction)
        return true
    }

    /// What the customer is told then.
    static let requeuedSentence =
        "Your adviser cannot go on. You keep your place, and the next adviser can read what was said."

    /// Her line was lost in the middle of it, or she has signed out or left the body: it waits again, at its old place.
    private static func requeue(
        _ contact: Contact.ID, from adviser: Person.ID, at now: Moment, in transaction: Transaction
    ) throws -> Bool {
        guard let answeredAt = try Contact.find(contact, in: transaction)?.answeredAt else { return false }
        let requeued = try transaction.run(
            """
            UPDATE contact SET state = 'waiting', adviser_id = NULL, help_asked_at = NULL
            WHERE id = \(contact) AND state = 'active' AND adviser_id = \(adviser)
            """)
        guard requeued == 1 else { return false }
        try ContactEvent.append(
            .requeued, to: contact, at: now, by: adviser, cause: cause(of: adviser, at: now, in: transaction),
            lasting: now - answeredAt, in: transaction)
        try Desk.note(adviser, at: now, in: transaction)
        try Desk.leaveWhenDone(adviser, at: now, in: transaction)
        transaction.ring(.contact(contact))
        return true
    }

    /// Why a desk could not keep what it had.
    private static func cause(of adviser: Person.ID, at now: Moment, in transaction: Transaction) throws -> String {
        guard try Desk.find(adviser, in: transaction)?.status == .offline else { return "line lost" }
        let person = try Person.find(adviser, on: Day(now), in: transaction)
        return person.isActive ? "signed out" : "left"
    }

    private static func openOffer(
        of contact: Contact.ID, to adviser: Person.ID, in transaction: Transaction
    ) throws -> Offer? {
        try Offer.open(to: adviser, in: transaction).first { $0.contact == contact }
    }
}
