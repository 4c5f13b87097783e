import Contacts
import Foundation
import HTTPTypes
import Logging
import People
import Storage
import TestKit
import Values
import Web

@testable import Chat

/// A platform with the cast signed in, one queue open day and night, and chats in it.
typealias House = TestKit.House<Chat>

extension House {
    var visits: Attendance<Visits> { part.visits }

    static func run(
        on engine: Engine, startsPerMinute: Int = 1_000, _ body: (House) async throws -> Void
    ) async throws {
        try await withStore(on: engine, migrations: People.migrations + Contacts.migrations + Chat.migrations) {
            store in
            try await store.write { transaction in
                try Cast.insert(in: transaction)
                var draft = QueueDraft(key: "self-assessment", name: "Self Assessment")
                draft.openings = (1...7).map { .init(weekday: $0, opens: 0, closes: 1_440) }
                _ = try draft.insert(by: Act(by: nil, at: Cast.morning), in: transaction)
            }
            let secrets = SeededBytes()
            let house = try await House(store, targets: ["Contacts", "Chat"], links: []) { server, _, clock in
                Chat(
                    store: store, pages: server.pages, now: { clock.now }, secrets: Secret.Source(secrets.bytes),
                    isSecure: false, startsPerMinute: startsPerMinute, logger: Logger(label: "test"))
            }
            try await body(house)
        }
    }

    /// A chat as its customer holds it.
    struct Key: Decodable, Sendable {
        let id: Contact.ID
        let token: String
    }

    func begin(_ name: String = "Zelda Quux", message: String = "Hello?") async throws -> Key {
        let json = #"{"queue":"self-assessment","name":"\#(name)","message":"\#(message)"}"#
        let answer = try await ask(.post, "/api/v1/chats", as: nil, json: json)
        return try JSONDecoder().decode(Key.self, from: Data(answer.body.utf8))
    }

    /// Asks as the customer.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, with key: Key, json: String? = nil, _ headers: HTTPFields = [:]
    ) async throws -> (status: Int, body: String) {
        var headers = headers
        headers[.authorization] = "Bearer \(key.token)"
        if json != nil { headers[.contentType] = "application/json" }
        return try await send(method, "/api/v1/chats/\(key.id)\(path)", headers, json.map { Array($0.utf8) } ?? [])
    }

    func say(_ text: String, with key: Key) async throws {
        _ = try await ask(.post, "/messages", with: key, json: #"{"text":"\#(text)"}"#)
    }

    /// Amina has answered it.
    func answer(_ id: Contact.ID) async throws {
        let now = clock.now
        try await store.write { transaction in
            try transaction.run(
                """
                UPDATE contact SET state = 'active', adviser_id = \(Person.amina.id), answered_at = \(now),
                    last_event = last_event + 1 WHERE id = \(id)
                """)
        }
    }
}
