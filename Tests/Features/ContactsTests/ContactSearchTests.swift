import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct ContactSearchTests {
    @Test(arguments: Engine.available)
    func `pages hold every contact once, newest first`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            var ids: [Contact.ID] = []
            for number in 1...23 {
                ids.append(try await house.ended(number % 2 == 0 ? "Zoë Quux" : "Zelda Quux", "R\(number)"))
                // Several arrive in the same millisecond: the number decides.
                if number % 3 == 0 { house.clock.wait(.milliseconds(1)) }
            }
            for question in [
                ContactQuestion(), ContactQuestion(text: "quux"), ContactQuestion(queue: House.queue),
                ContactQuestion(adviser: Person.amina.id),
            ] {
                var seen: [Contact.ID] = []
                var before: Contact.ID?
                repeat {
                    let page = try await house.store.read { [before] in
                        try FoundContact.page(question, before: before, limit: 5, in: $0)
                    }
                    seen += page.contacts.map(\.id)
                    before = page.next
                } while before != nil
                #expect(seen == ids.reversed(), "\(question)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `contacts are found by words, number, queue, adviser, state and period`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let zoe = try await house.ended("Zoë Quux", "AB 123")
            let bob = try await house.arrived("Bob Quux", nil), later = Cast.morning + .days(2)
            // Not by the clock: those who are signed in would be signed out.
            try await house.store.write { _ = try $0.run("UPDATE contact SET arrived_at = \(later) WHERE id = \(bob)") }
            func found(_ query: String) async throws -> [Contact.ID] {
                let body = try await house.ask(.get, "/api/v1/contacts?\(query)", as: .carys).body
                return [zoe, bob].filter { body.contains("\"id\":\($0),") }
            }
            #expect(try await found("search=zoe") == [zoe])
            #expect(try await found("search=quux+123") == [zoe])
            #expect(try await found("search=qu+z") == [zoe])
            #expect(try await found("search=B") == [bob])
            #expect(try await found("search=uux") == [])
            #expect(try await found("search=zoe+zoes") == [])
            #expect(try await found("search=\(bob)") == [bob])
            #expect(try await found("search=nobody") == [])
            #expect(try await found("search=%E2%80%94") == [], "a dash is in no name")
            #expect(try await found("search=%20") == [zoe, bob])
            #expect(try await found("state=waiting") == [bob])
            #expect(try await found("state=ended") == [zoe])
            #expect(try await found("adviser=1") == [zoe])
            #expect(try await found("queue=1") == [zoe, bob])
            #expect(try await found("from=\(Cast.monday + 1)") == [bob])
            #expect(try await found("to=\(Cast.monday + 1)") == [zoe])
            #expect(try await house.ask(.get, "/api/v1/contacts?queue=x", as: .carys).status == 422)
            #expect(try await house.ask(.get, "/api/v1/contacts/999", as: .carys).status == 404)
            _ = try await house.ask(.get, "/contacts/\(zoe)", as: .carys)
            let reads = try await house.store.read {
                try Audit.page(AuditQuestion(subject: Subject("contact", zoe.number)), in: $0).count
            }
            #expect(reads == 1)
        }
    }
}
