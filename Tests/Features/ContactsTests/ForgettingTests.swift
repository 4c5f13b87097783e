import HTTPTypes
import Logging
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

@Suite struct ForgettingTests {
    @Test(arguments: Engine.available)
    func `an erasure is refused while a contact is open, without confirmation, or with the name as its reason`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            _ = try await house.ended("Zelda Quux", "ZQ1")
            let before = try await house.state()
            func erase(_ body: String) async throws -> Int {
                try await house.ask(.post, "/api/v1/customers/erasure", as: .gwen, json: body).status
            }
            #expect(try await erase(#"{"reference":"ZQ1","purpose":"Request 1"}"#) == 422)
            #expect(try await erase(#"{"reference":"ZQ1","isSure":true}"#) == 422)
            #expect(try await erase(#"{"reference":"ZQ1","purpose":"zelda quux asked","isSure":true}"#) == 422)
            #expect(try await erase(#"{"reference":"nobody","purpose":"Request 1","isSure":true}"#) == 404)
            #expect(try await house.state() == before)
            _ = try await house.arrived("Zelda Quux", "ZQ1")
            #expect(try await erase(#"{"reference":"ZQ1","purpose":"Request 1","isSure":true}"#) == 409)
            #expect(try await house.store.places(of: ["zelda"]) != [])
        }
    }

    @Test(arguments: Engine.available)
    func `of different people under one reference only those are copied and erased that were chosen`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            let zelda = try await house.ended("Zelda Quux", "ZQ1"), other = try await house.ended("Otto Brandt", "ZQ1")
            func ask(_ path: String, _ chosen: String) async throws -> (status: Int, body: String) {
                let answer = try await house.ask(
                    .post, "/api/v1/customers/\(path)", as: .gwen,
                    json: #"{"reference":"ZQ1","purpose":"Request 1","isSure":true\#(chosen)}"#)
                return (answer.status, answer.body)
            }
            let page = try await house.ask(.get, "/customers?reference=ZQ1", as: .gwen).body
            #expect(page.contains("Different names stand under this reference") && !page.contains(" checked"))
            for path in ["export", "erasure"] {
                for chosen in ["", #","contacts":[]"#, #","contacts":[99]"#, #","contacts":"x""#] {
                    let answer = try await ask(path, chosen)
                    #expect(answer.status == 422 && answer.body.contains("\"field\":\"contacts\""), "\(answer)")
                }
            }
            let copy = try await ask("export", #","contacts":[\#(zelda)]"#)
            #expect(copy.status == 200 && copy.body.contains("Zelda Quux") && !copy.body.contains("Otto Brandt"))
            #expect(try await ask("erasure", #","contacts":[\#(zelda)]"#).body == #"{"contacts":1,"isDone":true}"#)
            #expect(try await house.store.read { try Customer.find(.reference("ZQ1"), in: $0).ids } == [other])
            let ticked = try await house.ask(
                .post, "/customers/erasure", as: .gwen,
                form: "reference=ZQ1&purpose=Request+2&isSure=yes&contacts=&contacts_\(other)=yes")
            #expect(ticked.status == 303)
            #expect(try await house.store.places(of: ["zelda quux", "otto brandt"]) == [])
        }
    }

    @Test(arguments: Engine.available)
    func `contacts are forgotten when their queue's time is over, portion by portion`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            for number in 1...(Retention.portion + 5) { _ = try await house.ended("Old Name\(number)", "OLD\(number)") }
            house.clock.wait(.days(300))
            _ = try await house.ended("Young Name", "YOUNG")
            house.clock.wait(.days(66))
            let retention = Retention(
                store: house.store, conversations: house.contacts.conversations, now: { house.clock.now },
                logger: Logger(label: "test"))
            #expect(try await retention.forgetAllDue() == Retention.portion + 5)
            #expect(try await retention.forgetAllDue() == 0)
            #expect(try await house.store.places(of: ["old name", "old1"]) == [])
            #expect(try await house.store.places(of: ["young name"]) != [])
            let (portions, events) = try await house.store.read { transaction in
                (
                    try Audit.page(AuditQuestion(action: "contacts forgotten"), in: transaction).count,
                    try transaction.row("SELECT COUNT(*) AS n FROM contact_event")?.value("n", as: Int.self)
                )
            }
            #expect(portions == 2 && events == (Retention.portion + 6) * 2)
        }
    }

    @Test(arguments: Engine.available)
    func `an erasure of many contacts goes on where it was interrupted, and takes nothing that came later`(
        engine: Engine
    ) async throws {
        try await House.run(on: engine) { house in
            for _ in 0..<(Erasure.portion * 2 + 5) { _ = try await house.ended("Zelda Quux", "ZQ1") }
            let act = Act(by: Person.gwen.id, at: house.clock.now), erasing = house.contacts.erasing
            let id = try await house.store.write { transaction in
                try Erasure.begin(
                    of: Customer.find(.reference("ZQ1"), in: transaction), because: "Request 118", by: act,
                    in: transaction)
            }
            #expect(try await erasing.erase(id, portions: 1) == false)
            #expect(try await house.store.read { try Erasure.open(in: $0).map(\.done) } == [Erasure.portion])
            let page = try await house.ask(.get, "/customers", as: .gwen).body
            #expect(page.contains("200 of 405 contacts are erased"))
            // She comes back meanwhile, and that contact ends too; then the server is stopped and started.
            let back = try await house.ended("Zelda Quux", "ZQ1")
            try await erasing.eraseAll()
            #expect(try await house.store.read { try Erasure.open(in: $0) } == [])
            let left = try await house.store.read { try Customer.find(.reference("ZQ1"), in: $0).ids }
            #expect(left == [back])
            #expect(try await house.store.places(of: ["zq1"]).contains { $0.hasPrefix("erasure") } == false)
            let acts = try await house.store.read {
                try Audit.page(AuditQuestion(actor: Person.gwen.id), in: $0).map(\.entry.action)
            }
            #expect(acts.prefix(2) == ["customer erasure done", "customer erased"])
            #expect(try await erasing.erase(id, portions: 1), "asked once more it has nothing to do")
        }
    }
}
