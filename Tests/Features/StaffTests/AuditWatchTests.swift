import Logging
import People
import Storage
import Synchronization
import TestKit
import Testing
import Values

@testable import Staff

@Suite struct AuditWatchTests {
    @Test(arguments: Engine.available)
    func `what was verified is remembered, and only what is new is followed`(engine: Engine) async throws {
        try await withTrail(on: engine) { store, watch, clock in
            let whole = try await watch.lookAround()
            #expect(whole.at == Cast.morning && whole.wholeAt == Cast.morning)
            clock.wait(.hours(2))
            try await append(1_200, to: store)
            let head = try await store.read { try Audit.head(in: $0) }
            let ahead = try await watch.finding()
            #expect(ahead?.verdict == .sound(head))
            #expect(ahead?.wholeAt == Cast.morning && ahead?.at == Cast.morning + .hours(2))
            // After a restart nobody begins at the first entry again.
            let kept = try await store.read { try AuditVerified.find(in: $0) }
            #expect(kept?.link == head)
            let other = AuditWatch(store: store, now: { clock.now }, logger: Logger(label: "test"))
            #expect(try await other.finding()?.wholeAt == Cast.morning)
            clock.wait(.hours(23))
            #expect(try await watch.lookAround().wholeAt == clock.now)
        }
    }

    @Test(arguments: Engine.available)
    func `a new entry that was changed is found at once, an old one when the whole is due`(engine: Engine) async throws
    {
        try await withTrail(on: engine) { store, watch, clock in
            let start = try await store.read { try Audit.head(in: $0) }
            try await watch.lookAround()
            try await store.write { _ = try $0.run("UPDATE audit_entry SET detail = 'x' WHERE number = 2") }
            clock.wait(.hours(1))
            #expect(try await watch.lookAround().verdict == .sound(start))
            clock.wait(.hours(24))
            #expect(try await watch.lookAround().verdict == .broken(number: 2))
            #expect(try await watch.finding()?.verdict == .broken(number: 2), "it stays so until it is mended")
        }
        try await withTrail(on: engine) { store, watch, clock in
            try await watch.lookAround()
            try await append(5, to: store)
            let head = try await store.read { try Audit.head(in: $0) }
            try await store.write {
                _ = try $0.run("UPDATE audit_entry SET detail = 'x' WHERE number = \(head.number)")
            }
            #expect(try await watch.finding()?.verdict == .broken(number: head.number))
        }
    }

    @Test(arguments: Engine.available)
    func `a trail that was cut off behind what was verified is found`(engine: Engine) async throws {
        try await withTrail(on: engine) { store, watch, clock in
            try await append(5, to: store)
            let head = try await store.read { try Audit.head(in: $0) }
            try await watch.lookAround()
            try await store.write { _ = try $0.run("DELETE FROM audit_entry WHERE number > \(head.number - 3)") }
            #expect(try await watch.finding()?.verdict == .broken(number: head.number))
            // So does the whole, from another server.
            let other = AuditWatch(store: store, now: { clock.now + .days(2) }, logger: Logger(label: "test"))
            #expect(try await other.lookAround().verdict == .broken(number: head.number - 2))
        }
    }
}

/// A clock that tests move by hand.
private final class Clock: Sendable {
    private let moment = Mutex(Cast.morning)
    var now: Moment { moment.withLock { $0 } }
    func wait(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
}

private func withTrail(
    on engine: Engine, _ body: (Store, AuditWatch, Clock) async throws -> Void
) async throws {
    try await withStore(on: engine, migrations: People.migrations) { store in
        try await store.write { try Cast.insert(in: $0) }
        let clock = Clock()
        try await body(store, AuditWatch(store: store, now: { clock.now }, logger: Logger(label: "test")), clock)
    }
}

private func append(_ count: Int, to store: Store) async throws {
    try await store.write { transaction in
        let entries = (0..<count).map { number in
            Act(by: nil, at: Cast.morning).entry("reading", Subject("customer", Int64(number)))
        }
        try Audit.append(entries, in: transaction)
    }
}
