import People
import Storage
import Values

/// Advisers at their desks.
///
/// An adviser whose desk is silent for too long has lost her line: her contacts go to others, and nobody is offered
/// to a closed lid.
package enum Presence: Attended {
    /// After so long without a sign the line counts as lost.
    static let patience = Duration.seconds(90)
    /// After so long without a sign its customers are told that the line is interrupted.
    package static let patienceForSign = Duration.seconds(30)
    package static let interval = Duration.seconds(10)

    /// Whether the line of a desk that was heard of last at this moment counts as interrupted.
    package static func isSilent(since seenAt: Moment?, at now: Moment) -> Bool {
        seenAt.map { now - $0 > patienceForSign } ?? false
    }

    package static func begin(at now: Moment, in transaction: Transaction) throws {
        try transaction.run("UPDATE desk SET seen_at = \(now) WHERE status <> 'offline'")
    }

    package static func note(_ some: [Person.ID], at now: Moment, in transaction: Transaction) throws {
        // Whoever was silent is heard of again.
        try ring(
            where: "desk.adviser_id IN \(anyOf: some) AND desk.seen_at < \(now - patienceForSign)", in: transaction)
        try transaction.run("UPDATE desk SET seen_at = \(now) WHERE adviser_id IN \(anyOf: some)")
    }

    package static func miss(at now: Moment, in transaction: Transaction) throws {
        try ring(where: "desk.seen_at < \(now - patienceForSign)", in: transaction)
        let lost = try transaction.rows(
            """
            SELECT adviser_id FROM desk
            WHERE status NOT IN ('offline', 'line_lost') AND seen_at < \(now - patience)
            """)
        for row in lost {
            guard let desk = try Desk.find(try row.value("adviser_id"), in: transaction) else { continue }
            try desk.fall(to: .lineLost, at: now, in: transaction)
        }
    }

    /// Has the customers of some desks look how it is with their adviser.
    private static func ring(where condition: SQL, in transaction: Transaction) throws {
        let rows = try transaction.rows(
            """
            SELECT contact.id FROM desk JOIN contact ON contact.adviser_id = desk.adviser_id
            WHERE desk.status NOT IN ('offline', 'line_lost') AND \(condition)
                AND contact.state <> 'ended' AND contact.state = 'active'
            """)
        for row in rows { transaction.ring(.contact(try row.value("id"))) }
    }
}
