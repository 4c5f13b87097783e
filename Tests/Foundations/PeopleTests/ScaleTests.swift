import Foundation
import Storage
import TestKit
import Testing
import Values

@testable import People

/// A whole body's staff: 58,000 in release, a tenth of it in debug.
@Suite(.serialized) struct ScaleTests {
    #if DEBUG
    private static let people = 5_800
    #else
    private static let people = 58_000
    #endif

    @Test(arguments: Engine.available)
    func `a whole body is imported, found and signed in quickly`(engine: Engine) async throws {
        try await withLocation(on: engine) { location in
            let store = try await Store.open(location, migrations: People.migrations)
            let act = Act(by: nil, at: Cast.morning), clock = ContinuousClock()
            let list = try StaffImport(StaffList.generated(Self.people), options: StaffList.options)
            let first = try await timed("\(engine) import") {
                try await store.write { try list.apply(by: act, in: $0).summary }
            }
            #expect(first.added == Self.people)
            let again = try await timed("\(engine) again") {
                try await store.write { try list.apply(by: act, in: $0).summary }
            }
            #expect(again.unchanged == Self.people && again.changed == 0)
            let plan = try await timed("\(engine) plan") { try await store.read { try list.plan(in: $0) } }
            #expect(plan == again)
            let moved = try StaffImport(StaffList.generated(Self.people, movedEvery: 100), options: StaffList.options)
            let changed = try await timed("\(engine) one in a hundred moved") {
                try await store.write { try moved.apply(by: act, in: $0).summary }
            }
            #expect(changed.changed == Self.people / 100)

            for text in ["a", "be", "lindqvist", "aisha12", "garcia carmen", "user1", "S1000", ""] {
                try await slowest("\(engine) search \"\(text)\"", 20) {
                    try await store.read { _ = try Person.search(text, on: Cast.monday, in: $0) }
                }
            }
            try await slowest("\(engine) team", 20) {
                try await store.read { _ = try Person.all(in: 17, on: Cast.monday, in: $0) }
            }
            let levels = try await timed("\(engine) skills of all advisers") {
                try await store.read { try SkillHeld.levelsOfAdvisers(on: Cast.monday, in: $0) }
            }
            #expect(levels.count == Self.people)
            try await signIn(store, engine, clock)
            try await store.close()
        }
    }

    private func signIn(_ store: Store, _ engine: Engine, _ clock: ContinuousClock) async throws {
        let platform = try Platform(store)
        let person = try #require(try await store.read { try Person.find(username: "user17", on: Cast.monday, in: $0) })
        try await platform.signIn.setPassword(
            of: person.id, to: Platform.password, mustChange: false, by: platform.act(by: person))
        let (token, _) = try await platform.enter(person)
        let time = try await clock.measure {
            for _ in 0..<1_000 { _ = try await platform.signIn.signedIn(by: token) }
        }
        print("\(engine) signedIn(by:): \(time / 1_000) each")
        let hash = SessionSecret.hash(of: token), now = platform.clock.now, settings = platform.signIn.settings
        let inside = try await store.read { transaction in
            try clock.measure {
                for _ in 0..<1_000 { _ = try FoundSession(hash: hash, at: now, settings, in: transaction) }
            }
        }
        print("\(engine) its query alone: \(inside / 1_000) each")
        let verify = try await timed("\(engine) audit") { try await Audit.verify(store) }
        let head = try await store.read { try Audit.head(in: $0) }
        #expect(verify == .sound(head))
    }

    private func timed<Result>(_ what: String, _ body: () async throws -> Result) async throws -> Result {
        var result: Result?
        let before = clock()
        let time = try await ContinuousClock().measure { result = try await body() }
        let busy = Double(clock() - before) / Double(CLOCKS_PER_SEC)
        print("\(what), \(Self.people) people: \(time), of which this process worked \(busy) seconds")
        return try #require(result)
    }

    private func slowest(_ what: String, _ times: Int, _ body: () async throws -> Void) async throws {
        var all: [Duration] = []
        for _ in 0..<times { all.append(try await ContinuousClock().measure { try await body() }) }
        all.sort()
        print("\(what), \(Self.people) people: median \(all[times / 2]), slowest \(all[times - 1])")
    }
}
