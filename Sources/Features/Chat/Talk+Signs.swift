import Contacts
import People
import Storage
import Values

/// What both sides see of each other besides words: who types, and how far it was read.
extension Talk {
    /// The author types, so far as is known until then.
    func noteTyping(by author: Message.Author, until: Moment, in transaction: Transaction) throws {
        guard contact.endedAt == nil else { return }
        let column: SQL = author == .customer ? "customer_typing_until" : "adviser_typing_until"
        try transaction.run("UPDATE chat SET \(column) = \(until) WHERE contact_id = \(contact.id)")
        transaction.ring(.contact(contact.id))
        if author == .customer, let adviser = contact.adviser { try DeskRevision.raise(adviser, in: transaction) }
    }

    /// Everything up to this number was read, by the customer or by this adviser.
    func noteReading(
        to number: Int, by author: Message.Author, adviser: Person.ID?, in transaction: Transaction
    ) throws {
        let column: SQL = author == .customer ? "customer_read" : "adviser_read"
        let changed = try transaction.run(
            """
            UPDATE chat SET \(column) = \(min(number, lastNumber))
            WHERE contact_id = \(contact.id) AND \(column) < \(min(number, lastNumber))
            """)
        if changed > 0, let adviser { try DeskRevision.raise(adviser, in: transaction) }
    }

    /// What the customer thought of it.
    func rate(_ stars: Int?, _ comment: String?, in transaction: Transaction) throws {
        guard contact.endedAt != nil else { throw TalkRefusal.notEnded }
        try transaction.run(
            "UPDATE chat SET rating = \(stars), rating_comment = \(comment) WHERE contact_id = \(contact.id)")
    }
}
