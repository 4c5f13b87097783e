import Staffing
import Testing
import Values

/// The simulator against the exact formulas. The seeds are fixed, so these tests are no gamble: they
/// have to agree in each figure.
struct ErlangAgreementTests {
    @Test func `Erlang C is inside every interval`() async throws {
        let scenario = Scenario.erlang(calls: 200, handling: 180, advisers: 14, target: 20)

        let figures = try await Simulation(scenario).run(replications: 12, seed: 1, cores: 2).total

        // 100 calls in 30 minutes of 180 seconds each, 14 advisers: the published example of pyworkforce.
        #expect(figures[.serviceLevelOffered].holds(0.888_350))
        #expect(figures[.averageSpeedOfAnswer].holds(7.835_937))
        #expect(figures[.occupancy].holds(10.0 / 14))
        #expect(figures[.handlingTime].holds(180))
        #expect(figures[.offered].holds(200 * 6))
        #expect(figures[.abandoned].value == 0)
    }

    @Test func `Erlang A is inside every interval`() async throws {
        let scenario = Scenario.erlang(
            calls: 200, handling: 180, advisers: 13, patience: .exponential(mean: .minutes(5)), target: 20)

        let figures = try await Simulation(scenario).run(replications: 12, seed: 1, cores: 2).total

        #expect(figures[.serviceLevelOffered].holds(0.858_178))
        #expect(figures[.abandonment].holds(0.024_963))
        #expect(figures[.occupancy].holds(0.750_028))
    }

    @Test func `the four service levels of one system are the four of Erlang A`() async throws {
        let scenario = Scenario.erlang(
            calls: 200, handling: 180, advisers: 9, patience: .exponential(mean: .seconds(300)), target: 20)

        let figures = try await Simulation(scenario).run(replications: 12, seed: 1, cores: 2).total

        #expect(figures[.serviceLevelOffered].holds(0.366_249))
        #expect(figures[.serviceLevelExcludingShortAbandons].holds(0.383_142))
        #expect(figures[.serviceLevelShortAbandonsAsSuccess].holds(0.410_340))
        #expect(figures[.serviceLevelAnsweredOnly].holds(0.437_710))
    }

    @Test(arguments: [38, 42, 46, 50]) func `the cliff at 46 erlangs is where Erlang A has it`(advisers: Int)
        async throws
    {
        let demand = try Demand(200, per: .hours(1), handling: .seconds(828))
        let exact = try WaitingSystem(demand, agents: advisers, patience: .minutes(20))
        // The first three hours, nine times the patience, are not counted: by then nobody feels that it opened empty.
        let scenario = Scenario.erlang(
            calls: 200, handling: 828, advisers: advisers, patience: .exponential(mean: .minutes(20)), target: 120,
            hours: 10, unmeasured: 3)

        let figures = try await Simulation(scenario).run(replications: 8, seed: 2, cores: 2).total

        let share = exact.serviceLevel(within: .seconds(120)).offered
        #expect(figures[.serviceLevelOffered].holds(share), "\(share), \(figures[.serviceLevelOffered])")
        #expect(figures[.abandonment].holds(exact.abandonment), "\(exact.abandonment), \(figures[.abandonment])")
        #expect(figures[.occupancy].holds(exact.occupancy), "\(exact.occupancy), \(figures[.occupancy])")
    }
}
