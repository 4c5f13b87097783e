import Storage
import Values

/// How far the audit trail was followed and found sound, kept so that nobody has to begin at its first entry again.
///
/// It stands in the same database: it saves time, and shows a trail that was cut off since. Whoever can rewrite the
/// whole trail can rewrite this too; against that helps a link noted elsewhere.
package struct AuditVerified: Hashable, Sendable {
    package let link: AuditLink
    /// When it was followed up to there.
    package let at: Moment
    /// When it was last followed from its first entry.
    package let wholeAt: Moment

    package init(link: AuditLink, at moment: Moment, wholeAt: Moment) {
        self.link = link
        self.at = moment
        self.wholeAt = wholeAt
    }

    /// Nil before the first time.
    package static func find(in transaction: Transaction) throws -> AuditVerified? {
        try transaction.row("SELECT number, hash, at, whole_at FROM audit_verified WHERE place = 1").map { row in
            AuditVerified(
                link: AuditLink(number: try row.value("number"), hash: try row.value("hash")),
                at: try row.value("at"), wholeAt: try row.value("whole_at"))
        }
    }

    package func store(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO audit_verified (place, number, hash, at, whole_at)
            VALUES (1, \(link.number), \(link.hash), \(at), \(wholeAt))
            ON CONFLICT (place) DO UPDATE SET number = excluded.number, hash = excluded.hash, at = excluded.at,
                whole_at = excluded.whole_at
            """)
    }
}
