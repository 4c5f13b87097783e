import People
import Storage
import Values

/// News for the dispatcher, written in the transaction that made it and deleted once it has been routed.
struct RoutingEvent: Sendable {
    enum Kind: String, SQLConvertible {
        case arrived, left, accepted, refused, ended, wrappedUp = "wrapped_up", adviser, queue
    }

    let id: Int64
    let kind: Kind
    let contact: Contact.ID?
    let adviser: Person.ID?
    let queue: Queue.ID?

    static func append(
        _ kind: Kind, contact: Contact.ID? = nil, adviser: Person.ID? = nil, queue: Queue.ID? = nil,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO routing_event (kind, contact_id, adviser_id, queue_id)
            VALUES (\(kind), \(contact), \(adviser), \(queue))
            """)
        transaction.ring(.dispatch)
    }

    /// What waits to be routed, oldest first.
    static func pending(in transaction: Transaction) throws -> [RoutingEvent] {
        try transaction.rows(
            """
            SELECT id, kind, contact_id, adviser_id, queue_id FROM routing_event ORDER BY id LIMIT 500
            """
        ).map { row in
            RoutingEvent(
                id: try row.value("id"), kind: try row.value("kind"), contact: try row.optional("contact_id"),
                adviser: try row.optional("adviser_id"), queue: try row.optional("queue_id"))
        }
    }

    static func remove(_ ids: [Int64], in transaction: Transaction) throws {
        if ids.isEmpty { return }
        try transaction.run("DELETE FROM routing_event WHERE id IN \(anyOf: ids)")
    }
}
