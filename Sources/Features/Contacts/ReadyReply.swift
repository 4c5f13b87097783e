import People
import Routing
import Storage
import Values
import Web

/// Words that an adviser can put into a message with two keys.
struct ReadyReply: Equatable, Sendable {
    typealias ID = Identifier<ReadyReply>

    /// Nil: every queue.
    let queue: Queue.ID?
    let title: String
    let text: String
}

extension ReadyReply {
    init(_ form: inout Form) {
        queue = form.id("queue", as: Queue.ID.self, otherwise: "Choose a queue from the list, or all.")
        title = form.line("title", "a title", upTo: 80)
        text = form.text("text", "the text", upTo: 4_000)
        let unknown = text.matches(of: /\{\p{L}[\p{L}\d_-]*\}/).map { String($0.output) }.first {
            !ReadyReply.placeholders.contains($0)
        }
        if let unknown {
            let known = ReadyReply.placeholders.joined(separator: " ")
            form.refuse("text", "Nothing is filled in for \(unknown.prefix(80)). There are \(known).")
        }
    }

    /// What a desk fills in by itself.
    private static let placeholders = ["{customer}", "{adviser}", "{queue}", "{reference}"]

    /// Those whose title or text holds these words, by title. Those of a retired queue rest until it is taken up again.
    static func all(
        matching search: String = "", in transaction: Transaction
    ) throws -> [(id: ID, reply: ReadyReply)] {
        try transaction.rows(
            """
            SELECT id, queue_id, title, text FROM ready_reply
            WHERE (title \(containing: search) OR text \(containing: search))
                AND (queue_id IS NULL OR queue_id IN (SELECT id FROM queue WHERE is_retired = FALSE))
            ORDER BY title, id LIMIT 500
            """
        ).map { (try $0.value("id"), try ReadyReply(row: $0)) }
    }

    /// What can be said in chats of these queues: their own, and those for every queue, by title.
    static func all(
        forQueues queues: [Queue.ID], in transaction: Transaction
    ) throws -> [(id: ID, reply: ReadyReply)] {
        try transaction.rows(
            """
            SELECT id, queue_id, title, text FROM ready_reply
            WHERE queue_id IS NULL OR queue_id IN \(anyOf: Set(queues).sorted()) ORDER BY title, id LIMIT 500
            """
        ).map { (try $0.value("id"), try ReadyReply(row: $0)) }
    }

    private init(row: Row) throws {
        self.init(queue: try row.optional("queue_id"), title: try row.value("title"), text: try row.value("text"))
    }

    func insert(by act: Act, in transaction: Transaction) throws -> ID {
        try checkQueue(in: transaction)
        let id: ID = try transaction.insert(
            """
            INSERT INTO ready_reply (queue_id, title, text) VALUES (\(queue), \(title), \(text)) RETURNING id
            """)
        try Audit.append(
            act.entry("ready reply changed", Subject("ready reply", id.number), ["title": title]), in: transaction)
        return id
    }

    func update(_ id: ID, by act: Act, in transaction: Transaction) throws {
        try checkQueue(in: transaction)
        let updated = try transaction.run(
            """
            UPDATE ready_reply SET queue_id = \(queue), title = \(title), text = \(text) WHERE id = \(id)
            """)
        guard updated == 1 else { throw WordsRefusal.unknown }
        try Audit.append(
            act.entry("ready reply changed", Subject("ready reply", id.number), ["title": title]), in: transaction)
    }

    static func remove(_ id: ID, by act: Act, in transaction: Transaction) throws {
        guard try transaction.run("DELETE FROM ready_reply WHERE id = \(id)") == 1 else { throw WordsRefusal.unknown }
        try Audit.append(act.entry("ready reply removed", Subject("ready reply", id.number)), in: transaction)
    }

    private func checkQueue(in transaction: Transaction) throws {
        guard let queue else { return }
        guard let found = try Queue.find(queue, in: transaction) else { throw QueueRefusal.neverThere(queue) }
        guard !found.isRetired else {
            throw FormRefusal(errors: [.init("queue", "\(found.name) is retired. Choose a queue in use, or all.")])
        }
    }
}
