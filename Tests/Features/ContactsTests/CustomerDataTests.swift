import Logging
import People
import Storage
import TestKit
import Testing
import Values

@testable import Contacts

/// Copies and erasures beside all else that goes on.
@Suite struct CustomerDataTests {
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
                for _ in 0..<250 where try await running() > 0 { try await Task.sleep(for: .milliseconds(20)) }
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
