import People
import Routing
import Storage
import Values
import Web

extension QueueDraft {
    /// The queue of this number as a planner would have written it, with its revision and its pace left out.
    static func find(_ id: Queue.ID, in transaction: Transaction) throws -> (draft: QueueDraft, revision: Int) {
        guard let queue = try Queue.find(id, in: transaction),
            let row = try transaction.row("SELECT time_zone, revision FROM queue WHERE id = \(id)")
        else { throw QueueRefusal.neverThere(id) }
        var draft = QueueDraft(key: queue.key, name: queue.name)
        draft.language = queue.language
        draft.timeZone = try row.value("time_zone")
        draft.priority = queue.priority
        draft.headStart = queue.headStart
        draft.target = queue.target
        draft.offerTimeout = queue.offerTimeout
        draft.wrapUpLimit = queue.wrapUpLimit
        draft.longest = queue.longest
        draft.masksNumbers = queue.masksNumbers
        draft.retentionDays = queue.retentionDays
        draft.isRetired = queue.isRetired
        draft.needs = queue.needs.flatMap { step in
            step.needs.map { NeedLine(after: step.after, skill: $0.skill, level: $0.level) }
        }
        draft.openings = try transaction.rows(
            """
            SELECT weekday, opens, closes FROM opening WHERE queue_id = \(id) ORDER BY weekday, opens
            """
        ).map {
            Opening(weekday: try $0.value("weekday"), opens: try $0.value("opens"), closes: try $0.value("closes"))
        }
        return (draft, try row.value("revision"))
    }

    /// Makes a queue of it. Its history says who did.
    package func insert(by act: Act, in transaction: Transaction) throws -> Queue.ID {
        let id: Queue.ID = try transaction.insert(
            """
            INSERT INTO queue (key, name, language, time_zone, priority, head_start, target, offer_timeout, wrap_up_limit,
                longest, masks_numbers, retention_days, is_retired, retired_at)
            VALUES (\(key), \(name), \(language), \(timeZone), \(priority), \(headStart), \(target), \(offerTimeout),
                \(wrapUpLimit), \(longest), \(masksNumbers), \(retentionDays), \(isRetired),
                \(isRetired ? act.at : nil)) RETURNING id
            """)
        try replaceParts(of: id, in: transaction)
        try QueueChange.append("Created.", of: id, by: act, in: transaction)
        return id
    }

    /// Puts this in the place of what the queue was at that revision.
    ///
    /// - Throws: `QueueRefusal.changedMeanwhile` when somebody else was quicker.
    package func update(_ id: Queue.ID, at revision: Int, by act: Act, in transaction: Transaction) throws {
        let before = try QueueDraft.find(id, in: transaction)
        guard self != before.draft else { return }
        let since = try Queue.find(id, in: transaction)?.retiredAt ?? act.at
        let updated = try transaction.run(
            """
            UPDATE queue SET key = \(key), name = \(name), language = \(language), time_zone = \(timeZone),
                priority = \(priority), head_start = \(headStart), target = \(target), offer_timeout = \(offerTimeout),
                wrap_up_limit = \(wrapUpLimit), longest = \(longest), masks_numbers = \(masksNumbers),
                retention_days = \(retentionDays), is_retired = \(isRetired),
                retired_at = \(isRetired ? since : nil), revision = revision + 1
            WHERE id = \(id) AND revision = \(revision)
            """)
        guard updated == 1 else { throw try QueueChange.refusal(of: id, in: transaction) }
        try transaction.run("DELETE FROM queue_need WHERE queue_id = \(id)")
        try transaction.run("DELETE FROM opening WHERE queue_id = \(id)")
        try replaceParts(of: id, in: transaction)
        // From now on readiness counts for other queues than before.
        if isRetired != before.draft.isRetired { try Desk.cutIdle(at: act.at, in: transaction) }
        try QueueChange.append(
            changes(since: before.draft).joined(separator: " "), of: id, by: act, in: transaction)
    }

    private func replaceParts(of id: Queue.ID, in transaction: Transaction) throws {
        for need in needs {
            try transaction.run(
                """
                INSERT INTO queue_need (queue_id, after, skill_id, level)
                VALUES (\(id), \(need.after), \(need.skill), \(need.level))
                """)
        }
        for opening in openings {
            try transaction.run(
                """
                INSERT INTO opening (queue_id, weekday, opens, closes)
                VALUES (\(id), \(opening.weekday), \(opening.opens), \(opening.closes))
                """)
        }
    }

    /// What only the tables know to be wrong: skills that are not there, a key or a name that another queue has.
    func problems(for id: Queue.ID?, in transaction: Transaction) throws -> [QueueProblem] {
        var problems = problems
        // What no database takes cannot be another queue's either.
        guard key.isOneLine, name.isOneLine else { return problems }
        let known = Set(try NamedSkill.all(in: transaction).map(\.id))
        for need in needs where !known.contains(need.skill) {
            problems.append(.init(need.field, "There is no skill \(need.skill)."))
        }
        let other = id?.number ?? 0
        if try transaction.row("SELECT id FROM queue WHERE key = \(key) AND id <> \(other)") != nil {
            problems.append(.init("key", "Another queue has the key \"\(key)\"."))
        }
        if try transaction.row("SELECT id FROM queue WHERE name = \(name) AND id <> \(other)") != nil {
            problems.append(.init("name", "Another queue is called \"\(name)\"."))
        }
        return problems
    }
}
