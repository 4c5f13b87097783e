import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct AccessTests {
    private static let pages: [(path: String, who: [Person])] = [
        ("/queues", [.dilwyn]), ("/queues/new", [.dilwyn]), ("/queues/1", [.dilwyn]), ("/calendar", [.dilwyn]),
        ("/ready-replies", [.dilwyn]), ("/wrap-up-codes", [.dilwyn]), ("/api/v1/planning/queues", [.dilwyn]),
        ("/api/v1/queues/1", [.dilwyn]), ("/api/v1/queues/1/changes", [.dilwyn]), ("/api/v1/calendar", [.dilwyn]),
        ("/api/v1/ready-replies", [.dilwyn]), ("/api/v1/wrap-up-codes", [.dilwyn]),
        ("/contacts", [.carys]), ("/contacts/1", [.carys]), ("/api/v1/contacts", [.carys]),
        ("/api/v1/contacts/1", [.carys]),
        ("/customers", [.gwen]), ("/api/v1/customers?reference=AB1", [.gwen]),
    ]

    @Test(arguments: Engine.available)
    func `each page opens for the roles that need it and for nobody else`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.ended("Zelda Quux", "AB1")
            for (path, who) in Self.pages {
                for person in Cast.everybody {
                    let answer = try await house.ask(.get, path, as: person)
                    #expect(
                        answer.status == (who.contains(person) ? 200 : 403),
                        "\(path) for \(person.name): \(answer.body.prefix(300))")
                }
                let status = try await house.ask(.get, path, as: nil).status
                #expect([303, 401].contains(status), "\(path) for nobody")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `an adviser reads the earlier contacts of a customer at the desk, and only while there`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let earlier = try await house.ended("Zelda Quux", "AB1"), other = try await house.ended("Otto", "CD2")
            let nameless = try await house.ended("Nobody", nil)
            house.clock.wait(.minutes(5))
            let now = try await house.arrived("Zelda Quux", "AB1")
            #expect(try await status(of: earlier, for: .amina, in: house) == 403, "nobody has answered yet")
            try await put(now, atTheDeskOf: .amina, in: house)

            let page = try await house.ask(.get, "/contacts/\(earlier)", as: .amina)
            #expect(page.status == 200 && page.body.contains("I am Zelda Quux"))
            for (id, person) in [(other, Person.amina), (nameless, .amina), (now, .amina), (earlier, .bram)] {
                #expect(try await status(of: id, for: person, in: house) == 403, "\(id) for \(person.name)")
            }
            let entries = try await house.store.read {
                try Audit.page(AuditQuestion(actor: Person.amina.id, action: "contact read"), in: $0).map(
                    \.entry.subject)
            }
            #expect(entries == [Subject("contact", earlier.number)])

            try await put(now, atTheDeskOf: .bram, in: house)
            #expect(try await status(of: earlier, for: .amina, in: house) == 403, "somebody else has it")
        }
    }

    private func status(of contact: Contact.ID, for person: Person, in house: House) async throws -> Int {
        try await house.ask(.get, "/contacts/\(contact)", as: person).status
    }

    private func put(_ contact: Contact.ID, atTheDeskOf person: Person, in house: House) async throws {
        let now = house.clock.now
        try await house.store.write { transaction in
            try transaction.run(
                """
                UPDATE contact SET state = 'active', adviser_id = \(person.id), answered_at = \(now)
                WHERE id = \(contact)
                """)
        }
    }

    private static let acts: [(method: HTTPRequest.Method, path: String, who: Person)] = [
        (.post, "/queues", .dilwyn), (.post, "/queues/1", .dilwyn), (.post, "/queues/1/closure", .dilwyn),
        (.post, "/queues/1/opening", .dilwyn), (.post, "/api/v1/queues", .dilwyn), (.put, "/api/v1/queues/1", .dilwyn),
        (.delete, "/api/v1/queues/1", .dilwyn), (.post, "/calendar/closures", .dilwyn),
        (.post, "/api/v1/closures", .dilwyn), (.put, "/api/v1/bank-holidays/2026-12-25", .dilwyn),
        (.post, "/ready-replies", .dilwyn), (.post, "/ready-replies/1", .dilwyn),
        (.post, "/ready-replies/1/removal", .dilwyn),
        (.put, "/api/v1/wrap-up-codes/gone", .dilwyn), (.delete, "/api/v1/wrap-up-codes/answered", .dilwyn),
        (.post, "/customers/export", .gwen), (.post, "/customers/erasure", .gwen),
        (.post, "/api/v1/customers/export", .gwen), (.post, "/api/v1/customers/erasure", .gwen),
    ]

    @Test(arguments: Engine.available)
    func `an act by another role is refused and changes nothing`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.ended("Zelda Quux", "AB1")
            let before = try await house.state()
            for (method, path, who) in Self.acts {
                for person in Cast.everybody where person != who {
                    let answer = try await house.ask(method, path, as: person, json: "{}")
                    #expect(answer.status == 403, "\(method) \(path) by \(person.name)")
                }
            }
            #expect(try await house.state() == before)
        }
    }
}
