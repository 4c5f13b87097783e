import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Staff

@Suite struct CoursesTests {
    @Test(arguments: Engine.available)
    func `a course that was added gives its skill to whoever completes it`(engine: Engine) async throws {
        try await House.run(on: engine) { house, told in
            let welsh = "title=Welsh+for+all&skill=\(Skill.welsh)&level=5&validDays=365"
            #expect(try await house.ask(.post, "/courses", as: .gwen, form: welsh).status == 303)
            let added = try await house.ask(
                .post, "/api/v1/courses", as: .gwen, json: #"{"title":"Benefits","skill":2,"level":3}"#)
            #expect(added.status == 201 && added.body == #"{"id":2}"#)

            #expect(try await house.ask(.post, "/staff/1/courses", as: .gwen, form: "course=1").status == 303)

            let levels = try await house.store.read {
                try SkillHeld.levels(of: Person.amina.id, on: Cast.monday, in: $0)
            }
            #expect(levels[Skill.welsh] == 5 && told.all == [1])
            let page = try await house.ask(.get, "/courses", as: .gwen).body
            #expect(page.contains("Welsh for all") && page.contains("365 days") && page.contains("Benefits"))
            #expect(page.matches(of: />no end<\/td>/).count == 1, "for good")
            let all = try await house.ask(.get, "/api/v1/courses", as: .gwen).body
            #expect(all.contains(#"{"completed":1,"id":1,"level":5,"skill":"Welsh","#) && !all.contains("form"))
            let trail = try await house.ask(.get, "/api/v1/audit?act=course+added", as: .hamza).body
            #expect(trail.contains("Welsh for all") && trail.contains("Gwen Larsen"))
        }
    }

    @Test(arguments: Engine.available)
    func `a course that makes no sense is refused at its field, and nothing is stored`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for (form, field) in [
                ("skill=1&level=3", "title"), ("title=A&level=3", "skill"), ("title=A&skill=77&level=3", "skill"),
                ("title=A&skill=x&level=3", "skill"), ("title=A&skill=1&level=6", "level"),
                ("title=A&skill=1&level=3&validDays=0", "validDays"), ("title=A%0AB&skill=1&level=3", "title"),
            ] {
                let answer = try await house.ask(.post, "/courses", as: .gwen, form: form)
                #expect(answer.status == 422 && answer.body.contains("id=\"\(field)-problem\""), "\(form)")
            }
            let page = try await house.ask(.post, "/courses", as: .gwen, form: "title=Kept&skill=2&level=9").body
            #expect(page.contains("value=\"Kept\"") && page.contains("<option value=\"2\" selected>"))
            let none = try await house.store.read { try Course.all(in: $0) }
            #expect(none == [])

            #expect(try await house.ask(.post, "/courses", as: .gwen, form: "title=A&skill=1&level=3").status == 303)
            let twice = try await house.ask(.post, "/courses", as: .gwen, form: "title=A&skill=2&level=1")
            #expect(twice.status == 409 && twice.body.contains("There is one called A already."))
        }
    }

    @Test(arguments: Engine.available)
    func `a course that somebody has completed stays, another can be removed`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for title in ["Kept", "Gone", "Gone too"] {
                let course = #"{"title":"\#(title)","skill":1,"level":1}"#
                #expect(try await house.ask(.post, "/api/v1/courses", as: .gwen, json: course).status == 201)
            }
            #expect(try await house.ask(.post, "/staff/1/courses", as: .gwen, form: "course=1").status == 303)

            let page = try await house.ask(.post, "/courses/1/removal", as: .gwen)
            #expect(page.status == 409 && page.body.contains("This course is still in use."))
            #expect(try await house.ask(.delete, "/api/v1/courses/1", as: .gwen).status == 409)
            #expect(try await house.ask(.post, "/courses/2/removal", as: .gwen).status == 303)
            #expect(try await house.ask(.delete, "/api/v1/courses/3", as: .gwen).status == 204)
            #expect(try await house.ask(.delete, "/api/v1/courses/3", as: .gwen).status == 404)

            let left = try await house.store.read { try Course.all(in: $0).map(\.title) }
            #expect(left == ["Kept"])
            let trail = try await house.ask(.get, "/api/v1/audit?act=course+removed", as: .hamza).body
            #expect(trail.matches(of: /"act":"course removed"/).count == 2)
        }
    }

    @Test(arguments: Engine.available)
    func `courses are for administrators alone`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let acts: [(HTTPRequest.Method, String)] = [
                (.get, "/courses"), (.post, "/courses"), (.post, "/courses/1/removal"), (.get, "/api/v1/courses"),
                (.post, "/api/v1/courses"), (.delete, "/api/v1/courses/1"),
            ]
            for (method, path) in acts {
                for person in Cast.everybody where person != .gwen {
                    let body = method == .get ? nil : #"{"title":"A","skill":1,"level":1}"#
                    let answer = try await house.ask(method, path, as: person, json: body)
                    #expect(answer.status == 403, "\(method) \(path) by \(person.name)")
                }
            }
            let courses = try await house.store.read { try Course.all(in: $0) }
            #expect(courses == [])
        }
    }
}
