import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values
import Web

@testable import Contacts

@Suite struct QueuePlanningTests {
    @Test func `a draft is told what is wrong with each field`() {
        func fields(_ change: (inout QueueDraft) -> Void) -> [String] {
            var draft = House.draft
            change(&draft)
            return draft.problems.map(\.field)
        }
        #expect(fields { _ in } == [])
        #expect(fields { $0.key = "Self Assessment" } == ["key"] && fields { $0.key = "17" } == ["key"])
        #expect(fields { $0.name = "" } == ["name"] && fields { $0.name = "a\tb" } == ["name"])
        #expect(
            fields { $0.openings = (0..<11).map { .init(weekday: 1, opens: $0 * 2, closes: $0 * 2 + 1) } } == [
                "hours_1"
            ])
        #expect(fields { $0.timeZone = "Mars/Olympus" } == ["timeZone"])
        for tag in ["", "e", "zz", "Welsh", "EN", "en-gb", "cy\"><b", "en-GB-oxendict"] {
            #expect(fields { $0.language = tag } == ["language"], "\(tag)")
        }
        for tag in ["cy", "pt-BR", "zh-Hant-TW", "es-419"] { #expect(fields { $0.language = tag } == []) }
        #expect(
            fields {
                $0.openings = [.init(weekday: 2, opens: 540, closes: 720), .init(weekday: 2, opens: 700, closes: 800)]
            } == ["hours_2"])
        #expect(fields { $0.openings = [.init(weekday: 3, opens: 700, closes: 600)] } == ["hours_3"])
        #expect(fields { $0.openings = [.init(weekday: 8, opens: 0, closes: 600)] } == ["openings"])
        #expect(fields { $0.needs = [.init(after: .seconds(60), skill: 1, level: 1)] } == ["overflow"])
        #expect(
            fields {
                $0.needs = [
                    .init(skill: 1, level: 1), .init(after: .seconds(90), skill: 2, level: 1),
                    .init(after: .seconds(60), skill: 3, level: 1),
                ]
            } == ["overflow"])
        #expect(fields { $0.needs = [.init(skill: 1, level: 1), .init(skill: 1, level: 2)] } == ["needs"])
        #expect(fields { $0.needs = [.init(skill: 1, level: 6)] } == ["needs"])
        #expect(
            fields {
                $0.retentionDays = 0; $0.longest = -1; $0.target = .zero
            } == ["target", "longest", "retentionDays"])
    }

    @Test(arguments: Engine.available)
    func `a second bank holiday on one day does not take the place of the first`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            func add(_ name: String) async throws -> (status: Int, body: String) {
                try await house.ask(
                    .post, "/calendar/bank-holidays", as: .dilwyn, form: "day=2026-12-25&name=\(name)")
            }
            #expect(try await add("Christmas").status == 303)
            #expect(try await add("Christmas").status == 303, "The same again changes nothing.")
            let other = try await add("Staff+day")
            #expect(other.status == 422 && other.body.contains("is Christmas already. Remove that first"))
            let days = try await house.store.read { try BankHoliday.all(from: Day(Cast.morning), in: $0) }
            #expect(days.map(\.name) == ["Christmas"])
        }
    }

    @Test(arguments: Engine.available)
    func `of two planners who edit at once the second is told`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let first = try await house.ask(
                .put, "/api/v1/queues/1", as: .dilwyn,
                json: #"{"key":"self-assessment","name":"Self Assessment","targetSeconds":60,"revision":1}"#)
            #expect(first.status == 200 && first.body.contains(#""revision":2"#))
            let second = try await house.ask(
                .put, "/api/v1/queues/1", as: .dilwyn,
                json: #"{"key":"self-assessment","name":"Other","targetSeconds":90,"revision":1}"#)
            #expect(second.status == 409 && second.body.contains("Dilwyn Price changed this queue"))
            let form =
                "key=self-assessment&name=Other&timeZone=Europe/London&priority=0&headStart=60&target=90&offerTimeout=20&wrapUpLimit=60&retentionDays=30&hours_1=09:00+to+12:00&version=1"
            let page = try await house.ask(.post, "/queues/1", as: .dilwyn, form: form)
            #expect(
                page.status == 409 && page.body.contains("value=\"Other\"")
                    && page.body.contains("name=\"version\" value=\"2\""))
            let again = try await house.ask(
                .post, "/queues/1", as: .dilwyn, form: form.replacing("version=1", with: "version=2"))
            #expect(again.status == 303)
            let history = try await house.ask(.get, "/api/v1/queues/1/changes", as: .dilwyn).body
            #expect(history.contains("Target: 300 s → 60 s.") && history.contains("Name: Self Assessment → Other."))
        }
    }

    @Test(arguments: Engine.available)
    func `a queue that makes no sense is refused field by field, and nothing is stored`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let before = try await house.state()
            for (body, field) in [
                (#"{"key":"Bad Key","name":"X"}"#, "key"), (#"{"key":"self-assessment","name":"X"}"#, "key"),
                (#"{"key":"new","name":"Self Assessment"}"#, "name"), (#"{"key":"new"}"#, "name"),
                (#"{"key":"new","name":"X","needs":[{"skill":99,"level":1}]}"#, "needs"),
                (#"{"key":"new","name":"X","openings":[{"weekday":1,"opens":"9","closes":"10"}]}"#, "openings"),
                (#"{"key":"new","name":"X","targetSeconds":9223372036854775807}"#, "targetSeconds"),
                (#"{"key":"new","name":"X","needs":[{"skill":1,"level":1,"afterSeconds":5}]}"#, "needs"),
                (#"{"key":"new","name":"X","openings":[{"weekday":1,"opens":"10:00","closes":"09:00"}]}"#, "openings"),
                (#"{"key":"new","name":"X\u0000"}"#, "name"), (#"{"key":"new","name":"X\nY"}"#, "name"),
                (#"{"key":"new","name":"X","targetSeconds":"soon"}"#, "targetSeconds"),
            ] {
                let answer = try await house.ask(.post, "/api/v1/queues", as: .dilwyn, json: body)
                #expect(
                    answer.status == 422 && answer.body.contains("\"field\":\"\(field)\""), "\(body): \(answer.body)")
            }
            let page = try await house.ask(.post, "/queues", as: .dilwyn, form: "key=new&name=X&hours_1=9-5&target=abc")
            #expect(page.status == 422 && page.body.contains("Please correct this") && page.body.contains("hours_1"))
            let many = try await house.ask(
                .post, "/queues", as: .dilwyn,
                form: "key=A+B&name=&timeZone=Mars&target=&hours_1=9-5&hours_2=10:00-09:00")
            for part in ["#key", "#name", "#timeZone", "#target", "#hours_1", "#hours_2", "Enter &quot;Answer within"] {
                #expect(many.body.contains(part), "\(part)")
            }
            #expect(try await house.state() == before)
        }
    }

    @Test(arguments: Engine.available)
    func `every change is audited and reaches the dispatcher`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.store.write { _ = try $0.run("DELETE FROM routing_event") }
            #expect(
                try await house.ask(.post, "/api/v1/queues", as: .dilwyn, json: #"{"key":"vat","name":"VAT"}"#).status
                    == 201)
            #expect(
                try await house.ask(
                    .post, "/api/v1/closures", as: .dilwyn, json: #"{"queue":"1","message":"Fire drill"}"#
                ).status == 201)
            #expect(
                try await house.ask(
                    .put, "/api/v1/bank-holidays/2026-12-25", as: .dilwyn, json: #"{"name":"Christmas Day"}"#
                ).status == 200)
            #expect(try await house.ask(.delete, "/api/v1/queues/2", as: .dilwyn).status == 204)
            let (events, acts) = try await house.store.read { transaction in
                (
                    try RoutingEvent.pending(in: transaction).compactMap(\.queue),
                    try Audit.page(AuditQuestion(action: "queue changed"), in: transaction).map(\.entry.act.actor)
                )
            }
            #expect(events == [2, 1, 1, 2, 2])
            #expect(acts.prefix(3).allSatisfy { $0 == Person.dilwyn.id })
        }
    }

    @Test(arguments: Engine.available)
    func `a closed queue takes nobody until it is opened again`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            #expect(
                try await house.ask(.post, "/queues/1/closure", as: .dilwyn, form: "message=Fire+drill.").status == 303)
            await #expect(throws: QueueRefusal.closed(sentence: "Self Assessment is closed now. Fire drill.")) {
                _ = try await house.arrived("Zelda Quux", nil)
            }
            #expect(
                try await house.ask(.get, "/queues/1", as: .dilwyn).body.contains(
                    "Closed until it is opened again: <span lang=\"en\">Fire drill.</span>"))
            house.clock.wait(.seconds(5))
            #expect(try await house.ask(.post, "/queues/1/opening", as: .dilwyn, form: "").status == 303)
            _ = try await house.arrived("Zelda Quux", nil)
        }
    }

    @Test(arguments: Engine.available)
    func `the last wrap-up code stays`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for code in ["changed", "passed-on", "call-back", "signposted", "no-reply"] {
                let answer = try await house.ask(.delete, "/api/v1/wrap-up-codes/\(code)", as: .dilwyn)
                #expect(answer.status == 204)
            }
            let last = try await house.ask(.delete, "/api/v1/wrap-up-codes/answered", as: .dilwyn)
            #expect(last.status == 409)
            #expect(try await house.ask(.get, "/api/v1/wrap-up-codes", as: .dilwyn).body.contains("answered"))
        }
    }
}
