import Storage
import TestKit
import Testing
import Values

@testable import People

@Suite struct DirectoryTests {
    private func names(
        _ store: Store, _ text: String, after: DirectoryPage.Key? = nil, limit: Int = 50, left: Bool = false
    ) async throws -> [String] {
        try await store.read {
            try Person.search(text, on: Cast.monday, includingLeft: left, after: after, limit: limit, in: $0).people
                .map(\.name)
        }
    }

    @Test(arguments: Engine.available)
    func `people are found by the beginnings of names, by number and by username`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let expected = [
                "AM": ["Amina de Vries"], "vri ami": ["Amina de Vries"], "novak": ["Carys Novák"],
                "100008": ["Hamza Rossi"], "iolo": ["Iolo Tanaka"], "amina okafor": [], "%": [], "' OR 1=1 --": [],
            ]
            for (text, people) in expected {
                let found = try await names(platform.store, text)
                #expect(found == people, "\(text)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `pages follow one another without gaps or repetition`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            var found: [String] = [], key: DirectoryPage.Key?
            repeat {
                let page = try await platform.store.read { [key] in
                    try Person.search("", on: Cast.monday, after: key, limit: 4, in: $0)
                }
                found += page.people.map(\.name)
                key = page.next.flatMap { DirectoryPage.Key($0.description) }
            } while key != nil
            #expect(found == Cast.everybody.map(\.name))
        }
    }

    @Test(arguments: Engine.available)
    func `who has left is found only when asked for`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            try await platform.store.write {
                try Person.leave(Person.bram.id, on: Cast.monday, by: platform.act(), in: $0)
            }
            #expect(try await names(platform.store, "bram").isEmpty)
            #expect(try await names(platform.store, "bram", left: true) == ["Bram Okafor"])
        }
    }

    @Test(arguments: Engine.available)
    func `a person is found by herself, her team leader and who manages staff, and by nobody else`(engine: Engine)
        async throws
    {
        try await Platform.run(on: engine, with: []) { platform in
            func find(_ person: Person, by viewer: Person) async throws -> Person {
                try await platform.store.read {
                    try Person.find(person.id, visibleTo: viewer, on: Cast.monday, in: $0)
                }
            }
            for viewer in [Person.amina, .carys, .gwen, .hamza] {
                let found = try await find(.amina, by: viewer)
                #expect(found == .amina)
            }
            for viewer in [Person.bram, .dilwyn, .iolo] {
                await #expect(throws: StaffRefusal.unknown) { try await find(.amina, by: viewer) }
            }
            await #expect(throws: StaffRefusal.unknown) { try await find(.iolo, by: .carys) }
        }
    }

    @Test(arguments: Engine.available)
    func `the router gets the skills of all advisers as of a day`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            try await platform.store.write { transaction in
                let act = platform.act()
                let course = try Course.add(
                    titled: "First steps", giving: Skill.welsh, level: 1, validDays: 10, in: transaction)
                try course.complete(by: Person.iolo.id, on: Cast.monday, by: act, in: transaction)
                try course.complete(by: Person.iolo.id, on: Cast.monday, by: act, in: transaction)
                try course.complete(by: Person.gwen.id, on: Cast.monday, by: act, in: transaction)
                try SkillHeld.take(Skill.welsh, from: Person.amina.id, on: Cast.monday + 1, by: act, in: transaction)
            }
            func levels(_ day: Day) async throws -> [Person.ID: [Skill.ID: Int]] {
                try await platform.store.read { try SkillHeld.levelsOfAdvisers(on: day, in: $0) }
            }
            #expect(
                try await levels(Cast.monday) == [
                    Person.amina.id: [Skill.selfAssessment: 4, Skill.welsh: 2],
                    Person.bram.id: [Skill.selfAssessment: 2, Skill.childBenefit: 3],
                    Person.iolo.id: [Skill.childBenefit: 5, Skill.welsh: 1],
                ])
            #expect(
                try await levels(Cast.monday + 10) == [
                    Person.amina.id: [Skill.selfAssessment: 4],
                    Person.bram.id: [Skill.selfAssessment: 2, Skill.childBenefit: 3],
                    Person.iolo.id: [Skill.childBenefit: 5],
                ])
        }
    }
}
