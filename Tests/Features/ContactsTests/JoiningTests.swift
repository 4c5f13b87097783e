import Foundation
import HTTPTypes
import NIOCore
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts
@testable import Web

/// A team leader beside an adviser who has asked for help.
@Suite struct JoiningTests {
    @Test(arguments: Engine.available)
    func `a leader joins who was asked for help, and the adviser reads the notes at once`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let id = try await house.active("Zelda Quux", nil, with: .amina)
            let before = try await house.revision()
            #expect(try await house.ask(.post, "/api/v1/contacts/\(id)/help", as: .amina, json: "{}").status == 200)
            #expect(try await house.ask(.get, "/contacts/\(id)", as: .carys).body.contains("Join the chat"))
            for _ in 1...2 {
                #expect(try await house.ask(.post, "/contacts/\(id)/joining", as: .carys, form: "").status == 303)
            }
            let written = try await house.ask(
                .post, "/api/v1/contacts/\(id)/notes", as: .carys, json: #"{"text":"Offer instalments."}"#)
            #expect(written.status == 201)
            #expect(try await house.revision() == before + 3)
            let desk = try await house.ask(.get, "/api/v1/desk", as: .amina).body
            #expect(desk.contains(#""helpers":["Carys Novák"]"#) && desk.contains("Offer instalments."))
            let page = try await house.ask(.get, "/contacts/\(id)/joining", as: .carys).body
            #expect(page.contains("Beside Amina de Vries") && page.contains("Offer instalments."))

            let history = try await house.ask(.get, "/contacts/\(id)", as: .carys).body
            #expect(history.contains("Carys Novák joined to help.") && history.contains("Carys Novák noted:"))
            #expect(history.contains("Offer instalments.") && history.contains("Go back to the chat"))
            let trail = try await house.acts(on: id)
            #expect(trail.filter { $0 == "contact joined" }.count == 1 && trail.contains("contact noted"))
            #expect(trail.contains("contact read"))
        }
    }

    @Test(arguments: Engine.available)
    func `nobody joins who was not asked, is no leader, or comes too late`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let id = try await house.active("Zelda Quux", nil, with: .amina)
            let note = #"{"text":"Hello"}"#, join = "/api/v1/contacts/\(id)/joining"
            let notes = "/api/v1/contacts/\(id)/notes"
            #expect(try await house.ask(.post, join, as: .carys, json: "{}").status == 409)
            try await house.askForHelp(id)
            for person in [Person.amina, .bram, .dilwyn, .gwen, .hamza] {
                #expect(try await house.ask(.post, join, as: person, json: "{}").status == 403, "\(person.name)")
                #expect(try await house.ask(.post, notes, as: person, json: note).status == 403, "\(person.name)")
            }
            #expect(try await house.ask(.post, notes, as: .carys, json: note).status == 409)
            #expect(try await house.ask(.get, "\(join)/live", as: .carys).status == 409)
            #expect(try await house.ask(.get, "/contacts/\(id)/joining", as: .carys).status == 303)
            #expect(try await house.ask(.post, join, as: .carys, json: "{}").status == 200)
            for text in ["", "   ", String(repeating: "x", count: 2_001)] {
                let answer = try await house.ask(.post, notes, as: .carys, json: #"{"text":"\#(text)"}"#)
                #expect(answer.status == 422)
            }

            #expect(try await house.ask(.delete, "/api/v1/contacts/\(id)/help", as: .bram).status == 409)
            #expect(try await house.ask(.delete, "/api/v1/contacts/\(id)/help", as: .amina).status == 200)
            #expect(try await house.ask(.post, notes, as: .carys, json: note).status == 409)
            let desk = try await house.ask(.get, "/api/v1/desk", as: .amina).body
            #expect(desk.contains(#""helpAsked":false"#) && desk.contains(#""helpers":[]"#))
            // Who asks again asks anew: who had joined then joins again.
            try await house.askForHelp(id)
            #expect(try await house.ask(.post, notes, as: .carys, json: note).status == 409)
            let kinds = try await house.store.read { try ContactStep.all(of: id, in: $0).map(\.kind) }
            #expect(kinds == ["entered", "help_asked", "joined", "help_withdrawn", "help_asked"])
        }
    }

    @Test(arguments: Engine.available)
    func `the leader's live view tells what is said and noted, and ends with the request`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let id = try await house.active("Zelda Quux", nil, with: .amina)
            try await house.askForHelp(id)
            _ = try await house.ask(.post, "/api/v1/contacts/\(id)/joining", as: .carys, json: "{}")
            let reader = JoiningReader(id, for: Person.carys.id, after: 0)
            #expect(try await house.look(reader) == ["joining"])
            #expect(try await house.look(reader) == [])
            try await house.store.write {
                try $0.run("INSERT INTO said (contact_id, number, text) VALUES (\(id), 1, 'Can you help?')")
            }
            #expect(try await house.look(reader) == ["message"])
            _ = try await house.ask(.post, "/api/v1/contacts/\(id)/notes", as: .carys, json: #"{"text":"Yes."}"#)
            #expect(try await house.look(reader) == ["joining"])
            try await house.end(id)
            #expect(try await house.look(reader) == ["joining", "the end"])
            try await house.store.write {
                try $0.run("INSERT INTO said (contact_id, number, text) VALUES (\(id), 2, 'Too late.')")
            }
            #expect(try await house.look(reader) == ["the end"])
        }
    }

    @Test(arguments: Engine.available)
    func `an erasure takes the notes too`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let id = try await house.active("Zelda Quux", nil, with: .amina), now = house.clock.now
            try await house.askForHelp(id)
            _ = try await house.ask(.post, "/api/v1/contacts/\(id)/joining", as: .carys, json: "{}")
            _ = try await house.ask(
                .post, "/api/v1/contacts/\(id)/notes", as: .carys, json: #"{"text":"Zelda is right."}"#)
            try await house.end(id)
            try await house.wrapUp(id)
            try await house.store.write {
                try Contact.forget([id], through: House.conversations, at: now, in: $0)
            }
            #expect(try await !house.ask(.get, "/contacts/\(id)", as: .carys).body.contains("Zelda is right."))
        }
    }
}

extension House {
    fileprivate func askForHelp(_ id: Contact.ID) async throws {
        let now = clock.now
        try await store.write {
            try Contact.held(id, by: Person.amina.id, in: $0).askForHelp(by: Person.amina.id, at: now, in: $0)
        }
    }

    fileprivate func revision() async throws -> Int {
        try await store.read { try DeskRevision.of(Person.amina.id, in: $0) } ?? 0
    }

    fileprivate func acts(on id: Contact.ID) async throws -> [String] {
        try await store.read {
            try Audit.page(AuditQuestion(subject: Subject("contact", id.number)), in: $0).map(\.entry.action.rawValue)
        }
    }

    /// The names of the events that are new, and whether they are the last.
    fileprivate func look(_ reader: JoiningReader) async throws -> [String] {
        switch try await store.read({ try reader.look(House.conversations, in: $0) }) {
        case .events(let events): House.names(of: events)
        case .last(let events): House.names(of: events) + ["the end"]
        }
    }

    private static func names(of events: [Event]) -> [String] {
        String(buffer: Event.joined(events)).split(separator: "\n").filter { $0.hasPrefix("event: ") }.map {
            String($0.dropFirst("event: ".count))
        }
    }
}
