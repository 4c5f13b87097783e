import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct DeskWordsTests {
    @Test(arguments: Engine.available)
    func `a desk has the ready replies of its chats' queues and those for all`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.store.write { transaction in
                _ = try QueueDraft(key: "vat", name: "VAT").insert(
                    by: Act(by: nil, at: Cast.morning), in: transaction)
                for (queue, title) in [(1 as Queue.ID?, "Tax return"), (2, "VAT number"), (nil, "A greeting")] {
                    try transaction.run(
                        "INSERT INTO ready_reply (queue_id, title, text) VALUES (\(queue), \(title), 'Words')")
                }
            }
            #expect(try await house.replies(of: .amina).filter { $0.queue != nil } == [])
            let chat = try await house.active("Zelda Quux", "ZQ1", with: .amina)
            let some = try await house.replies(of: .amina)
            #expect(some.filter { $0.queue != nil }.map(\.title) == ["Tax return"])
            #expect(some.map(\.title).contains("A greeting"))
            // A queue may be retired while somebody is helped in it: the chat stays what it is.
            try await house.store.write { transaction in
                try transaction.run("UPDATE queue SET is_retired = TRUE WHERE id = 1")
            }
            let view = try await house.view(of: .amina)
            #expect(view.contacts.map(\.id) == [chat] && view.contacts.first?.queue?.name == "Self Assessment")
            #expect(view.queues.map(\.name) == ["VAT"])
        }
    }

    @Test(arguments: Engine.available)
    func `a removed wrap-up code is offered no more but keeps its title in histories`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let past = try await house.ended("Zelda Quux", "ZQ1")
            house.clock.wait(.minutes(1))
            let now = try await house.active("Zelda Quux", "ZQ1", with: .amina)
            let removed = try await house.ask(.post, "/wrap-up-codes/answered/removal", as: .dilwyn, form: "")
            #expect(removed.status == 303)
            #expect(try await house.ask(.delete, "/api/v1/wrap-up-codes/answered", as: .dilwyn).status == 404)
            let codes = try await house.ask(.get, "/wrap-up-codes", as: .dilwyn).body
            #expect(!codes.contains("Question answered"))
            let view = try await house.view(of: .amina)
            #expect(!view.wrapUpCodes.map(\.code).contains("answered"))
            #expect(view.contacts.first?.earlier.map(\.wrapUp) == ["Question answered"])
            #expect(try await house.ask(.get, "/contacts/\(past)", as: .carys).body.contains("Question answered"))
            #expect(try await house.ask(.get, "/contacts", as: .carys).body.contains("Question answered"))
            try await house.store.write { [clock = house.clock] in
                try Contact.end(now, by: .customer, at: clock.now, in: $0)
            }
            let refused = try await house.ask(
                .post, "/api/v1/contacts/\(now)/wrap-up", as: .amina, json: #"{"code":"answered"}"#)
            #expect(refused.status == 422)
            // The same code written again is back.
            let back = try await house.ask(
                .put, "/api/v1/wrap-up-codes/answered", as: .dilwyn, json: #"{"title":"Settled"}"#)
            #expect(back.status == 200)
            #expect(try await house.ask(.get, "/contacts/\(past)", as: .carys).body.contains("Settled"))
        }
    }
}

extension House {
    /// A contact that this adviser is talking with.
    func active(_ name: String, _ reference: String?, with person: Person) async throws -> Contact.ID {
        let id = try await arrived(name, reference), now = clock.now
        try await store.write { transaction in
            _ = try Desk.of(person, at: now, in: transaction)
            try transaction.run(
                """
                UPDATE contact SET state = 'active', adviser_id = \(person.id), answered_at = \(now) WHERE id = \(id)
                """)
            try Desk.note(person.id, at: now, in: transaction)
        }
        return id
    }

    func view(of person: Person) async throws -> DeskView {
        let now = clock.now
        return try await store.read { try DeskView(of: person, through: .none, at: now, in: $0) }
    }

    func replies(of person: Person) async throws -> [DeskView.Reply] { try await view(of: person).readyReplies }
}
