import Foundation
import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Staff

@Suite struct StaffTests {
    private static let pages: [(path: String, who: [Person])] = [
        ("/staff", Cast.everybody), ("/api/v1/staff?search=ami", Cast.everybody),
        // Herself, her team leader, the administrator, the auditor.
        ("/staff/1", [.amina, .carys, .gwen, .hamza]), ("/api/v1/staff/1", [.amina, .carys, .gwen, .hamza]),
        ("/staff/9", [.iolo, .gwen, .hamza]), ("/staff/99", []),
        ("/audit", [.hamza]), ("/api/v1/audit", [.hamza]),
    ]

    @Test(arguments: Engine.available)
    func `each page opens for those whom it concerns and for nobody else`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for (path, who) in Self.pages {
                let refused = path.contains("audit") ? 403 : 404
                for person in Cast.everybody {
                    let answer = try await house.ask(.get, path, as: person)
                    #expect(
                        answer.status == (who.contains(person) ? 200 : refused),
                        "\(path) for \(person.name): \(answer.body.prefix(300))")
                }
                let status = try await house.ask(.get, path, as: nil).status
                #expect([303, 401].contains(status), "\(path) for nobody")
            }
        }
    }

    private static let acts: [(method: HTTPRequest.Method, path: String)] = [
        (.post, "/staff/1/roles"), (.put, "/api/v1/staff/1/roles"), (.post, "/staff/1/skills"),
        (.post, "/api/v1/staff/1/skills"), (.post, "/staff/1/skills/1/removal"), (.delete, "/api/v1/staff/1/skills/1"),
        (.post, "/staff/1/courses"), (.post, "/staff/1/password"), (.post, "/staff/1/leaving"),
        (.get, "/staff/1/export"), (.get, "/api/v1/staff/1/export"),
    ]

    @Test(arguments: Engine.available)
    func `only an administrator changes people`(engine: Engine) async throws {
        try await House.run(on: engine) { house, told in
            let before = try await house.state()
            for (method, path) in Self.acts {
                for person in Cast.everybody where person != .gwen {
                    let answer = try await house.ask(
                        method, path, as: person, json: #"{"adviser":true,"skill":"1","level":5}"#)
                    #expect(answer.status == 403, "\(method) \(path) by \(person.name)")
                }
            }
            #expect(try await house.state() == before)
            #expect(told.all == [])
        }
    }

    @Test(arguments: Engine.available)
    func `what makes no sense is refused and changes nothing`(engine: Engine) async throws {
        try await House.run(on: engine) { house, told in
            let before = try await house.state()
            for (path, form, status) in [
                ("/staff/1/skills", "skill=1&level=9", 422), ("/staff/1/skills", "skill=77&level=3", 404),
                ("/staff/1/skills", "skill=1&level=3&from=soon", 422), ("/staff/1/courses", "course=5", 404),
                ("/staff/1/courses", "on=2099-01-01&course=1", 422), ("/staff/7/roles", "role_adviser=yes", 409),
                ("/staff/7/leaving", "leavingOn=2026-11-23", 409), ("/staff/1/password", "password=short", 422),
                ("/staff/99/roles", "role_adviser=yes", 404), ("/staff/1/skills/3000/removal", "", 404),
                ("/staff/5/skills/1/removal", "", 404), ("/staff/1/skills/x/removal", "", 404),
                ("/staff/1/skills", "skill=1&level=3&from=9999-12-31", 422),
                ("/staff/1/leaving", "leavingOn=9999-12-31", 422),
            ] {
                let answer = try await house.ask(.post, path, as: .gwen, form: form)
                #expect(answer.status == status, "\(path) \(form): \(answer.body.prefix(200))")
            }
            #expect(try await house.state() == before)
            #expect(told.all == [])
        }
    }

    @Test(arguments: Engine.available)
    func `an administrator's changes hold, are audited and reach the router`(engine: Engine) async throws {
        try await House.run(on: engine) { house, told in
            let course = try await house.store.write {
                try Course.add(titled: "Welsh for all", giving: Skill.welsh, level: 5, in: $0)
            }
            for (path, form) in [
                ("/staff/1/skills", "skill=2&level=3"), ("/staff/1/courses", "course=\(course.id)"),
                ("/staff/1/skills/1/removal", ""), ("/staff/1/roles", "role_adviser=yes&role_planner=yes"),
                ("/staff/2/leaving", "leavingOn=\(Cast.monday)"),
                ("/staff/1/password", "password=four+green+boats+turn"),
            ] {
                #expect(try await house.ask(.post, path, as: .gwen, form: form).status == 303, "\(path)")
            }
            #expect(told.all == [1, 1, 1, 1, 2])
            let (levels, roles) = try await house.store.read { transaction in
                (
                    try SkillHeld.levels(of: Person.amina.id, on: Cast.monday, in: transaction),
                    try Person.find(Person.amina.id, on: Cast.monday, in: transaction).roles
                )
            }
            #expect(levels == [Skill.childBenefit: 3, Skill.welsh: 5] && roles == [.adviser, .planner])
            _ = try await house.signIn.signIn(username: "amina", password: "four green boats turn", from: "192.0.2.1")
            let page = try await house.ask(.get, "/staff/1", as: .gwen).body
            #expect(page.contains("Welsh for all") && page.contains("Child Benefit"))
            let trail = try await house.ask(
                .get, "/api/v1/audit?kind=person&subject=1&person=gwen&limit=10", as: .hamza
            )
            .body
            for act in ["role change", "skill change", "password change", "person read"] {
                #expect(trail.contains(act), "\(act)")
            }
            #expect(trail.contains("\"isSound\":true"))
        }
    }

    @Test(arguments: Engine.available)
    func `the pages of the directory and of the trail hold everything once`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.store.write { transaction in
                for number in 1...12 {
                    // The same name several times: the number decides.
                    let new = NewPerson(
                        staffNumber: "77\(number)", username: "u\(number)", name: "Same Name\(number % 3)", roles: [],
                        from: Cast.monday)
                    _ = try new.insert(by: Act(by: nil, at: Cast.morning), in: transaction)
                }
            }
            var names = 0, after = "/api/v1/staff?limit=4&search="
            repeat {
                let body = try await house.ask(.get, after, as: .eleri).body
                names += body.components(separatedBy: "\"staffNumber\"").count - 1
                after = body.firstMatch(of: /"next":"([^"]*)"/).map { String($0.1) } ?? ""
            } while !after.isEmpty
            #expect(names == 21)
            var numbers: [Int] = [], before = "/api/v1/audit?limit=7"
            repeat {
                let body = try await house.ask(.get, before, as: .hamza).body
                numbers += body.matches(of: /"hash":"[^"]*","number":(\d+)/).compactMap { Int($0.1) }
                before = body.firstMatch(of: /"next":"([^"]*)"/).map { String($0.1) } ?? ""
            } while !before.isEmpty
            #expect(numbers == Array((1...(numbers.first ?? 0)).reversed()) && numbers.count > 21)
        }
    }

    @Test(arguments: Engine.available)
    func `the trail is searched by a kind of thing, and by its number or a person's name`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.ask(.post, "/staff/1/courses", as: .gwen, form: "course=1&on=2026-11-23")
            _ = try await house.ask(.get, "/staff/1", as: .gwen)
            let whole = try await house.ask(.get, "/audit?kind=person&subject=1", as: .hamza).body
            #expect(whole.contains(#"<option value="person" selected>Person</option>"#))
            #expect(whole.contains("Person read"))
            let lines = whole.matches(of: /data-label="Act"/).count
            for name in ["amina", "AMINA", "100001", "Amina+de+Vries", "vries+ami"] {
                let page = try await house.ask(.get, "/audit?kind=person&subject=\(name)", as: .hamza)
                #expect(page.status == 200 && page.body.matches(of: /data-label="Act"/).count == lines, "\(name)")
            }
            for (query, sentence) in [
                ("subject=amina", "Choose what kind of thing &quot;amina&quot; is"),
                ("kind=spoon", "No entry is about anything called &quot;spoon&quot;."),
                (
                    "kind=person&subject=nobody",
                    "Nobody has the name, username, staff number or number &quot;nobody&quot;."
                ),
                ("kind=person&subject=h", "More than one person is called &quot;h&quot;. Write the staff number."),
                ("kind=session&subject=amina", "Write the number of the session alone, like 7"),
                ("from=2026-11-23&to=2026-11-22", "The end (to) must not be before the beginning (from)."),
            ] {
                let page = try await house.ask(.get, "/audit?\(query)", as: .hamza)
                #expect(page.status == 422 && page.body.contains(sentence), "\(query): \(page.body)")
                #expect(page.body.contains(#"<label for="subject">"#) && !page.body.contains("Nothing fits."))
            }
        }
    }

    @Test(arguments: Engine.available)
    func `a trail that was changed is seen to be broken`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.store.write { _ = try $0.run("UPDATE audit_entry SET detail = '{}' WHERE number = 3") }
            let body = try await house.ask(.get, "/audit", as: .hamza).body
            #expect(body.contains("broken at entry 3"))
        }
    }
}
