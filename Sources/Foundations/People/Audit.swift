import Crypto
import Storage
import Values

/// A link of the audit chain: its number, and the SHA-256 over everything up to it.
package struct AuditLink: Hashable, Sendable {
    package let number: Int64
    package let hash: String

    package init(number: Int64, hash: String) {
        self.number = number
        self.hash = hash
    }

    /// Before the first entry.
    package static let none = AuditLink(number: 0, hash: String(repeating: "0", count: 64))

    /// The link that this entry becomes behind this one.
    ///
    /// The encoding has one reading: every field is preceded by its length in bytes as a decimal and a colon, a missing
    /// one is `-`. Fields in order: previous hash, number, moment, actor, action, subject kind, subject number, detail,
    /// address, request.
    func next(_ entry: AuditEntry) -> AuditLink {
        var canonical = ""
        let fields: [String?] = [
            hash, "\(number + 1)", "\(entry.act.at)", entry.act.actor.map { "\($0)" }, entry.action.rawValue,
            entry.subject?.kind, entry.subject?.number.map { "\($0)" }, entry.detail, entry.act.address,
            entry.act.request,
        ]
        for field in fields {
            canonical += field.map { "\($0.utf8.count):\($0)" } ?? "-"
        }
        return AuditLink(number: number + 1, hash: Hex.text(SHA256.hash(data: Array(canonical.utf8))))
    }
}

/// The trail of privileged acts: entries numbered without gaps, each hashed together with the one before.
///
/// Whoever changes or removes an entry breaks every later hash. Removing the newest entries leaves a shorter sound
/// chain: only a `head` noted elsewhere (a log, a printout) shows that, which `verify` takes as `anchor`.
package enum Audit {
    /// Appends an entry, in the transaction of the act itself: both happen or neither.
    @discardableResult
    package static func append(_ entry: AuditEntry, in transaction: Transaction) throws -> AuditLink {
        try append([entry], in: transaction)
    }

    /// Appends many entries in their order.
    @discardableResult
    package static func append(_ entries: [AuditEntry], in transaction: Transaction) throws -> AuditLink {
        var link = try head(in: transaction)
        for start in stride(from: 0, to: entries.count, by: 200) {
            var rows: [SQL] = []
            for entry in entries[start..<min(start + 200, entries.count)] {
                let next = link.next(entry)
                rows.append(
                    """
                    (\(next.number), \(entry.act.at), \(entry.act.actor), \(entry.action), \(entry.subject?.kind),
                    \(entry.subject?.number), \(entry.detail), \(entry.act.address), \(entry.act.request), \(link.hash),
                    \(next.hash))
                    """)
                link = next
            }
            try transaction.run(
                """
                INSERT INTO audit_entry (number, at, actor_id, action, subject_kind, subject_id, detail, address,
                    request_id, previous_hash, hash)
                VALUES \(SQL.list(rows))
                """)
        }
        return link
    }

    /// The newest link: worth noting outside the database from time to time.
    package static func head(in transaction: Transaction) throws -> AuditLink {
        let row = try transaction.row("SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1")
        guard let row else { return .none }
        return AuditLink(number: try row.value("number"), hash: try row.value("hash"))
    }
}
