import HTTPTypes
import Logging
import People
import Storage
import Synchronization
import TestKit
import Testing
import Values

@testable import Contacts

/// Copies and erasures beside all else that goes on.
@Suite struct CustomerDataTests {
    @Test(arguments: Engine.available)
    func `a copy is read while others may write, and is in the audit trail like a look`(engine: Engine) async throws {
        let looks = Looks()
        let conversations = Conversations(
            said: { _, transaction in
                looks.note((try? transaction.attempt { try transaction.run("DELETE FROM said") }) != nil)
                return []
            },
            states: { _, _, _ in [:] }, erase: { _, _ in })
        try await House.run(on: engine, conversations: conversations) { house in
            let id = try await house.ended("Zelda Quux", "ZQ1")
            #expect(try await house.ask(.get, "/api/v1/customers?reference=ZQ1", as: .gwen).status == 200)
            let copy = try await house.ask(
                .post, "/api/v1/customers/export", as: .gwen, json: #"{"reference":"ZQ1","purpose":"Request 118"}"#)
            #expect(copy.status == 200 && copy.body.contains("Zelda Quux"))
            #expect(looks.couldWrite == [false])
            let acts = try await house.store.read {
                try Audit.page(AuditQuestion(subject: Subject("contact", id.number)), in: $0).map(\.entry.action)
            }
            #expect(acts == ["customer copied", "customer looked up"])
        }
    }

    @Test(arguments: Engine.available)
    func `another server goes on with an erasure when the one that was at it is gone`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            let migrations = People.migrations + Contacts.migrations
            let first = try await Store.open(location, migrations: migrations)
            let second = try await Store.open(location, migrations: migrations)
            try await first.write { try Self.beginErasure(in: $0) }
            #expect(try await first.hold("erasure"))
            let erasing = Erasing(
                store: second, conversations: .none, now: { Cast.morning }, logger: Logger(label: "test"),
                interval: .milliseconds(20))
            func running() async throws -> Int { try await second.read { try Erasure.open(in: $0).count } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await erasing.run() }
                try await Task.sleep(for: .milliseconds(200))
                #expect(try await running() == 1, "the first is at it")
                try await first.close()
                // As long as it takes: on a slow machine the whole run has a limit, this has none.
                while try await running() > 0 { try await Task.sleep(for: .milliseconds(20)) }
                #expect(try await running() == 0)
                group.cancelAll()
                try await group.waitForAll()
            }
            try await second.close()
        }
    }

    private static func beginErasure(in transaction: Transaction) throws {
        try Cast.insert(in: transaction)
        let act = Act(by: Person.gwen.id, at: Cast.morning)
        let id = try House.draft.insert(by: act, in: transaction)
        guard let queue = try Queue.find(id, in: transaction) else { throw QueueRefusal.neverThere(id) }
        let contact = try Contact.arrive(
            by: .chat, in: queue, name: "Zelda Quux", reference: "ZQ1", at: act.at, transaction: transaction)
        try Contact.end(contact.id, by: .customer, at: act.at, in: transaction)
        let customer = try Customer.find(.reference("ZQ1"), in: transaction)
        _ = try Erasure.begin(of: customer, because: "Request 118", by: act, in: transaction)
    }
}

/// Whether those who looked at what was said could have written too.
private final class Looks: Sendable {
    private let answers = Mutex<[Bool]>([])

    var couldWrite: [Bool] { answers.withLock { $0 } }

    func note(_ couldWrite: Bool) { answers.withLock { $0.append(couldWrite) } }
}
