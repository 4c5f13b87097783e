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
    func `after an erasure no table holds the name, the reference or the words`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            let id = try await house.ended("Zelda Quux", "ZQ99887")
            _ = try await house.ended("Other Person", "OP1")
            let look = try await house.ask(.get, "/customers?reference=ZQ99887", as: .gwen)
            #expect(look.body.contains("Zelda Quux"))
            let copy = try await house.ask(
                .post, "/api/v1/customers/export", as: .gwen, json: #"{"reference":"ZQ99887","purpose":"Request 118"}"#)
            for held in ["Zelda Quux", "ZQ99887", "I am Zelda Quux", "Promised Zelda", "\"kind\":\"entered\""] {
                #expect(copy.body.contains(held), "\(held)")
            }
            _ = try await house.ask(.get, "/contacts?search=quux+ZQ99887", as: .carys)
            let erased = try await house.ask(
                .post, "/customers/erasure", as: .gwen, form: "reference=ZQ99887&purpose=Request+118&isSure=yes")
            #expect(erased.status == 303)
            #expect(try await house.places(of: ["zelda", "quux", "zq99887"]) == [])
            #expect(try await house.places(of: ["other person"]) != [])
            let page = try await house.ask(.get, "/contacts/\(id)", as: .carys)
            #expect(page.status == 200 && page.body.contains("The words were erased"))
            let actions = try await house.store.read {
                try Audit.page(AuditQuestion(actor: Person.gwen.id), in: $0).map(\.entry.action)
            }
            #expect(actions.prefix(3) == ["customer erased", "customer copied", "customer looked up"])
        }
    }

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
            #expect(try await house.places(of: ["zelda"]) != [])
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
            #expect(try await house.places(of: ["old name", "old1"]) == [])
            #expect(try await house.places(of: ["young name"]) != [])
            let (portions, events) = try await house.store.read { transaction in
                (
                    try Audit.page(AuditQuestion(action: "contacts forgotten"), in: transaction).count,
                    try transaction.row("SELECT COUNT(*) AS n FROM contact_event")?.value("n", as: Int.self)
                )
            }
            #expect(portions == 2 && events == (Retention.portion + 6) * 2)
        }
    }
}

extension House {
    /// Every table and column that holds one of these words, in either case.
    func places(of words: [String]) async throws -> [String] {
        try await store.read { transaction in
            let columns: [(table: String, column: String)] =
                switch transaction.dialect {
                case .sqlite:
                    try transaction.rows(
                        """
                        SELECT tables.name AS table_name, columns.name AS column_name FROM sqlite_schema AS tables
                        JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
                        """
                    ).map { (try $0.value("table_name"), try $0.value("column_name")) }
                case .postgresql:
                    try transaction.rows(
                        """
                        SELECT CAST(table_name AS TEXT) AS table_name, CAST(column_name AS TEXT) AS column_name
                        FROM information_schema.columns WHERE table_schema = current_schema()
                        """
                    ).map { (try $0.value("table_name"), try $0.value("column_name")) }
                }
            var found: [String] = []
            for (table, column) in columns {
                for word in words {
                    let isThere =
                        try transaction.row(
                            """
                            SELECT 1 AS there FROM \(SQL(stringLiteral: table))
                            WHERE CAST(\(SQL(stringLiteral: column)) AS TEXT) \(containing: word) LIMIT 1
                            """) != nil
                    if isThere { found.append("\(table).\(column): \(word)") }
                }
            }
            return found
        }
    }
}
