import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Staff

/// What programs ask of the staff's addresses.
@Suite struct ProgramsTests {
    @Test(arguments: Engine.available)
    func `a skill that she does not have cannot be taken, and nothing is noted`(engine: Engine) async throws {
        try await House.run(on: engine) { house, told in
            let head = try await house.store.read { try Audit.head(in: $0) }
            // Eleri has none; Amina has Self Assessment, and once it is taken it cannot be taken again.
            let never = try await house.ask(.delete, "/api/v1/staff/5/skills/1", as: .gwen)
            #expect(never.status == 404 && never.body.contains("No administrator gave them this skill"))
            #expect(try await house.store.read { try Audit.head(in: $0) } == head && told.all == [])
            #expect(try await house.ask(.delete, "/api/v1/staff/1/skills/1", as: .gwen).status == 204)
            #expect(try await house.ask(.delete, "/api/v1/staff/1/skills/1", as: .gwen).status == 404)
            #expect(try await house.store.read { try Audit.head(in: $0).number } == head.number + 1)
        }
    }

    @Test(arguments: Engine.available)
    func `a copy of one person's data holds all of it, and says who took it and why`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.ask(.get, "/api/v1/staff/1", as: .carys)
            let copy = try await house.ask(.get, "/api/v1/staff/1/export?purpose=Request+17", as: .gwen)
            #expect(copy.status == 200)
            for part in [
                #""name":"Amina de Vries""#, #""roles":["adviser"]"#, #""name":"Welsh""#, #""team":"Blue""#,
                #""address":"192.0.2.1""#, #""act":"person read""#, #""name":"Carys Novák""#,
                #""purpose":"Request 17""#,
                #""passwordChangedAt":"#,
            ] {
                #expect(copy.body.contains(part), "\(part)")
            }
            #expect(!copy.body.contains("argon2") && !copy.body.contains(house.tokens[Person.amina.id] ?? "?"))
            let trail = try await house.ask(.get, "/api/v1/audit?act=staff+copied", as: .hamza).body
            #expect(trail.contains("Request 17") && trail.contains("Gwen Larsen"))
        }
    }

    @Test(arguments: Engine.available)
    func `a copy without a purpose is refused, by the page at its field`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let head = try await house.store.read { try Audit.head(in: $0) }
            for query in [
                "", "?purpose=", "?purpose=%20", "?purpose=a%0Ab", "?purpose=" + String(repeating: "x", count: 201),
            ] {
                let answer = try await house.ask(.get, "/api/v1/staff/1/export\(query)", as: .gwen)
                #expect(answer.status == 422 && answer.body.contains(#""field":"purpose""#), "\(query)")
            }
            let page = try await house.ask(.get, "/staff/1/export?purpose=", as: .gwen)
            #expect(page.status == 422 && page.body.contains("href=\"#purpose\""))
            #expect(try await house.ask(.get, "/api/v1/staff/99/export?purpose=x", as: .gwen).status == 404)
            #expect(try await house.store.read { try Audit.head(in: $0) } == head)
        }
    }

    @Test(arguments: Engine.available)
    func `roles are truths of roles that there are`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let before = try await house.state()
            for (body, field) in [
                ("{}", "roles"), (#"{"adviser":true,"planer":true}"#, "planer"), (#"{"adviser":1}"#, "adviser"),
                (#"{"adviser":[true]}"#, "adviser"),
            ] {
                let answer = try await house.ask(.put, "/api/v1/staff/1/roles", as: .gwen, json: body)
                #expect(answer.status == 422 && answer.body.contains("\"field\":\"\(field)\""), "\(body): \(answer)")
            }
            #expect(try await house.state() == before)
            let kept = try await house.ask(
                .put, "/api/v1/staff/1/roles", as: .gwen, json: #"{"adviser":"no","planner":true}"#)
            #expect(kept.status == 204)
            let roles = try await house.ask(.get, "/api/v1/staff/1", as: .gwen).body
            #expect(roles.contains(#""roles":["planner"]"#) && !roles.contains("choices"))
        }
    }

    @Test(arguments: Engine.available)
    func `days of the trail that cannot be are refused`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for (query, field) in [
                ("to=9999-12-31", "to"), ("from=0000-01-01", "from"), ("from=2026-11-23&to=2026-11-22", "from"),
                ("from=soon", "from"), ("person=nobody", "person"), ("before=0", "before"), ("limit=201", "limit"),
                ("subject=7", "kind"), ("kind=spoon", "kind"), ("kind=person&subject=nobody", "subject"),
                ("kind=session&subject=amina", "subject"), ("kind=person&subject=h", "subject"),
            ] {
                let answer = try await house.ask(.get, "/api/v1/audit?\(query)", as: .hamza)
                #expect(answer.status == 422 && answer.body.contains("\"field\":\"\(field)\""), "\(query): \(answer)")
            }
            let all = try await house.ask(.get, "/api/v1/audit?from=1970-01-01&to=2199-12-31&limit=2", as: .hamza)
            #expect(all.body.contains(#""next":"/api/v1/audit?from=1970%2D01%2D01&to=2199%2D12%2D31&limit=2&before="#))
        }
    }
}
