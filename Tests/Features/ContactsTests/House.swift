import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import People
import Storage
import Synchronization
import TestKit
import Values
import Web

@testable import Contacts

/// A platform with the cast signed in, one queue open day and night, and a channel that keeps what is said in a table.
struct House: Sendable {
    let store: Store
    let contacts: Contacts
    let server: WebServer
    let clock: Clock
    let tokens: [Person.ID: String]

    /// A clock that tests move by hand.
    final class Clock: Sendable {
        private let moment = Mutex(Cast.morning)
        var now: Moment { moment.withLock { $0 } }
        func wait(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
    }

    /// Bytes that look random and are the same in every run.
    final class Chance: Sendable {
        private let source = Mutex(SplitMix(seed: 1))
        func bytes(_ count: Int) -> [UInt8] {
            source.withLock { source in (0..<count).map { _ in UInt8.random(in: 0...255, using: &source) } }
        }
    }

    static let queue: Queue.ID = 1

    static func run(on engine: Engine, _ body: (House) async throws -> Void) async throws {
        let channel = Migration(
            "test channel",
            """
            CREATE TABLE said (contact_id BIGINT NOT NULL, number BIGINT NOT NULL, text TEXT NOT NULL)
            """)
        try await withStore(on: engine, migrations: People.migrations + Contacts.migrations + [channel]) { store in
            try await store.write { transaction in
                try Cast.insert(in: transaction)
                _ = try House.draft.insert(by: Act(by: nil, at: Cast.morning), in: transaction)
                try Contacts.addStandardWords(in: transaction)
            }
            try await body(try await House(store))
        }
    }

    static let draft: QueueDraft = {
        var draft = QueueDraft(key: "self-assessment", name: "Self Assessment")
        draft.needs = [.init(skill: Skill.selfAssessment, level: 1)]
        draft.openings = (1...7).map { .init(weekday: $0, opens: 0, closes: 1_440) }
        return draft
    }()

    private init(_ store: Store) async throws {
        let clock = Clock(), password = "seven quiet herons wade"
        self.clock = clock
        self.store = store
        var settings = SignIn.Settings()
        settings.cost = .least
        let chance = Chance()
        let signIn = try SignIn(
            store: store, now: { clock.now }, random: { chance.bytes($0) }, settings: settings)
        server = try WebServer(
            WebServer.Settings(), store: store, signIn: signIn, metrics: Metrics(), now: { clock.now },
            targets: ["Contacts"], links: Contacts.links)
        contacts = Contacts(
            store: store, pages: server.pages, conversations: House.conversations, now: { clock.now },
            logger: Logger(label: "test"))
        var tokens: [Person.ID: String] = [:]
        for person in Cast.everybody {
            try await signIn.setPassword(
                of: person.id, to: password, mustChange: false, by: Act(by: nil, at: clock.now))
            tokens[person.id] = try await signIn.signIn(
                username: person.username, password: password, from: "192.0.2.1"
            ).token
        }
        self.tokens = tokens
    }

    private static let conversations = Conversations(
        said: { seen, transaction in
            try transaction.rows(
                "SELECT contact_id, number, text FROM said WHERE contact_id IN \(anyOf: Array(seen.keys))"
            ).map {
                Conversations.Line(
                    contact: try $0.value("contact_id"), number: try $0.value("number"), author: "customer", name: "",
                    text: try $0.value("text"), at: Cast.morning, clientId: nil)
            }
        },
        states: { _, _, _ in [:] },
        erase: { ids, transaction in try transaction.run("DELETE FROM said WHERE contact_id IN \(anyOf: ids)") })

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

    func arrived(_ name: String, _ reference: String?) async throws -> Contact.ID {
        let now = clock.now
        return try await store.write { transaction in
            guard let queue = try Queue.find(House.queue, in: transaction) else { throw QueueRefusal.unknown("1") }
            return try Contact.arrive(
                by: .chat, in: queue, name: name, reference: reference, at: now, transaction: transaction
            ).id
        }
    }

    /// Asks as this person, with a JSON body or a form.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, as person: Person?, json: String? = nil, form: String? = nil
    ) async throws -> (status: Int, body: String) {
        var headers: HTTPFields = [:]
        if let token = person.flatMap({ tokens[$0.id] }) { headers[.authorization] = "Bearer \(token)" }
        if json != nil { headers[.contentType] = "application/json" }
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let application = Application(router: server.router([contacts]))
        return try await application.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: (json ?? form).map { ByteBuffer(string: $0) }
            ) { ($0.status.code, String(buffer: $0.body)) }
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
