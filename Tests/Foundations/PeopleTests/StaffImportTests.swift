import Storage
import TestKit
import Testing
import Values

@testable import People

@Suite struct StaffImportTests {
    private func take(
        _ store: Store, _ rows: String..., header: String = StaffList.header, plan: Bool = false,
        change: (inout StaffImport.Options) -> Void = { _ in }
    ) async throws -> StaffSummary {
        var options = StaffList.options
        change(&options)
        let list = try StaffImport(Array(([header] + rows).joined(separator: "\n").utf8), options: options)
        let act = Act(by: Person.gwen.id, at: options.today.startInUTC + .hours(9))
        if plan { return try await store.read { try list.plan(in: $0) } }
        return try await store.write { try list.apply(by: act, in: $0).summary }
    }

    private func person(_ store: Store, _ number: String, on day: Day = Cast.monday) async throws -> Person {
        try #require(try await store.read { try Person.find(staffNumber: number, on: day, in: $0) })
    }

    private static let zoe =
        "200001,\"Zoë Müller\",zoe,O,Debt,Quay,Green,home,adviser,Welsh:3;Child Benefit:2,2026-01-05,"

    @Test(arguments: Engine.available)
    func `a new person is added with her post, roles, skills and words to find her by`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let summary = try await take(platform.store, Self.zoe)
            #expect(summary.added == 1 && summary.changed == 0 && summary.newTeams == [])

