import Routing
import Testing
import Values

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Thousands of seeded stories with crashes, delayed, doubled, reordered and senseless events. After every call the
/// ledger checks everything. `ROUTING_RUNS` sets how many, `ROUTING_SEED` plays one again.
struct SimulationTests {
    static let firstSeed = setting("ROUTING_SEED")
    static let runs = firstSeed == nil ? setting("ROUTING_RUNS") ?? 1_200 : 1

    private static func setting(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }

    @Test func `whatever happens, every rule holds after every event`() {
        var events = 0
        var decisions = 0
        for seed in (Self.firstSeed ?? 1)..<(Self.firstSeed ?? 1) + Self.runs {
            var world = World(seed: seed)
            world.live(steps: 50)
            events += world.told
            decisions += world.decided
            if let fault = world.ledger.faults.first {
                let last = world.story.suffix(4).map { "\($0.at) \($0.event.map { "\($0)" } ?? "advance")" }
                let context = (last + world.answers.suffix(4).map { "\($0)" }).joined(separator: "\n")
                Issue.record("ROUTING_SEED=\(seed), step \(world.told): \(fault)\n\(context)")
                return
            }
        }
        #expect(decisions > events / 10)
        print("simulation: \(Self.runs) runs, \(events) steps, \(decisions) decisions")
    }

    @Test func `the same story gives the same decisions`() {
        for seed: UInt64 in 1...100 {
            var first = World(seed: seed)
            first.live(steps: 60)
            var second = World(seed: seed)
            second.live(steps: 60)

            #expect(first.answers == second.answers)
        }
    }

    @Test func `a copy lives on by itself and decides the same`() {
        for seed: UInt64 in 1...50 {
            var world = World(seed: seed)
            world.live(steps: 30)
            var copy = world.router
            let now = world.now + .seconds(5)
            let newcomer = Event.arrived(call(9_999, at: 300, needs: []))

            #expect(copy.apply(newcomer, at: now) == world.router.apply(newcomer, at: now))
        }
    }

    @Test func `to advance first changes nothing but where the decisions come`() {
        for seed: UInt64 in 1...300 {
            var world = World(seed: seed)
            world.live(steps: 40)
            var told = Router(settings: world.ledger.settings)
            var advanced = told
            for (event, now) in world.story {
                guard let event else { continue }
                let both = advanced.advance(to: now) + advanced.apply(event, at: now)
                #expect(told.apply(event, at: now) == both, "ROUTING_SEED=\(seed)")
            }
        }
    }

    @Test func `every story is checked so sharply that a forged decision is found`() {
        let forgeries: [(name: String, forge: @Sendable ([Decision]) -> [Decision])] = [
            ("an offer is lost", { $0.filter { if case .offer = $0 { false } else { true } } }),
            ("an offer comes twice", { $0 + $0.filter { if case .offer = $0 { true } else { false } } }),
            ("an offer goes to the neighbour", { $0.map(Self.readdressed) }),
            ("a missed offer is not said", { $0.filter { if case .missed = $0 { false } else { true } } }),
            ("an offer is not taken back", { $0.filter { if case .withdrawn = $0 { false } else { true } } }),
            ("a wrap-up goes on", { $0.filter { if case .wrapUpEnded = $0 { false } else { true } } }),
            ("a requeued contact is not said", { $0.filter { if case .requeued = $0 { false } else { true } } }),
            ("somebody turned away stays", { $0.filter { if case .turnedAway = $0 { false } else { true } } }),
        ]
        for (name, forge) in forgeries {
            let found = (1...60).contains { (seed: UInt64) in
                var world = World(seed: seed)
                world.forge = forge
                world.live(steps: 60)
                return !world.ledger.faults.isEmpty
            }
            #expect(found, "\(name), and nobody noticed")
        }
    }

    @Test func `a router that does not hear of something is found out`() {
        let deafTo: [(name: String, isMeant: @Sendable (Event) -> Bool)] = [
            ("left", { if case .left = $0 { true } else { false } }),
            ("accepted", { if case .accepted = $0 { true } else { false } }),
            ("refused", { if case .refused = $0 { true } else { false } }),
            ("ended", { if case .ended = $0 { true } else { false } }),
            ("wrappedUp", { if case .wrappedUp = $0 { true } else { false } }),
            ("adviserChanged", { if case .adviserChanged = $0 { true } else { false } }),
            ("adviserGone", { if case .adviserGone = $0 { true } else { false } }),
            ("queueChanged", { if case .queueChanged = $0 { true } else { false } }),
        ]
        for (name, isMeant) in deafTo {
            let found = (1...60).contains { (seed: UInt64) in
                var world = World(seed: seed)
                world.isDeaf = isMeant
                world.live(steps: 60)
                return !world.ledger.faults.isEmpty
            }
            #expect(found, "deaf to \(name), and nobody noticed")
        }
    }

    private static func readdressed(_ decision: Decision) -> Decision {
        guard case .offer(let contact, let adviser, let until) = decision else { return decision }
        return .offer(contact, to: Adviser.ID(adviser.number % 7 + 1), until: until)
    }
}
