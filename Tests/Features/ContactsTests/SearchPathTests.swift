import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

/// That a search goes by the indexes, and stays whole where it goes in portions.
@Suite struct SearchPathTests {
    /// More contacts than one portion, most of them with the same words: 60,000 of which every 20,000th is rare.
    private static func fill(_ house: House, _ count: Int) async throws {
        let now = house.clock.now
        try await house.store.write { transaction in
            try transaction.insert(
                1...count,
                into: "contact (channel, queue_id, customer_name, state, priority, arrived_at, entered_at, ended_at)"
            ) { _ in "'chat', 1, 'A', 'ended', 0, \(now), \(now), \(now)" }
            try transaction.insert(1...count, into: "contact_word (word, contact_id)") { number in
                "\(number % 20_000 == 0 ? "rarely" : "mostly"), \(number)"
            }
            try transaction.insert(1...count, into: "contact_word (word, contact_id)") { number in
                "\(number <= 5_000 ? "oldest" : "zz\(number)"), \(number)"
            }
        }
    }

    @Test(arguments: Engine.available)
    func `words that many have lead back from the newest, a portion at a time`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await Self.fill(house, 60_000)
            func pages(_ text: String) async throws -> [[Contact.ID]] {
                var pages: [[Contact.ID]] = []
                var before: Contact.ID?
                repeat {
                    let page = try await house.store.read { [before] in
                        try FoundContact.page(ContactQuestion(text: text), before: before, limit: 6_000, in: $0)
                    }
                    pages.append(page.contacts.map(\.id))
                    before = page.next
                } while before != nil
                return pages
            }
            // Few have it: its own range leads, and the newest comes first.
            #expect(try await pages("rare") == [[60_000, 40_000, 20_000]])
            // Many have each of them, and only some together: nothing is missed, and nothing comes twice.
            let both = try await pages("mo z")
            #expect(both.joined().count == 55_000 - 3)
            #expect(Set(both.joined()).count == 55_000 - 3)
            #expect(both.first?.first == 59_999)
            #expect(try await pages("mostly oldest").joined().count == 5_000)
        }
    }

    @Test(arguments: Engine.available)
    func `the plan of a search uses the indexes of words`(engine: Engine) async throws {
        try await House.run(on: engine) { house in
            try await Self.fill(house, 30_000)
            try await house.store.write { if $0.dialect == .postgresql { try $0.run("ANALYZE contact_word") } }
            let rare = try await house.plan("rare"), both = try await house.plan("mo z")
            switch engine {
            case .sqlite:
                #expect(rare.contains("sqlite_autoindex_contact_word_1 (word>? AND word<?)"), "\(rare)")
                #expect(both.contains("contact_word_of_contact (contact_id=? AND word>? AND word<?)"), "\(both)")
                #expect(!rare.contains("SCAN contact\n") && !rare.contains("SCAN contact_word"), "\(rare)")
            case .postgresql:
                #expect(rare.contains("contact_word_pkey"), "\(rare)")
                #expect(both.contains("contact_word"), "\(both)")
                #expect(!rare.contains("Seq Scan on contact_word"), "\(rare)")
            }
        }
    }
}

extension House {
    /// How the database goes about this search.
    fileprivate func plan(_ text: String) async throws -> String {
        try await store.read { transaction in
            let question = ContactQuestion(text: text)
            let path = try SearchPath(question, before: nil, in: transaction)
            let query = FoundContact.query(question, along: path, limit: 51)
            switch transaction.dialect {
            case .sqlite:
                return try transaction.rows("EXPLAIN QUERY PLAN \(query)")
                    .map { try $0.value("detail", as: String.self) + "\n" }.joined()
            case .postgresql:
                return try transaction.rows("EXPLAIN \(query)")
                    .map { try $0.value("QUERY PLAN", as: String.self) + "\n" }.joined()
            }
        }
    }
}
