import Staffing
import Testing
import Values

struct WaitingSystemTests {
    @Test func `Erlang C is the reference table to nine digits`() throws {
        for row in try ErlangReference.withoutPatience {
            let system = try WaitingSystem(row.demand, agents: row.agents)
            let level = system.serviceLevel(within: row.time)
            let found = [
                system.probabilityOfWait, level.offered, system.averageSpeedOfAnswer.inSeconds, system.occupancy,
                system.queueLength,
            ]
            expectEqual(found, row.values, "\(row.demand.load) erlangs, \(row.agents) agents")
            #expect(abs(system.averageWait.inSeconds - system.averageSpeedOfAnswer.inSeconds) < 1e-9)
        }
    }

    @Test func `Erlang A is the reference table to nine digits`() throws {
        for row in try ErlangReference.withPatience {
            let system = try WaitingSystem(row.demand, agents: row.agents, patience: row.patience)
            let level = system.serviceLevel(within: row.time)
            let found = [
                system.probabilityOfWait, system.abandonment, system.averageWait.inSeconds, system.queueLength,
                system.occupancy, level.offered, system.abandonment(within: row.time), level.answeredOnly,
                level.shortAbandonsAsSuccess, level.excludingShortAbandons,
            ]
            expectEqual(found, row.values, "\(row.demand.load) erlangs, \(row.agents) agents")
        }
    }

    @Test func `at 460 erlangs ten per cent of the staff is between failure and success`() throws {
        // 2,000 calls an hour of 13:48; callers give up after 57 minutes on average.
        let demand = try Demand(2_000, per: .hours(1), handling: .seconds(828))
        let shares = [400: 0.015, 410: 0.118, 420: 0.413, 430: 0.754, 440: 0.925, 450: 0.972, 460: 0.988]
        for (agents, share) in shares {
            let system = try WaitingSystem(demand, agents: agents, patience: .minutes(57))
            #expect(abs(system.serviceLevel(within: .minutes(5)).offered - share) < 5.1e-4)
        }
    }

    @Test func `a body's surge where the peer underflows has the right answer`() throws {
        // 6,000 calls an hour of 13 minutes, a patience of one minute, 1,290 agents: PyPI pyworkforce 0.5.4 says .7265.
        let demand = try Demand(6_000, per: .hours(1), handling: .minutes(13))
        let system = try WaitingSystem(demand, agents: 1_290, patience: .minutes(1))
        #expect(abs(system.serviceLevel(within: .minutes(5)).offered - 0.978) < 5e-4)
    }

    @Test func `the trade's example of 50 agents differs between C and A as is known`() throws {
        let demand = try Demand(48, per: .minutes(1), handling: .minutes(1))
        let endless = try WaitingSystem(demand, agents: 50)
        let patient = try WaitingSystem(demand, agents: 50, patience: .minutes(2))
        #expect(abs(endless.averageSpeedOfAnswer.inSeconds - 20.83) < 5e-3)
        #expect(abs(endless.queueLength - 16.7) < 0.05)
        #expect(abs(patient.abandonment - 0.0309) < 5e-5)
        #expect(abs(patient.averageWait.inSeconds - 3.71) < 5e-3)
        #expect(abs(patient.occupancy - 0.930) < 5e-4)
    }

    @Test func `what cannot be answered is refused with a reason`() throws {
        let demand = try Demand(100, per: .minutes(30), handling: .minutes(3))
        #expect(throws: StaffingRefusal.contacts(-1)) { try Demand(-1, per: .minutes(30), handling: .minutes(3)) }
        #expect(throws: StaffingRefusal.self) { try Demand(.nan, per: .minutes(30), handling: .minutes(3)) }
        #expect(throws: StaffingRefusal.handling(.zero)) { try Demand(1, per: .minutes(30), handling: .zero) }
        #expect(throws: StaffingRefusal.interval(.zero)) { try Demand(1, per: .zero, handling: .minutes(3)) }
        #expect(throws: StaffingRefusal.tooMuch(1e12)) { try Demand(1e12, per: .seconds(1), handling: .seconds(1)) }
        #expect(throws: StaffingRefusal.agents(0)) { try WaitingSystem(demand, agents: 0, patience: .minutes(1)) }
        #expect(throws: StaffingRefusal.patience(.zero)) { try WaitingSystem(demand, agents: 9, patience: .zero) }
        #expect(throws: StaffingRefusal.overload(load: 10, places: 10)) { try WaitingSystem(demand, agents: 10) }
        for refusal in [StaffingRefusal.overload(load: 10, places: 9.5), .agents(-3), .patience(.zero), .moreThan(4)] {
            #expect(refusal.sentence.hasSuffix(".") && refusal.sentence.count > 30)
        }
    }

    @Test func `where nobody comes nobody waits`() throws {
        let system = try WaitingSystem(Demand(0, per: .minutes(30), handling: .minutes(3)), agents: 0)
        #expect(system.probabilityOfWait == 0 && system.occupancy == 0 && system.abandonment == 0)
        #expect(ServiceLevelFormula.allCases.allSatisfy { system.serviceLevel(within: .zero)[$0] == 1 })
    }
}

/// Equal to nine digits after the point, as far as values under a thousand go, and relatively beyond.
func expectEqual(_ found: [Double], _ wanted: [Double], _ place: @autoclosure () -> String) {
    #expect(found.count == wanted.count)
    for (index, (one, other)) in zip(found, wanted).enumerated() {
        #expect(abs(one - other) < 1e-9 * max(1, abs(other)), "value \(index) at \(place()): \(one), not \(other)")
    }
}
