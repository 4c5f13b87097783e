import Storage
import TestKit
import Values

@testable import People

/// A platform with the cast in it, a clock and sign-in; passwords are cheap to hash.
struct Platform: Sendable {
    let store: Store
    let clock = TestClock()
    let signIn: SignIn

    static let password = "seven quiet herons wade"

    init(_ store: Store, change: (inout SignIn.Settings) -> Void = { _ in }) throws {
        var settings = SignIn.Settings()
        settings.cost = .least
        change(&settings)
        let clock = clock, random = SeededBytes()
        self.store = store
        signIn = try SignIn(store: store, now: { clock.now }, random: random.bytes, settings: settings)
    }

    /// Runs the body on a platform where the named people have `Platform.password`.
    static func run(
        on engine: Engine, with people: [Person] = [.amina, .bram], change: (inout SignIn.Settings) -> Void = { _ in },
        _ body: (Platform) async throws -> Void
    ) async throws {
        try await withStore(on: engine, migrations: People.migrations) { store in
            try await store.write { try Cast.insert(in: $0) }
            let platform = try Platform(store, change: change)
            for person in people {
                let act = Act(by: Person.gwen.id, at: platform.clock.now)
                try await platform.signIn.setPassword(of: person.id, to: password, mustChange: false, by: act)
            }
            try await body(platform)
        }
    }

    func enter(
        _ person: Person, _ password: String = Platform.password, from address: String = "192.0.2.1"
    ) async throws -> (token: String, signedIn: SignedIn) {
        try await signIn.signIn(username: person.username, password: password, from: address)
    }

    func act(by person: Person = .gwen) -> Act {
        Act(by: person.id, at: clock.now, address: "192.0.2.7", request: "test")
    }

    /// The actions in the audit trail, oldest first.
    func actions() async throws -> [Action] {
        try await store.read { try Audit.page(AuditQuestion(), limit: 1_000, in: $0).map(\.entry.action).reversed() }
    }
}
