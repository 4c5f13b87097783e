import Staffing
import Testing
import Values

struct StaffingGoalTests {
    private let demand: Demand

    init() throws {
        demand = try Demand(100, per: .minutes(30), handling: .minutes(3))
    }

    @Test func `the published example needs 14 advisers, 20 on the rota at 30 per cent shrinkage`() throws {
        let goal = StaffingGoal.serviceLevel(0.8, within: .seconds(20))
        let system = try WaitingSystem(fewestFor: demand, meeting: [goal])
        #expect(system.agents == 14)
        #expect(abs(system.serviceLevel(within: .seconds(20)).offered - 0.8884) < 5e-5)
        #expect(abs(system.occupancy - 0.7143) < 5e-5)
        #expect(try Shrinkage(0.3).rostered(for: 14) == 20)
        #expect(try Shrinkage(0).rostered(for: 14) == 14)
    }

    @Test(arguments: ServiceLevelFormula.allCases)
    func `the fewest advisers meet the target by each formula, and one fewer do not`(formula: ServiceLevelFormula)
        throws
    {
        for (load, target, patience) in [
            (0.4, 0.5, 1.0), (10, 0.8, 1.7), (460, 0.9, 4), (4_333, 0.95, 0.1), (90_000, 0.8, 2),
        ] {
            let demand = try Demand(load, per: .seconds(180), handling: .seconds(180))
            let goal = StaffingGoal.serviceLevel(target, within: .seconds(20), formula)
            let system = try WaitingSystem(fewestFor: demand, meeting: [goal], patience: .seconds(180 * patience))
            #expect(goal.isMet(by: system))
            guard system.agents > 1 else { continue }
            #expect(try !goal.isMet(by: WaitingSystem(demand, agents: system.agents - 1, patience: system.patience)))
        }
    }

    @Test func `several goals are met together, and the hardest decides`() throws {
        let goals: [StaffingGoal] = [
            .serviceLevel(0.8, within: .seconds(20)), .averageSpeedOfAnswer(atMost: .seconds(2)),
            .probabilityOfWait(atMost: 0.1), .occupancy(atMost: 0.9),
        ]
        let each = try goals.map { try WaitingSystem(fewestFor: demand, meeting: [$0]).agents }
        #expect(each == [14, 16, 16, 12])
        #expect(try WaitingSystem(fewestFor: demand, meeting: goals).agents == 16)
        let patient = try WaitingSystem(fewestFor: demand, meeting: [.abandonment(atMost: 0.02)], patience: .minutes(5))
        #expect(patient.agents == 14)
    }

    @Test func `a target that all or none meet is refused`() {
        for target in [0, 1, 80, -0.5, Double.nan] {
            #expect(throws: StaffingRefusal.self) {
                try WaitingSystem(fewestFor: demand, meeting: [.serviceLevel(target, within: .seconds(20))])
            }
        }
        #expect(throws: StaffingRefusal.moreThan(12)) {
            try WaitingSystem(fewestFor: demand, meeting: [.probabilityOfWait(atMost: 0.1)], limit: 12)
        }
    }

    @Test func `no demand needs nobody`() throws {
        let none = try Demand(0, per: .minutes(30), handling: .minutes(3))
        #expect(try WaitingSystem(fewestFor: none, meeting: [.serviceLevel(0.8, within: .seconds(20))]).agents == 0)
    }

    @Test(arguments: [
        (0.1, 0.880), (0.25, 0.721), (0.5, 0.5045), (0.75, 0.342), (1.0, 0.223), (1.5, 0.085), (2.0, 0.027),
    ])
    func `Halfin and Whitt's share that waits`(beta: Double, share: Double) throws {
        #expect(abs(SquareRootStaffing(beta: beta).probabilityOfWait() - share) < 5e-4)
        let back = try SquareRootStaffing(probabilityOfWait: SquareRootStaffing(beta: beta).probabilityOfWait())
        #expect(abs(back.beta - beta) < 1e-12)
    }

    @Test func `the square root rule is right to within one adviser`() throws {
        for load in [10.0, 100, 1_000, 100_000] {
            let demand = try Demand(load, per: .seconds(1), handling: .seconds(1))
            for share in [0.05, 0.2, 0.5, 0.8] {
                let exact = try WaitingSystem(fewestFor: demand, meeting: [.probabilityOfWait(atMost: share)]).agents
                let rule = try SquareRootStaffing(probabilityOfWait: share).agents(for: load)
                #expect(abs(rule.rounded(.up) - Double(exact)) <= 1)
            }
            // With patience as long as a call the system is M/M/∞ up to who is lost, and Garnett's share is close to exact.
            let rule = SquareRootStaffing(beta: -0.5)
            let agents = Int(rule.agents(for: load).rounded())
            let met = try WaitingSystem(demand, agents: agents, patience: .seconds(1)).probabilityOfWait
            let used = SquareRootStaffing(beta: (Double(agents) - load) / load.squareRoot())
            #expect(
                abs(used.probabilityOfWait(handling: .seconds(1), patience: .seconds(1)) - met) < 0.3
                    / load.squareRoot())
        }
    }

    /// 43 advisers of two chats carry 68.8 erlangs to the last digit, which rounding may call too few.
    @Test(arguments: [86.0, 172, 344, 87])
    func `a load that advisers would just carry is answered with one more`(calls: Double) throws {
        let demand = try Demand(calls, per: .minutes(15), handling: .minutes(12))
        let chats = try Concurrency(chats: 2, slowdown: 0.25)
        let goal = StaffingGoal.serviceLevel(0.8, within: .seconds(60), .offered)
        let system = try WaitingSystem(fewestFor: demand, meeting: [goal], concurrency: chats)
        #expect(Double(system.agents) * 1.6 > demand.load && goal.isMet(by: system))
    }
}
