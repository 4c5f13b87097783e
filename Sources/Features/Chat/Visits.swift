import Contacts
import Storage
import Values

/// Customers in their chats. Who has been gone for too long has left: an adviser is not sent to an empty chat,
/// and a queue does not hold a place for nobody.
enum Visits: Attended {
    /// A customer who waits may be gone for so long, one in conversation for so long.
    static let patienceWaiting = Duration.minutes(5)
    static let patienceActive = Duration.minutes(15)
    /// Who has not been seen for so long counts as away: the adviser is told.
    static let patienceForSign = Duration.seconds(45)
    /// Without JavaScript a page on which somebody writes gives no sign: for so long that counts as being there.
    static let patienceForWriting = Duration.minutes(3)
    static let interval = Duration.seconds(15)

    static func begin(at now: Moment, in transaction: Transaction) throws {
        try transaction.run(
            """
            UPDATE chat SET seen_at = \(now), away_since = NULL
            WHERE contact_id IN (SELECT id FROM contact WHERE state <> 'ended')
            """)
    }

    static func note(_ some: [Contact.ID], at now: Moment, in transaction: Transaction) throws {
        // Whoever writes without a sign is there for a while; what is later than that comes of a clock that was set back.
        try transaction.run(
            """
            UPDATE chat SET seen_at = \(now) WHERE contact_id IN \(anyOf: some)
                AND (seen_at < \(now) OR seen_at > \(now + patienceForWriting))
            """)
        let back = try transaction.rows(
            """
            UPDATE chat SET away_since = NULL WHERE contact_id IN \(anyOf: some) AND away_since IS NOT NULL
            RETURNING contact_id
            """)
        try tell(of: back, in: transaction)
    }

    static func miss(at now: Moment, in transaction: Transaction) throws {
        let away = try transaction.rows(
            """
            UPDATE chat SET away_since = seen_at
            WHERE away_since IS NULL AND seen_at < \(now - patienceForSign)
                AND contact_id IN (SELECT id FROM contact WHERE state <> 'ended' AND ended_at IS NULL)
            RETURNING contact_id
            """)
        try tell(of: away, in: transaction)
        let gone = try transaction.rows(
            """
            SELECT contact.id FROM contact JOIN chat ON chat.contact_id = contact.id
            WHERE contact.state <> 'ended' AND
                (contact.state IN ('waiting', 'offered') AND chat.seen_at < \(now - patienceWaiting)
                OR contact.state = 'active' AND chat.seen_at < \(now - patienceActive))
            """)
        for row in gone { try Talk.end(try row.value("id"), by: .absence, at: now, in: transaction) }
    }

    /// Desks show whether the customers at them are there.
    private static func tell(of chats: [Row], in transaction: Transaction) throws {
        if chats.isEmpty { return }
        let ids: [Contact.ID] = try chats.map { try $0.value("contact_id") }
        let advisers = try transaction.rows(
            "SELECT DISTINCT adviser_id FROM contact WHERE id IN \(anyOf: ids) AND adviser_id IS NOT NULL")
        for row in advisers { try DeskRevision.raise(row.value("adviser_id"), in: transaction) }
    }
}
