import Storage
import TestKit
import Testing
import Values

@testable import People

private func fill(_ store: Store, _ count: Int) async throws {
    try await store.write { transaction in
        let entries = (0..<count).map { number -> AuditEntry in
            let actor: Person.ID? = number % 2 == 0 ? Person.amina.id : nil
            let action: Action = number % 3 == 0 ? "erasure" : "reading"
            let act = Act(by: actor, at: Cast.morning + .seconds(Int64(number)), request: "r\(number)")
            return act.entry(action, Subject("customer", Int64(number)), ["why": "\"ä\\\n"])
        }
        try Audit.append(entries, in: transaction)
    }
}

/// A store with the cast, whose own arrival is in the trail.
private func withTrail(on engine: Engine, _ body: (Store, AuditLink) async throws -> Void) async throws {
    try await withStore(on: engine, migrations: People.migrations) { store in
        try await store.write { try Cast.insert(in: $0) }
        try await body(store, try await store.read { try Audit.head(in: $0) })
    }
}

@Suite struct AuditTests {
    @Test(arguments: Engine.available)
    func `entries are numbered without gaps and follow from one another`(engine: Engine) async throws {
        try await withTrail(on: engine) { store, start in
            try await fill(store, 450)
            let head = try await store.read { try Audit.head(in: $0) }
            #expect(head.number == start.number + 450)
            #expect(try await Audit.verify(store) == .sound(head))
            #expect(try await store.read { try Audit.verify(in: $0, anchor: start) } == .sound(head))
        }
    }

    @Test(arguments: Engine.available)
    func `an act that fails leaves no entry and no gap`(engine: Engine) async throws {
        struct Failed: Error {}
        try await withTrail(on: engine) { store, start in
            await #expect(throws: Failed.self) {
                try await store.write { transaction -> Void in
                    try Audit.append(Act(by: nil, at: Cast.morning).entry("reading", nil), in: transaction)
                    throw Failed()
                }
            }
            let head = try await store.read { try Audit.head(in: $0) }
            #expect(head == start)
        }
    }

    @Test(arguments: Engine.available)
    func `a changed, removed or inserted entry is found`(engine: Engine) async throws {
        for change in [
            "detail = 'x'", "actor_id = NULL", "at = '2026-11-22T09:00:00.000Z'", "request_id = NULL", "subject_id = 1",
        ] {
            try await withTrail(on: engine) { store, start in
                try await fill(store, 20)
                let broken = start.number + 7
                let statement = SQL(stringLiteral: "UPDATE audit_entry SET \(change) WHERE number = \(broken)")
                try await store.write { _ = try $0.run(statement) }
                #expect(try await Audit.verify(store) == .broken(number: broken), "\(change)")
            }
        }
        try await withTrail(on: engine) { store, start in
            try await fill(store, 20)
            try await store.write { _ = try $0.run("DELETE FROM audit_entry WHERE number = \(start.number + 4)") }
            #expect(try await Audit.verify(store) == .broken(number: start.number + 4))
        }
    }

    @Test(arguments: Engine.available)
    func `a shortened or rewritten trail is found by a link noted elsewhere`(engine: Engine) async throws {
        try await withTrail(on: engine) { store, start in
            try await fill(store, 5)
            let noted = try await store.read { try Audit.head(in: $0) }
            try await store.write { _ = try $0.run("DELETE FROM audit_entry WHERE number > \(start.number + 3)") }
            #expect(try await Audit.verify(store) != .broken(number: start.number + 4))
            #expect(try await Audit.verify(store, anchor: noted) == .broken(number: start.number + 4))

            try await fill(store, 9)
            #expect(try await Audit.verify(store, anchor: noted) == .broken(number: noted.number))
        }
    }

    @Test(arguments: Engine.available)
    func `a sealed trail refuses changes but takes entries`(engine: Engine) async throws {
        try await withTrail(on: engine) { store, start in
            try await Audit.seal(store)
            try await Audit.seal(store)
            try await fill(store, 3)
            await #expect(throws: (any Error).self) {
                try await store.write { _ = try $0.run("UPDATE audit_entry SET detail = '{}' WHERE number = 1") }
            }
            await #expect(throws: (any Error).self) {
                try await store.write { _ = try $0.run("DELETE FROM audit_entry") }
            }
            #expect(try await store.read { try Audit.head(in: $0) }.number == start.number + 3)
        }
    }

    @Test(arguments: Engine.available)
    func `entries are found by person, action, subject and period, newest first, page by page`(engine: Engine)
        async throws
    {
        try await withTrail(on: engine) { store, start in
            try await fill(store, 30)
            func numbers(_ question: AuditQuestion, before: Int64? = nil, limit: Int = 50) async throws -> [Int64] {
                try await store.read { try Audit.page(question, before: before, limit: limit, in: $0) }
                    .map { $0.link.number - start.number - 1 }
            }
            #expect(try await numbers(AuditQuestion(actor: Person.amina.id, action: "erasure")) == [24, 18, 12, 6, 0])
            #expect(try await numbers(AuditQuestion(subject: Subject("customer", 4))) == [4])
            let period = AuditQuestion(from: Cast.morning + .seconds(10), until: Cast.morning + .seconds(13))
            #expect(try await numbers(period) == [12, 11, 10])
            #expect(try await numbers(AuditQuestion(), before: start.number + 29, limit: 2) == [27, 26])
        }
    }

    @Test func `no two entries have the same encoding`() {
        let act = Act(by: nil, at: Cast.morning, address: "a", request: "b")
        let other = Act(by: nil, at: Cast.morning, address: "a1:b", request: nil)
        let one = act.entry("x", nil), two = other.entry("x", nil)
        #expect(AuditLink.none.next(one) != AuditLink.none.next(two))
        #expect(AuditLink.none.next(one) == AuditLink.none.next(act.entry("x", nil)))
    }
}
