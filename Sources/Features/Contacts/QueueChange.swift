import People
import Routing
import Storage
import Values

/// What a planner did to a queue or, without one, to all: the history that the queue's page shows.
struct QueueChange: Sendable {
    let at: Moment
    let person: String?
    let summary: String

    /// Notes the change in the history and the audit trail, and tells the dispatcher.
    static func append(
        _ summary: String, of queue: Queue.ID?, by act: Act, in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO queue_change (queue_id, person_id, at, summary)
            VALUES (\(queue), \(act.actor), \(act.at), \(summary))
            """)
        // What holds for all queues is of the calendar: closures and bank holidays.
        let action: Action = queue == nil ? "calendar changed" : "queue changed"
        try Audit.append(
            act.entry(action, Subject("queue", queue?.number), ["summary": summary]), in: transaction)
        let touched = try queue.map { [$0] } ?? Queue.all(in: transaction).map(\.id)
        for id in touched { try RoutingEvent.append(.queue, queue: id, in: transaction) }
        transaction.ring(.board)
    }

    /// The newest changes of this queue and of all queues.
    static func newest(of queue: Queue.ID?, limit: Int = 50, in transaction: Transaction) throws -> [QueueChange] {
        let scope: SQL =
            if let queue { "queue_change.queue_id = \(queue) OR queue_change.queue_id IS NULL" } else {
                "queue_change.queue_id IS NULL"
            }
        return try transaction.rows(
            """
            SELECT queue_change.at, queue_change.summary, person.name FROM queue_change
            LEFT JOIN person ON person.id = queue_change.person_id
            WHERE \(scope) ORDER BY queue_change.id DESC LIMIT \(limit)
            """
        ).map {
            QueueChange(at: try $0.value("at"), person: try $0.optional("name"), summary: try $0.value("summary"))
        }
    }

    /// Who was quicker to change this queue, and what she did.
    static func refusal(of queue: Queue.ID, in transaction: Transaction) throws -> QueueRefusal {
        let last = try newest(of: queue, limit: 1, in: transaction).first
        return .changedMeanwhile(by: last?.person ?? "Somebody", what: last?.summary ?? "")
    }
}
