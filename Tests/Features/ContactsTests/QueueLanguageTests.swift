import HTTPTypes
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct QueueLanguageTests {
    @Test(arguments: Engine.available)
    func `a queue's name is marked with its language wherever staff read it`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await house.openWelsh()
            let id = try await house.arrived("Sioned Price", nil, in: 2)
            for (person, path) in [
                (Person.dilwyn, "/queues"), (.dilwyn, "/queues/2"), (.carys, "/reports?queue=2"), (.carys, "/board"),
                (.carys, "/contacts"), (.carys, "/contacts/\(id)"),
            ] {
                let page = try await house.ask(.get, path, as: person).body
                #expect(page.contains(/lang="cy"[^>]*>(<a [^>]*>)?Cymraeg</), "\(path)")
            }
            let desk = try await house.ask(.get, "/api/v1/desk", as: .amina).body
            #expect(desk.contains(#""language":"cy""#))
        }
    }

    @Test(arguments: Engine.available)
    func `words that a planner wrote for one queue are in its language, those for all in the body's`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            try await house.openWelsh()
            for (queue, message) in [("2", "Ar gau."), ("", "Closed for all.")] {
                let answer = try await house.ask(
                    .post, "/calendar/closures", as: .dilwyn,
                    form: "queue=\(queue)&message=\(message.replacing(" ", with: "+"))")
                #expect(answer.status == 303)
            }
            let calendar = try await house.ask(.get, "/calendar", as: .dilwyn).body
            #expect(calendar.contains(#"lang="cy">Ar gau."#) && calendar.contains(#"lang="en">Closed for all."#))
            #expect(
                try await house.ask(.post, "/ready-replies", as: .dilwyn, form: "queue=2&title=Helo&text=Bore+da")
                    .status
                    == 303)
            let replies = try await house.ask(.get, "/ready-replies", as: .dilwyn).body
            #expect(replies.contains(#"lang="cy">Bore da"#) && replies.contains(#"<h3 lang="en">Greeting"#))
            let hours = try await house.store.read { transaction in
                try Queue.find(2, in: transaction)?.hours(at: house.clock.now, in: transaction)
            }
            #expect(hours?.closures.map(\.reason.language) == ["cy", "en"])
        }
    }

    @Test(arguments: Engine.available)
    func `a language that is none is refused, and one that is left out is English`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let refused = try await house.ask(
                .post, "/api/v1/queues", as: .dilwyn, json: #"{"key":"new","name":"New","language":"Klingon"}"#)
            #expect(refused.status == 422 && refused.body.contains(#""field":"language""#))
            let made = try await house.ask(.post, "/api/v1/queues", as: .dilwyn, json: #"{"key":"new","name":"New"}"#)
            #expect(made.status == 201 && made.body.contains(#""language":"en""#))
            let page = try await house.ask(.post, "/queues", as: .dilwyn, form: "key=new&name=New&language=Klingon")
            #expect(page.status == 422 && page.body.contains(#"id="language-problem""#))
        }
    }
}

extension House {
    /// A second queue, in Welsh, open day and night.
    fileprivate func openWelsh() async throws {
        try await store.write { transaction in
            var draft = QueueDraft(key: "cymraeg", name: "Cymraeg")
            draft.language = "cy"
            draft.openings = House.draft.openings
            _ = try draft.insert(by: Act(by: nil, at: Cast.morning), in: transaction)
        }
    }
}
