import Logging
import People
import Storage
import TestKit
import Values
import Web

@testable import Contacts

/// A platform with the cast signed in, one queue open day and night, and a channel that keeps what is said in a table.
typealias House = TestKit.House<Contacts>

extension House {
    var contacts: Contacts { part }

    static var queue: Queue.ID { 1 }

    static func run(
        on engine: Engine, conversations: Conversations = House.conversations, _ body: (House) async throws -> Void
    ) async throws {
        let channel = Migration(
            "test channel",
            """
            CREATE TABLE said (contact_id BIGINT NOT NULL, number BIGINT NOT NULL, text TEXT NOT NULL)
            """)
        try await withStore(on: engine, migrations: People.migrations + Contacts.migrations + [channel]) { store in
            try await store.write { transaction in
                try Cast.insert(in: transaction)
                _ = try House.draft.insert(by: Act(by: nil, at: Cast.morning), in: transaction)
            }
            let house = try await House(
                store, targets: ["Contacts"], links: Contacts.links, signedOut: Contacts.signedOut,
                leavesBehind: Contacts.leftBehind
            ) { server, _, clock in
                Contacts(
                    store: store, pages: server.pages, conversations: conversations, now: { clock.now },
                    logger: Logger(label: "test"))
            }
            try await body(house)
        }
    }

    static var draft: QueueDraft {
        var draft = QueueDraft(key: "self-assessment", name: "Self Assessment")
        draft.needs = [.init(skill: Skill.selfAssessment, level: 1)]
        draft.openings = (1...7).map { .init(weekday: $0, opens: 0, closes: 1_440) }
        return draft
    }

    static var conversations: Conversations {
        Conversations(
            said: { seen, transaction in
                try transaction.rows(
                    """
                    SELECT contact_id, number, text FROM said WHERE contact_id IN \(anyOf: Array(seen.keys))
                    ORDER BY contact_id, number
                    """
                ).filter {
                    try $0.value("number", as: Int.self) > (seen[try $0.value("contact_id")] ?? 0)
                }.map {
                    Conversations.Line(
                        contact: try $0.value("contact_id"), number: try $0.value("number"), author: "customer",
                        name: "",
                        text: try $0.value("text"), at: Cast.morning, clientId: nil)
                }
            },
            states: { _, _, _ in [:] },
            erase: { ids, transaction in try transaction.run("DELETE FROM said WHERE contact_id IN \(anyOf: ids)") })
    }

    /// A contact that has come, been answered by Amina and wrapped up with a note.
    func ended(_ name: String, _ reference: String?) async throws -> Contact.ID {
        let id = try await arrived(name, reference), now = clock.now
        try await store.write { transaction in
            try transaction.run(
                """
                UPDATE contact SET state = 'ended', adviser_id = \(Person.amina.id), answered_at = \(now),
                    ended_at = \(now), ended_by = 'customer', outcome = 'answered', wrap_up_code = 'answered',
                    wrap_up_note = \("Promised \(name) a form."), note = \("About \(reference ?? "")")
                WHERE id = \(id)
                """)
            try transaction.run("INSERT INTO said (contact_id, number, text) VALUES (\(id), 1, \("I am \(name)"))")
            try ContactEvent.append(.refused, to: id, at: now, cause: "I know \(name)", in: transaction)
            try transaction.run(
                """
                INSERT INTO offer (contact_id, adviser_id, made_at, ends_at, outcome, reason)
                VALUES (\(id), \(Person.bram.id), \(now), \(now), 'refused', \("I know \(name)"))
                """)
        }
        return id
    }

    func arrived(_ name: String, _ reference: String?, in queue: Queue.ID = House.queue) async throws -> Contact.ID {
        let now = clock.now
        return try await store.write { transaction in
            guard let queue = try Queue.find(queue, in: transaction) else { throw QueueRefusal.neverThere(queue) }
            return try Contact.arrive(
                by: .chat, in: queue, name: name, reference: reference, at: now, transaction: transaction
            ).id
        }
    }

    /// How many rows each table has, and what the queues say: to see that nothing changed.
    func state() async throws -> [String] {
        try await store.read { transaction in
            var state = try transaction.rows("SELECT key, name, revision, is_retired FROM queue ORDER BY id").map {
                "\($0)"
            }
            for table in [
                "queue_change", "closure", "bank_holiday", "ready_reply", "wrap_up_code", "routing_event",
                "contact_word", "said",
            ] {
                let count: Int? = try transaction.row("SELECT COUNT(*) AS n FROM \(SQL(stringLiteral: table))")?.value(
                    "n")
                state.append("\(table) \(count ?? -1)")
            }
            return state
        }
    }
}
