import Storage
import Values

/// An entry as it stands in the audit trail.
package struct AuditRecord: Hashable, Sendable {
    package let entry: AuditEntry
    package let link: AuditLink
    let previousHash: String
}

/// What a check of the audit trail found.
package enum AuditVerdict: Hashable, Sendable {
    /// All entries follow from one another, up to this link.
    case sound(AuditLink)
    /// This entry is the first that was changed, or that is missing, or that follows a missing one.
    case broken(number: Int64)
}

/// What of the audit trail to show.
package struct AuditQuestion: Hashable, Sendable {
    package var actor: Person.ID?
    package var subject: Subject?
    package var action: Action?
    package var from: Moment?
    package var until: Moment?

    package init(
        actor: Person.ID? = nil, subject: Subject? = nil, action: Action? = nil, from: Moment? = nil,
        until: Moment? = nil
    ) {
        self.actor = actor
        self.subject = subject
        self.action = action
        self.from = from
        self.until = until
    }
}

extension Audit {
    private static let columns: SQL = """
        number, at, actor_id, action, subject_kind, subject_id, detail, address, request_id, previous_hash, hash
        """

    /// The entries that answer the question, newest first, older than `before`.
    package static func page(
        _ question: AuditQuestion, before: Int64? = nil, limit: Int = 50, in transaction: Transaction
    ) throws -> [AuditRecord] {
        var conditions: [SQL] = ["number > 0"]
        if let actor = question.actor { conditions.append("actor_id = \(actor)") }
        if let action = question.action { conditions.append("action = \(action)") }
        if let from = question.from { conditions.append("at >= \(from)") }
        if let until = question.until { conditions.append("at < \(until)") }
        if let before { conditions.append("number < \(before)") }
        if let subject = question.subject {
            conditions.append("subject_kind = \(subject.kind)")
            if let number = subject.number { conditions.append("subject_id = \(number)") }
        }
        return try transaction.rows(
            """
            SELECT \(columns) FROM audit_entry WHERE \(SQL.list(conditions, separator: " AND "))
            ORDER BY number DESC LIMIT \(limit)
            """
        ).map(AuditRecord.init(row:))
    }

    /// Follows the chain from a link to its end, or says which entry is the first that does not follow.
    ///
    /// The anchor is a link noted earlier, elsewhere: an entry of that number must still have that hash.
    package static func verify(
        in transaction: Transaction, from start: AuditLink = .none, anchor: AuditLink? = nil
    ) throws -> AuditVerdict {
        var link = start
        while let next = try verifiedPage(after: link, anchor: anchor, in: transaction) {
            guard case .sound(let reached) = next else { return next }
            link = reached
        }
        if let anchor, anchor.number > link.number { return .broken(number: link.number + 1) }
        return .sound(link)
    }

    /// The same over a store, a page a transaction: millions of entries are checked while others go on writing.
    ///
    /// From a link that was verified before, only what came since is followed; that link itself must still stand.
    package static func verify(
        _ store: Store, from start: AuditLink = .none, anchor: AuditLink? = nil,
        progress: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> AuditVerdict {
        guard try await store.read({ try stands(start, in: $0) }) else { return .broken(number: start.number) }
        var link = start
        while let next = try await store.read({ [link] in try verifiedPage(after: link, anchor: anchor, in: $0) }) {
            guard case .sound(let reached) = next else { return next }
            link = reached
            progress(link.number)
        }
        if let anchor, anchor.number > link.number { return .broken(number: link.number + 1) }
        return .sound(link)
    }

    /// Whether this link is in the trail as it was.
    private static func stands(_ link: AuditLink, in transaction: Transaction) throws -> Bool {
        if link == .none { return true }
        let row = try transaction.row("SELECT hash FROM audit_entry WHERE number = \(link.number)")
        return try row?.value("hash") == link.hash
    }

    private static func verifiedPage(
        after start: AuditLink, anchor: AuditLink?, in transaction: Transaction
    ) throws -> AuditVerdict? {
        let rows = try transaction.rows(
            """
            SELECT \(columns) FROM audit_entry WHERE number > \(start.number) ORDER BY number LIMIT 5000
            """)
        if rows.isEmpty { return nil }
        var link = start
        for row in rows {
            let next = try AuditRecord(row: row)
            let isAnchored = anchor.map { $0.number != next.link.number || $0 == next.link } ?? true
            guard next.previousHash == link.hash, link.next(next.entry) == next.link, isAnchored
            else { return .broken(number: link.number + 1) }
            link = next.link
        }
        return .sound(link)
    }
}

extension AuditRecord {
    init(row: Row) throws {
        let act = Act(
            by: try row.optional("actor_id"), at: try row.value("at"), address: try row.optional("address"),
            request: try row.optional("request_id"))
        let number: Int64? = try row.optional("subject_id")
        let subject = try row.optional("subject_kind", as: String.self).map { Subject($0, number) }
        entry = AuditEntry(
            act: act, action: try row.value("action"), subject: subject, detailText: try row.value("detail"))
        link = AuditLink(number: try row.value("number"), hash: try row.value("hash"))
        previousHash = try row.value("previous_hash")
    }
}
