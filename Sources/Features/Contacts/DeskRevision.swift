import People
import Storage

/// Counts the changes of what one desk shows, apart from what is said in its contacts.
///
/// Whatever changes a desk raises the count in the same transaction, so a live desk that finds the same count as at
/// its last look has nothing to read but messages: one small row instead of a dozen statements for every message.
package enum DeskRevision {
    /// What this desk shows has changed: raises its revision, and rings.
    package static func raise(_ adviser: Person.ID, in transaction: Transaction) throws {
        try transaction.run("UPDATE desk SET revision = revision + 1 WHERE adviser_id = \(adviser)")
        transaction.ring(.desk(adviser))
    }

    /// Nil before she has come for the first time.
    static func of(_ adviser: Person.ID, in transaction: Transaction) throws -> Int? {
        try transaction.row("SELECT revision FROM desk WHERE adviser_id = \(adviser)")?.value("revision")
    }
}
