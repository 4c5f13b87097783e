import Contacts
import Storage
import Values

/// Customers in their chats. Who has been gone for too long has left: an adviser is not sent to an empty chat,
/// and a queue does not hold a place for nobody.
enum Visits: Attended {
    /// A customer who waits may be gone for so long, one in conversation for so long.
    static let patienceWaiting = Duration.minutes(5)
    static let patienceActive = Duration.minutes(15)
    static let interval = Duration.seconds(15)

    static func begin(at now: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE chat SET seen_at = \(now)
            WHERE contact_id IN (SELECT id FROM contact WHERE state <> 'ended')
            """)
    }

    static func note(_ some: [Contact.ID], at now: Moment, in transaction: Transaction) throws {
        try transaction.run("UPDATE chat SET seen_at = \(now) WHERE contact_id IN \(anyOf: some)")
    }

    static func miss(at now: Moment, in transaction: Transaction) throws {
        let gone = try transaction.rows(
            """
            SELECT contact.id FROM contact JOIN chat ON chat.contact_id = contact.id
            WHERE contact.state <> 'ended' AND
                (contact.state IN ('waiting', 'offered') AND chat.seen_at < \(now - patienceWaiting)
                OR contact.state = 'active' AND chat.seen_at < \(now - patienceActive))
            """)
        for row in gone { try Talk.end(try row.value("id"), by: .absence, at: now, in: transaction) }
    }
}
