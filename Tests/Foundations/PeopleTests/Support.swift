import Storage
import Synchronization
import TestKit
import Values

@testable import People

/// A clock that tests move by hand.
final class Clock: Sendable {
    private let moment: Mutex<Moment>

    init(_ start: Moment = Cast.morning) {
        moment = Mutex(start)
    }

    var now: Moment { moment.withLock { $0 } }

    func wait(_ duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}

/// Random bytes of a seed, for sign-ins that can be repeated.
final class SeededBytes: Sendable {
    private let source = Mutex(Seeded(1))

    func bytes(_ count: Int) -> [UInt8] {
        source.withLock { source in (0..<count).map { _ in UInt8.random(in: 0...255, using: &source) } }
    }
}

/// A platform with the cast in it, a clock and sign-in; passwords are cheap to hash.
struct Platform: Sendable {
    let store: Store
    let clock = Clock()
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
