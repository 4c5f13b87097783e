import Storage
import TestKit
import Testing
import Values

@testable import People

@Suite struct AdministrationTests {
    @Test func `permissions come from roles, and end with leaving`() {
        #expect(Person.amina.may(.workDesk) && !Person.amina.may(.manageStaff))
        #expect(
            Permission.allCases.allSatisfy { permission in
                Role.allCases.contains { $0.permissions.contains(permission) }
            })
        let gone = Person(id: 1, staffNumber: "1", username: "a", name: "A", roles: [.administrator], isActive: false)
        #expect(!gone.may(.manageStaff))
    }

    @Test(arguments: Engine.available)
    func `a staff number or username of somebody else is refused`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            func add(_ number: String, _ username: String) async throws {
                let new = NewPerson(staffNumber: number, username: username, name: "New", roles: [], from: Cast.monday)
                _ = try await platform.store.write { try new.insert(by: platform.act(), in: $0) }
            }
            await #expect(throws: StaffRefusal.staffNumberTaken("100001")) { try await add("100001", "new") }
            await #expect(throws: StaffRefusal.usernameTaken("amina")) { try await add("900", "Amina") }
            await #expect(throws: StaffRefusal.unusableUsername("a b")) { try await add("900", "a b") }
            await #expect(throws: StaffRefusal.emptyName) { try await add(" ", "new") }
            try await add("900", "new")
        }
    }

    @Test(arguments: Engine.available)
    func `the last administrator stays one`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            await #expect(throws: StaffRefusal.lastAdministrator) {
                try await platform.store.write {
                    try Person.change(roles: [.adviser], of: Person.gwen.id, by: platform.act(), in: $0)
                }
            }
            try await platform.store.write {
                try Person.change(roles: [.administrator], of: Person.amina.id, by: platform.act(), in: $0)
                try Person.leave(Person.gwen.id, on: Cast.monday, by: platform.act(), in: $0)
            }
            #expect(try await platform.actions().suffix(2) == [.rolesChanged, .personLeft])
        }
    }

    @Test(arguments: Engine.available)
    func `units are added, renamed and removed, but not while they are in use`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            try await platform.store.write { transaction in
                let red = try Team.add(named: " Red  Team ", to: Directorate.debt.id, in: transaction)
                #expect(red.name == "Red Team")
                try Team.rename(red.id, to: "Blue", in: transaction)
                try Team.remove(red.id, in: transaction)
                let site = try Site.add(named: "Tower", kind: .other, in: transaction)
                try Site.change(site.id, name: "Tower", kind: .touchdown, in: transaction)
                #expect(try Site.all(in: transaction).last?.kind == .touchdown)
                #expect(throws: StaffRefusal.unknown) { try Team.find(red.id, in: transaction) }
            }
            await #expect(throws: StaffRefusal.nameTaken("Blue")) {
                try await platform.store.write { _ = try Team.add(named: "Blue", to: Directorate.services.id, in: $0) }
            }
            await #expect(throws: StaffRefusal.nameTaken("Quay")) {
                try await platform.store.write { try Site.change(Site.atrium.id, name: "Quay", kind: .other, in: $0) }
            }
            await #expect(throws: StaffRefusal.inUse("This team")) {
                try await platform.store.write { try Team.remove(Team.blue.id, in: $0) }
            }
            await #expect(throws: StaffRefusal.inUse("This skill")) {
                try await platform.store.write { try NamedSkill.remove(Skill.welsh, in: $0) }
            }
            await #expect(throws: StaffRefusal.noSuchLevel(6)) {
                try await platform.store.write {
                    _ = try Course.add(titled: "X", giving: Skill.welsh, level: 6, in: $0)
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a post from a day to come holds from then`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            var post = Person.amina.post
            post.team = Team.green.id
            try await platform.store.write { [post] in
                try Person.change(post: post, of: Person.amina.id, since: Cast.monday + 7, by: platform.act(), in: $0)
            }
            let (now, later) = try await platform.store.read {
                (
                    try Person.find(Person.amina.id, on: Cast.monday, in: $0),
                    try Person.find(Person.amina.id, on: Cast.monday + 7, in: $0)
                )
            }
            #expect(now.team == Team.blue.id && later.team == Team.green.id)
            let counts = try await platform.store.read {
                try Person.counts(on: Cast.monday, in: $0).map(\.people).reduce(0, +)
            }
            #expect(counts == 9)
        }
    }
}
