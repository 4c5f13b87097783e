import Logging
import People
import Routing
import ServiceLifecycle
import Storage
import Values

extension Contact {
    /// Takes from these contacts everything that tells who the customer was and what was said. Times and figures stay.
    static func forget(
        _ ids: [ID], through conversations: Conversations, at now: Moment, in transaction: Transaction
    ) throws {
        if ids.isEmpty { return }
        try transaction.run(
            """
            UPDATE contact SET customer_name = '', reference = NULL, wrap_up_note = NULL, note = NULL, erased_at = \(now)
            WHERE id IN \(anyOf: ids)
            """)
        try transaction.run("DELETE FROM contact_word WHERE contact_id IN \(anyOf: ids)")
        // An adviser may have written the customer's words into the reason of a refusal, a leader into a note.
        try transaction.run("UPDATE offer SET reason = NULL WHERE contact_id IN \(anyOf: ids)")
        try transaction.run(
            "UPDATE contact_event SET cause = NULL WHERE kind IN ('refused', 'noted') AND contact_id IN \(anyOf: ids)")
        try conversations.erase(ids, transaction)
    }

    /// Forgets contacts of this queue whose time is over, and says how many.
    static func forgetDue(
        of queue: Queue, upTo limit: Int, through conversations: Conversations, at now: Moment,
        in transaction: Transaction
    ) throws -> Int {
        let ids = try transaction.rows(
            """
            SELECT id FROM contact WHERE queue_id = \(queue.id) AND state = 'ended' AND erased_at IS NULL
                AND ended_at < \(now - .days(Int64(queue.retentionDays))) ORDER BY ended_at, id LIMIT \(limit)
            """
        ).map { try $0.value("id", as: ID.self) }
        guard let first = ids.min(), let last = ids.max() else { return 0 }
        try forget(ids, through: conversations, at: now, in: transaction)
        let detail = ["contacts": "\(ids.count)", "first": "\(first)", "last": "\(last)"]
        let act = Act(by: nil, at: now)
        try Audit.append(act.entry("contacts forgotten", Subject("queue", queue.id.number), detail), in: transaction)
        return ids.count
    }
}

/// Forgets contacts older than their queue keeps them, every hour, a portion at a time.
package struct Retention: Service {
    /// So many contacts are forgotten in one transaction: some tens of milliseconds for the others who wait.
    static let portion = 200
    private static let interval = Duration.hours(1)

    let store: Store
    let conversations: Conversations
    let now: @Sendable () -> Moment
    let logger: Logger

    package func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                do {
                    // One server does it, if there are several.
                    if try await store.hold("retention") { try await forgetAllDue() }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("Old contacts could not be forgotten", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: Retention.interval)
            }
        }
    }

    /// Forgets everything that is due, and says how many contacts that were.
    @discardableResult
    func forgetAllDue() async throws -> Int {
        var total = 0
        for queue in try await store.read({ try Queue.all(retired: true, in: $0) }) {
            var portion = 0
            repeat {
                let now = now()
                portion = try await store.write { [conversations] transaction in
                    try Contact.forgetDue(
                        of: queue, upTo: Retention.portion, through: conversations, at: now, in: transaction)
                }
                total += portion
                // Between portions the others have their turn.
                if portion > 0 { try await Task.sleep(for: .milliseconds(20)) }
            } while portion == Retention.portion
        }
        return total
    }
}
