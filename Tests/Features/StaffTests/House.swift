import Logging
import People
import Storage
import Synchronization
import TestKit
import Values
import Web

@testable import Staff

/// A platform with the cast signed in.
typealias House = TestKit.House<Staff>

/// Whom the router was told of.
final class Told: Sendable {
    private let ids = Mutex<[Person.ID]>([])
    var all: [Person.ID] { ids.withLock { $0 } }
    func note(_ id: Person.ID) { ids.withLock { $0.append(id) } }
}

extension House {
    static func run(on engine: Engine, _ body: (House) async throws -> Void) async throws {
        try await run(on: engine) { house, _ in try await body(house) }
    }

    /// Notes whose skills the router was told of.
    static func run(on engine: Engine, _ body: (House, Told) async throws -> Void) async throws {
        try await withStore(on: engine, migrations: People.migrations) { store in
            try await store.write { try Cast.insert(in: $0) }
            let told = Told()
            let house = try await House(store, targets: ["Staff"], links: Staff.links) { server, signIn, clock in
                Staff(
                    store: store, pages: server.pages, signIn: signIn, now: { clock.now },
                    logger: Logger(label: "test"), skillsChanged: { id, _, _ in told.note(id) })
            }
            try await body(house, told)
        }
    }

    /// Everybody's roles, skills and days of leaving: to see that nothing changed.
    func state() async throws -> [String] {
        try await store.read { transaction in
            try transaction.rows("SELECT person_id, role FROM person_role ORDER BY person_id, role")
                .map { "\(try $0.value("person_id", as: Int.self)) \(try $0.value("role", as: String.self))" }
                + transaction.rows(
                    "SELECT person_id, skill_id, level FROM person_skill ORDER BY person_id, skill_id, source, from_day"
                )
                .map {
                    "\(try $0.value("person_id", as: Int.self)) \(try $0.value("skill_id", as: Int.self)) \(try $0.value("level", as: Int.self))"
                }
                + transaction.rows("SELECT id FROM person WHERE left_on IS NOT NULL").map {
                    "\(try $0.value("id", as: Int.self)) left"
                }
        }
    }
}
