import Staffing
import Testing
import Values

/// What holds for every system, tried on systems of all sizes drawn with seeds.
struct WaitingSystemPropertyTests {
    /// A hundred demands from a call an hour to a million erlangs, with patience from a thousandth to a million handling times.
    static let cases: [(demand: Demand, agents: Int, patience: Duration, time: Duration)] = {
        var chance = SeededChance(seed: 20_261_129)
        return (0..<100).compactMap { _ in
            let handling = Double.random(in: 1...2_000, using: &chance)
            let load = Self.power(-2...6, &chance)
            let share = Double.random(in: 0.5...1.5, using: &chance)
            let patience = handling * Self.power(-3...6, &chance)
            guard let demand = try? Demand(load, per: .seconds(handling), handling: .seconds(handling)) else {
                return nil
            }
            return (
                demand, max(1, Int(load * share)), .seconds(patience),
                .seconds(handling * Self.power(-4...1, &chance))
            )
        }
    }()

    private static func power(_ range: ClosedRange<Double>, _ chance: inout SeededChance) -> Double {
        let exponent = Double.random(in: range, using: &chance)
        return exponent.sign == .minus ? 1 / ten(to: -exponent) : ten(to: exponent)
    }

    private static func ten(to exponent: Double) -> Double {
        let whole = Int(exponent)
        let power = (0..<whole).reduce(1.0) { power, _ in power * 10 }
        return power * (1 + 9 * (exponent - Double(whole)))
    }

    @Test func `every measure is a share or a time, and the four formulas keep their order`() throws {
        for (demand, agents, patience, time) in Self.cases {
            let system = try WaitingSystem(demand, agents: agents, patience: patience)
            let level = system.serviceLevel(within: time)
            let shares = ServiceLevelFormula.allCases.map { level[$0] }
            #expect(
                (shares + [system.probabilityOfWait, system.abandonment, system.occupancy]).allSatisfy {
                    (0...1).contains($0)
                })
            let slip = 1e-12
            #expect(level.offered <= level.excludingShortAbandons + slip)
            #expect(level.excludingShortAbandons <= level.shortAbandonsAsSuccess + slip)
            #expect(level.offered <= level.answeredOnly + slip)
            #expect(system.averageSpeedOfAnswer >= .zero && system.averageWait >= .zero && system.queueLength >= 0)
        }
    }

    @Test func `who comes is answered or hangs up, and the work done is the work of the answered`() throws {
        for (demand, agents, patience, _) in Self.cases {
            let system = try WaitingSystem(demand, agents: agents, patience: patience)
            #expect(
                abs(system.occupancy * Double(agents) - demand.load * (1 - system.abandonment)) < 1e-10 * demand.load
                    + 1e-12)
            #expect(
                abs(system.queueLength - system.abandonment * demand.rate * patience.inSeconds) <= 1e-9
                    * system.queueLength)
            let ever = system.serviceLevel(within: .seconds(1e12))
            #expect(abs(ever.offered + system.abandonment - 1) < 1e-11)
            #expect(abs(ever.answeredOnly - 1) < 1e-11)
        }
    }

    @Test func `one adviser more makes every measure better`() throws {
        for (demand, agents, patience, time) in Self.cases {
            let fewer = try WaitingSystem(demand, agents: agents, patience: patience)
            let more = try WaitingSystem(demand, agents: agents + 1, patience: patience)
            let slip = 1e-11
            #expect(more.probabilityOfWait <= fewer.probabilityOfWait + slip)
            #expect(more.abandonment <= fewer.abandonment + slip)
            #expect(more.averageSpeedOfAnswer.inSeconds <= fewer.averageSpeedOfAnswer.inSeconds * (1 + 1e-9) + 1e-12)
            let (before, after) = (fewer.serviceLevel(within: time), more.serviceLevel(within: time))
            for formula in ServiceLevelFormula.allCases { #expect(after[formula] >= before[formula] - slip) }
        }
    }

    @Test func `Erlang A becomes Erlang C as patience grows, and Erlang B as it goes`() throws {
        let demand = try Demand(460, per: .seconds(1), handling: .seconds(1))
        let endless = try WaitingSystem(demand, agents: 470)
        let patient = try WaitingSystem(demand, agents: 470, patience: .seconds(1e12))
        #expect(abs(endless.probabilityOfWait - patient.probabilityOfWait) < 1e-9)
        #expect(abs(endless.averageSpeedOfAnswer.inSeconds - patient.averageSpeedOfAnswer.inSeconds) < 1e-9)
        let (level, other) = (endless.serviceLevel(within: .seconds(0.1)), patient.serviceLevel(within: .seconds(0.1)))
        for formula in ServiceLevelFormula.allCases { #expect(abs(level[formula] - other[formula]) < 1e-9) }
        #expect(patient.abandonment < 1e-9)

        let hasty = try WaitingSystem(demand, agents: 470, patience: .seconds(1e-12))
        #expect(abs(hasty.abandonment - ErlangB(load: 460, lines: 470).blocking) < 1e-9)
        #expect(hasty.averageSpeedOfAnswer.inSeconds < 1e-9)
    }

    @Test func `the integrals are what the states say, one by one`() throws {
        var chance = SeededChance(seed: 7)
        for _ in 0..<40 {
            let load = Double.random(in: 0.3...60, using: &chance)
            let agents = max(1, Int(load * Double.random(in: 0.6...1.4, using: &chance)))
            let leaving = Double.random(in: 0.05...4, using: &chance)
            let time = Double.random(in: 0...3, using: &chance)
            let system = try WaitingSystem(
                Demand(load, per: .seconds(1), handling: .seconds(1)), agents: agents, patience: .seconds(1 / leaving))
            let states = StateByState(arrivals: load, places: agents, leaving: leaving, within: time) {
                Double(min($0, agents))
            }
            expectEqual(
                [
                    system.probabilityOfWait, system.abandonment, system.serviceLevel(within: .seconds(time)).offered,
                    system.abandonment(within: .seconds(time)),
                    system.averageSpeedOfAnswer.inSeconds * (1 - system.abandonment),
                ],
                [
                    states.waiting, states.abandoned, states.answeredInTime, states.abandonedInTime,
                    states.secondsOfAnswered,
                ],
                "\(load) erlangs, \(agents) agents, leaving at \(leaving), within \(time)")
        }
    }

    @Test func `sizes and times without sense still give shares`() throws {
        for load in [1e-300, 1e-9, 1, 1e9] {
            for patience in [1e-17, 1e-3, 1e3, 9e18] {
                for agents in [1, 1_000, 999_999_999, 1_000_000_000, 1_100_000_000] {
                    let system = try WaitingSystem(
                        Demand(load, per: .seconds(1), handling: .seconds(1)), agents: agents,
                        patience: .seconds(patience))
                    let level = system.serviceLevel(within: .seconds(20))
                    let shares =
                        ServiceLevelFormula.allCases.map { level[$0] } + [
                            system.probabilityOfWait, system.abandonment, system.occupancy,
                        ]
                    #expect(shares.allSatisfy { (0...1).contains($0) }, "\(load) \(patience) \(agents): \(shares)")
                    let least = max(0, 1 - Double(agents) / load)
                    #expect(system.abandonment >= least - 1e-9, "\(load) \(patience) \(agents)")
                }
            }
        }
    }
}
