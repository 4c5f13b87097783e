import Staffing
import Testing
import Values

struct ConcurrencyTests {
    private let demand: Demand

    init() throws {
        demand = try Demand(30, per: .seconds(1), handling: .seconds(1))
    }

    @Test func `chats that do not slow each other down are calls with as many advisers as places`() throws {
        let chats = try WaitingSystem(demand, agents: 11, patience: .seconds(2), concurrency: Concurrency(chats: 3))
        let calls = try WaitingSystem(demand, agents: 33, patience: .seconds(2))
        #expect(chats.probabilityOfWait == calls.probabilityOfWait)
        #expect(chats.occupancy == calls.occupancy)
        #expect(chats.serviceLevel(within: .seconds(1)) == calls.serviceLevel(within: .seconds(1)))
    }

    @Test func `chats that slow each other down are what the states say, one by one`() throws {
        for (agents, most, slowdown, leaving) in [
            (4, 3, 0.3, 0.7), (12, 4, 0.6, 0.2), (30, 2, 0.1, 1.5), (1, 5, 0.9, 3),
        ] {
            let system = try WaitingSystem(
                demand, agents: agents, patience: .seconds(1 / leaving),
                concurrency: Concurrency(chats: most, slowdown: slowdown))
            let states = StateByState(arrivals: 30, places: agents * most, leaving: leaving, within: 0.4) { chats in
                (0..<agents).reduce(0) { pace, adviser in
                    let each = Double((chats + adviser) / agents)
                    return pace + (each > 0 ? each / (1 + slowdown * (each - 1)) : 0)
                }
            }
            expectEqual(
                [
                    system.probabilityOfWait, system.abandonment, system.serviceLevel(within: .seconds(0.4)).offered,
                    system.averageSpeedOfAnswer.inSeconds * (1 - system.abandonment),
                ],
                [states.waiting, states.abandoned, states.answeredInTime, states.secondsOfAnswered],
                "\(agents) agents with \(most)")
        }
    }

    @Test func `a second chat at once that costs a whole chat gains nothing but shorter queues`() throws {
        let single = try WaitingSystem(demand, agents: 32)
        let double = try WaitingSystem(demand, agents: 32, concurrency: Concurrency(chats: 2, slowdown: 1))
        #expect(double.probabilityOfWait < single.probabilityOfWait)
        #expect(throws: StaffingRefusal.overload(load: 30, places: 30)) {
            try WaitingSystem(demand, agents: 30, concurrency: Concurrency(chats: 2, slowdown: 1))
        }
    }

    @Test func `more chats at once need fewer advisers, the more the less they slow down`() throws {
        let goal = StaffingGoal.serviceLevel(0.9, within: .seconds(0.5))
        func needed(_ chats: Int, _ slowdown: Double) throws -> Int {
            try WaitingSystem(
                fewestFor: demand, meeting: [goal], concurrency: Concurrency(chats: chats, slowdown: slowdown)
            ).agents
        }
        #expect(try needed(1, 0) > needed(2, 0.4))
        #expect(try needed(2, 0.4) > needed(2, 0))
        #expect(try needed(3, 0) < needed(2, 0))
    }

    @Test func `a number of chats or a slowdown that cannot be is refused`() {
        #expect(throws: StaffingRefusal.chats(0)) { try Concurrency(chats: 0) }
        #expect(throws: StaffingRefusal.chats(101)) { try Concurrency(chats: 101) }
        #expect(throws: StaffingRefusal.slowdown(1.5)) { try Concurrency(chats: 2, slowdown: 1.5) }
        #expect(throws: StaffingRefusal.self) { try Concurrency(chats: 2, slowdown: .nan) }
    }

    @Test func `repeats add what they must to the calls, and no more`() throws {
        for share in [0, 0.3, 0.7, 0.99] {
            let system = try RetryingSystem(demand, agents: 24, patience: .seconds(2), retrying: share)
            let attempts = system.attempts
            let first = attempts.demand.rate * (1 - share * attempts.abandonment)
            #expect(abs(first - 30) < 1e-9)
            #expect(abs(system.attemptsPerCustomer - attempts.demand.rate / 30) < 1e-12)
            // Whoever is not served in the end gave up for good.
            let lost = system.attemptsPerCustomer * attempts.abandonment * (1 - share)
            #expect(abs(system.servedInTheEnd + lost - 1) < 1e-9)
        }
        #expect(throws: StaffingRefusal.self) {
            try RetryingSystem(demand, agents: 24, patience: .seconds(2), retrying: 1)
        }
    }

    @Test func `a share of paid time that is lost is under all of it`() {
        for share in [-0.1, 1, 30, Double.nan] { #expect(throws: StaffingRefusal.self) { try Shrinkage(share) } }
    }
}
