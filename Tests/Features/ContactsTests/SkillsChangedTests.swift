import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct SkillsChangedTests {
    private func change(_ person: Person, roles: Set<Role>? = nil, leaving: Day? = nil, in house: House) async throws {
        let act = Act(by: Person.gwen.id, at: house.clock.now)
        try await house.store.write { transaction in
            if let roles { try Person.change(roles: roles, of: person.id, by: act, in: transaction) }
            if let leaving { try Person.leave(person.id, on: leaving, by: act, in: transaction) }
            try RoutingEvent.remove(RoutingEvent.pending(in: transaction).map(\.id), in: transaction)
            try Contacts.skillsChanged(person.id, by: act, in: transaction)
        }
    }

    private func told(_ house: House) async throws -> [Person.ID?] {
        try await house.store.read { try RoutingEvent.pending(in: $0).map(\.adviser) }
    }

    @Test(arguments: Engine.available)
    func `the router hears of those at work, with the skills they have now`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await change(.bram, in: house)
            #expect(try await told(house) == [], "Bram has never come to a desk")
            try await house.come(.bram)
            try await house.come(.bram, status: .offline)
            try await change(.bram, in: house)
            #expect(try await told(house) == [], "he is not at work")

            try await house.come()
            try await change(.amina, in: house)
            #expect(try await told(house) == [Person.amina.id])
            let act = Act(by: Person.gwen.id, at: house.clock.now)
            let news = try await house.store.write { transaction in
                try SkillHeld.give(
                    Skill.childBenefit, level: 5, to: Person.amina.id, from: Cast.monday, by: act, in: transaction)
                return try News.read(today: Cast.monday, in: transaction)
            }
            guard case .adviser(let desk, let skills)? = news.items.first else {
                Issue.record("no news of an adviser")
                return
            }
            #expect(desk.adviser == Person.amina.id && skills[Skill.childBenefit] == 5)
        }
    }

    @Test(arguments: Engine.available)
    func `who may not work at a desk any more leaves it, and finishes first what she has`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.come()
            try await change(.amina, roles: [.analyst], in: house)
            #expect(try await house.desk()?.status == .offline)
            #expect(try await told(house) == [Person.amina.id])

            try await house.come(.bram)
            let id = try await house.answered("One", by: .bram)
            try await change(.bram, roles: [.analyst], in: house)
            #expect(
                try await house.desk(of: Person.bram)?.status == .leaving, "no new contacts, and the customer stays")
            let contact = try await house.store.read { try Contact.find(id, in: $0) }
            #expect(contact?.adviser == Person.bram.id && contact?.state == .active)
        }
    }
}