            let zoe = try await person(platform.store, "200001")
            #expect(zoe.name == "Zoë Müller" && zoe.roles == [.adviser])
            #expect(
                zoe.post
                    == Post(
                        directorate: Directorate.debt.id, team: Team.green.id, site: Site.quay.id, grade: "O",
                        contractedPlace: .home))
            let found = try await platform.store.read { try Person.search("muller", on: Cast.monday, in: $0).people }
            #expect(found == [zoe])
            let levels = try await platform.store.read { try SkillHeld.levels(of: zoe.id, on: Cast.monday, in: $0) }
            #expect(levels == [Skill.welsh: 3, Skill.childBenefit: 2])
            #expect(try await platform.actions().last == .staffImported)
        }
    }

    @Test(arguments: Engine.available)
    func `the same list again changes nothing`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            _ = try await take(platform.store, Self.zoe)
            let again = try await take(platform.store, Self.zoe)
            #expect(again.unchanged == 1 && again.changed == 0 && again.added == 0)
            let later = try await take(platform.store, Self.zoe) { $0.today = Cast.monday + 30 }
            #expect(later.unchanged == 1)
            let spaced = try await take(platform.store, Self.zoe.replacing(",Green,", with: ", Green ,"))
            #expect(spaced.unchanged == 1 && spaced.newTeams.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `a plan says what would happen and does nothing`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let row = "100001,Amina de Vries,amina,O,Planning,Tower,Purple,home,adviser,Nursing:2,2026-11-01,"
            let planned = try await take(platform.store, row, Self.zoe, plan: true)
            #expect(planned.added == 1 && planned.changed == 1)
            #expect(planned.newDirectorates == ["Planning"] && planned.newSites == ["Tower"])
            #expect(planned.newTeams == ["Planning: Purple"] && planned.newSkills == ["Nursing"])
            #expect(try await person(platform.store, "100001") == .amina)

            let done = try await take(platform.store, row, Self.zoe)
            #expect(done == planned)
        }
    }

    @Test(arguments: Engine.available)
    func `a changed team answers who was where when`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let day = Cast.monday + -10
            _ = try await take(platform.store, "100001,Amina de Vries,amina,O,Debt,Quay,Green,home,adviser,,\(day),")

            let career = try await platform.store.read { try Person.career(of: Person.amina.id, in: $0) }
            #expect(career.assignments.count == 2)
            let (before, after) = try await platform.store.read {
                (try Person.amina.assignment(on: day + -1, in: $0), try Person.amina.assignment(on: day, in: $0))
            }
            #expect(before?.post.team == Team.blue.id && before?.until == day)
            #expect(after?.post.team == Team.green.id && after?.until == nil)
            let team = try await platform.store.read {
                try Person.all(in: Team.green.id, on: Cast.monday, in: $0).map(\.id)
            }
            #expect(team == [Person.amina.id, Person.iolo.id])
        }
    }

    @Test(arguments: Engine.available)
    func `a column that is missing leaves what is known`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let summary = try await take(
                platform.store, "100001,Amina Jansen,amina", header: "staff_number,name,username")
            #expect(summary.changed == 1)
            let amina = try await person(platform.store, "100001")
            #expect(amina.name == "Amina Jansen" && amina.post == Person.amina.post && amina.roles == [.adviser])
            let old = try await platform.store.read { try Person.search("vries", on: Cast.monday, in: $0).people }
            #expect(old.isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `usernames can be swapped, but not taken from somebody`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let header = "staff_number,name,username"
            _ = try await take(platform.store, "100001,Amina de Vries,bram", "100002,Bram Okafor,amina", header: header)
            #expect(try await person(platform.store, "100001").username == "bram")

            await #expect(
                throws: ImportRefusal.badRows(
                    [
                        RowProblem(
                            position: TextPosition(line: 2, column: 14),
                            reason: "Somebody else, 100003, has the username carys.")
                    ], count: 1)
            ) { try await take(platform.store, "300000,Rival,carys", header: header) }
        }
    }

    @Test(arguments: Engine.available)
    func `one bad row and nothing is changed`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            let head = try await platform.store.read { try Audit.head(in: $0) }
            await #expect(throws: ImportRefusal.self) {
                try await take(platform.store, Self.zoe, "300000,Rival,carys,O,New,,,home,,,,") {
                    $0.mostProblems = 10
                }
            }
            #expect(
                try await platform.store.read { try Person.find(staffNumber: "200001", on: Cast.monday, in: $0) } == nil
            )
            #expect(try await platform.store.read { try Directorate.all(in: $0) }.count == 2)
            #expect(try await platform.store.read { try Audit.head(in: $0) } == head)
        }
    }

    @Test(arguments: Engine.available)
    func `units that are not known are problems if the list may not add them`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            await #expect(
                throws: ImportRefusal.badRows(
                    [RowProblem(position: TextPosition(line: 2, column: 28), reason: "\"Querk\" is not known here.")],
                    count: 1)
            ) {
                try await take(platform.store, "200001,Zoe,zoe,O,Debt,Quay,Querk,home,,,,") {
                    $0.addsUnknownUnits = false
                }
            }
        }
    }

    @Test(arguments: Engine.available)
    func `who is missing from a complete list has left, unless too many are`(engine: Engine) async throws {
        try await Platform.run(on: engine) { platform in
            let (token, _) = try await platform.enter(.bram)
            let rows = Cast.everybody.filter { $0.id != Person.bram.id }.map {
                "\($0.staffNumber),\($0.name),\($0.username)"
            }
            let text = rows.joined(separator: "\n"), header = "staff_number,name,username"

            await #expect(throws: ImportRefusal.tooManyLeaving(1, allowed: 0)) {
                try await take(platform.store, text, header: header) {
                    $0.isComplete = true; $0.mostLeaving = 0
                }
            }
            #expect(try await take(platform.store, text, header: header).left == 0)
            let summary = try await take(platform.store, text, header: header) { $0.isComplete = true }
            #expect(summary.left == 1 && summary.unchanged == 8)
            #expect(try await person(platform.store, "100002").isActive == false)
            #expect(try await person(platform.store, "100002", on: Cast.monday + -1).isActive)
            #expect(try await platform.signIn.signedIn(by: token) == nil)

            let back = try await take(platform.store, "100002,Bram Okafor,bram", header: header) {
                $0.today = Cast.monday + 7
            }
            #expect(back.changed == 1)
            let bram = try await person(platform.store, "100002", on: Cast.monday + 7)
            #expect(bram.isActive && bram.team == Team.blue.id)
            let gap = try await platform.store.read { try bram.assignment(on: Cast.monday + 3, in: $0) }
            #expect(gap == nil)
        }
    }

    @Test(arguments: Engine.available)
    func `a list cannot remove the last administrator`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            await #expect(throws: ImportRefusal.noAdministratorLeft) {
                try await take(platform.store, "100007,Gwen Larsen,gwen,O,,,,office,adviser,,,")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `roles and skills of a list are dated, audited and stand beside courses`(engine: Engine) async throws {
        try await Platform.run(on: engine, with: []) { platform in
            _ = try await take(platform.store, Self.zoe)
            let zoe = try await person(platform.store, "200001")
            try await platform.store.write { transaction in
                let course = try Course.add(titled: "Welsh for all", giving: Skill.welsh, level: 4, in: transaction)
                try course.complete(by: zoe.id, on: Cast.monday, by: platform.act(), in: transaction)
            }
            let summary = try await take(
                platform.store,
                Self.zoe.replacing("adviser,Welsh:3;Child Benefit:2", with: "adviser;planner,Child Benefit:5")
            ) { $0.today = Cast.monday + 2 }
            #expect(summary.changed == 1)
            func levels(_ day: Day) async throws -> [Skill.ID: Int] {
                try await platform.store.read { try SkillHeld.levels(of: zoe.id, on: day, in: $0) }
            }
            #expect(try await levels(Cast.monday + -1) == [Skill.welsh: 3, Skill.childBenefit: 2])
            #expect(try await levels(Cast.monday + 1) == [Skill.welsh: 4, Skill.childBenefit: 2])
            #expect(try await levels(Cast.monday + 2) == [Skill.welsh: 4, Skill.childBenefit: 5])
            let changes = try await platform.store.read {
                try Audit.page(AuditQuestion(subject: Subject(zoe.id), action: .rolesChanged), in: $0)
            }
            #expect(changes.map(\.entry.detail) == [#"{"after":"adviser;planner","before":"adviser"}"#])
        }
    }
}
