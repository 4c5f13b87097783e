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
    package static let interval = Duration.seconds(10)

    package static func begin(at now: Moment, in transaction: Transaction) throws {
        try transaction.run("UPDATE desk SET seen_at = \(now) WHERE status <> 'offline'")
    }

    package static func note(_ some: [Person.ID], at now: Moment, in transaction: Transaction) throws {
        try transaction.run("UPDATE desk SET seen_at = \(now) WHERE adviser_id IN \(anyOf: some)")
    }

    package static func miss(at now: Moment, in transaction: Transaction) throws {
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
}
