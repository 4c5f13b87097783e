import Charts
import Staffing
import Testing
import Values

struct SimulationTests {
    @Test func `the same seed gives the same report, on however many cores`() async throws {
        let simulation = try Simulation(.everything)

        let one = try await simulation.run(replications: 6, seed: 5, cores: 1)
        let many = try await simulation.run(replications: 6, seed: 5, cores: 4)
        let other = try await simulation.run(replications: 6, seed: 6, cores: 4)

        #expect(one == many)
        #expect(one != other)
    }

    @Test func `everybody who comes has one end`() async throws {
        for seed: UInt64 in 1...5 {
            let report = try await Simulation(.everything).run(replications: 1, seed: seed)

            for figures in report.queues.map(\.total) + report.queues.flatMap({ $0.intervals.map(\.figures) }) {
                func count(_ measure: Measure) -> Double { figures[measure].value ?? 0 }
                let ends =
                    count(.answered) + count(.abandoned) + count(.turnedAway) + count(.unserved) + count(.callbacks)
                #expect(count(.offered) == ends, "seed \(seed)")
                #expect(count(.callbacks) == count(.callbacksKept) + count(.callbacksFailed), "seed \(seed)")
            }
        }
    }

    @Test func `whatever a centre can be, everything in it happens`() async throws {
        let report = try await Simulation(.everything).run(replications: 6, seed: 1, cores: 2)

        let total = report.total
        for measure in [Measure.callbacksKept, .callbacksFailed, .retrials, .drops, .abandoned] {
            #expect((total[measure].value ?? 0) > 0, "\(measure)")
        }
        #expect(report.queues.allSatisfy { $0.intervals.count == 12 })
        // Three hours less the unpaid quarter for eighteen advisers, two hours for four.
        #expect(report.paidHours == 18 * 2.75 + 4 * 2)
        #expect((report.overtimeHours.value ?? 0) > 0)
        let staff = try #require(report.queues[0].intervals[0].figures[.staff].value)
        #expect((10...18).contains(staff))
    }

    @Test func `two plans meet the same customers, so that their difference is known better than either`() async throws
    {
        let patience = Times.exponential(mean: .minutes(5))
        let fewer = Scenario.erlang(calls: 200, handling: 180, advisers: 12, patience: patience, target: 20)
        let more = Scenario.erlang(calls: 200, handling: 180, advisers: 13, patience: patience, target: 20)
        let one = try await Simulation(fewer).run(replications: 10, seed: 3, cores: 2)
        let other = try await Simulation(more).run(replications: 10, seed: 3, cores: 2)

        let difference = one.total.difference(.serviceLevelOffered, to: other.total)

        let demand = try Demand(200, per: .hours(1), handling: .seconds(180))
        let exact = try [12, 13].map { advisers in
            try WaitingSystem(demand, agents: advisers, patience: .minutes(5)).serviceLevel(within: .seconds(20))
                .offered
        }
        #expect(difference.holds(exact[1] - exact[0]))
        #expect((difference.low ?? 0) > 0)
        #expect(one.total[.offered] == other.total[.offered])
        let own = other.total[.serviceLevelOffered]
        #expect((difference.high ?? 1) - (difference.low ?? 0) < ((own.high ?? 1) - (own.low ?? 0)))
    }

    @Test func `whoever is added changes nobody else's customers`() async throws {
        let fewer = Scenario.erlang(calls: 200, handling: 180, advisers: 13, target: 20, hours: 3)
        var more = fewer
        var other = more.queues[0]
        other.name = "Benefits"
        more.queues.insert(other, at: 0)

        let one = try await Simulation(fewer).run(replications: 3, seed: 3).queues[0]
        let both = try await Simulation(more).run(replications: 3, seed: 3).queues[1]

        #expect(one.name == both.name)
        #expect(one.intervals.map { $0.figures[.offered] } == both.intervals.map { $0.figures[.offered] })
    }

    @Test func `two skills for each do almost as well as all, and one does much worse`() async throws {
        // The claim is that of R. B. Wallace, W. Whitt, "A staffing algorithm for call centers with skill-based routing",
        // Manufacturing & Service Operations Management 7 (2005), 276-294: where handling times depend on neither call nor
        // adviser, two skills each, in appropriate combinations, do almost as well as all. The numbers are ours: six
        // kinds of call, 90 advisers, 84 erlangs, nobody turned away, no priorities, longest idle first.
        var waits: [Int: Double] = [:]
        for skills in [1, 2, 6] {
            let report = try await Simulation(.skills(skills)).run(replications: 3, seed: 1, cores: 2)
            waits[skills] = report.total[.averageSpeedOfAnswer].value
        }

        let (one, two, all) = (try #require(waits[1]), try #require(waits[2]), try #require(waits[6]))
        #expect(two < one / 3)
        #expect((two - all) < (one - all) / 4, "one \(one), two \(two), all \(all)")
    }

    @Test func `a cancelled run ends`() async throws {
        let simulation = try Simulation(.everything)
        let run = Task { try await simulation.run(replications: 10_000, seed: 1) }
        run.cancel()

        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test func `breaks that fall due during one conversation are all taken, at their full length`() async throws {
        let open = Duration.hours(9)..<Duration.hours(17)
        // Everybody is busy without end, and a conversation lasts longer than all breaks are apart.
        let queue = PlannedQueue(
            name: "Long", open: open, arrivals: [ArrivalStretch(open, expected: 400)],
            handling: .constant(.hours(2)), patience: .never, target: .minutes(1))
        func team(_ breaks: Int64) -> PlannedTeam {
            let pauses = (0..<breaks).map {
                Break(at: .minutes(570 + 20 * $0), length: .minutes(10), isPaid: false)
            }
            return PlannedTeam(name: "Ten", shifts: [Shift(open, advisers: 10, breaks: pauses)])
        }
        func staffed(_ breaks: Int64) async throws -> Double {
            let scenario = Scenario(name: "Breaks", queues: [queue], teams: [team(breaks)], interval: .hours(1))
            let report = try await Simulation(scenario).run(replications: 1, seed: 1)
            return try #require(report.total[.staff].value)
        }
        // Of eight hours with ten advisers each further break takes ten minutes of each.
        let one = try await staffed(1)
        #expect(abs(one - 10 * (1 - 10.0 / 480)) < 0.02)
        #expect(abs(try await staffed(4) - 10 * (1 - 40.0 / 480)) < 0.02)
    }

    @Test func `dialling in vain is no handling time`() async throws {
        let open = Duration.hours(9)..<Duration.hours(17)
        var queue = PlannedQueue(
            name: "Calls", open: open, arrivals: [ArrivalStretch(open, expected: 200)],
            handling: .constant(.minutes(2)), patience: .never, target: .minutes(1))
        queue.callbacks = CallbackOffer(after: .minutes(1), accepted: 1, reached: 0.3)
        queue.callbacks?.dialling = .minutes(10)
        let team = PlannedTeam(name: "One", shifts: [Shift(open, advisers: 1)])
        let report = try await Simulation(Scenario(name: "Dialling", queues: [queue], teams: [team]))
            .run(replications: 3, seed: 1)
        #expect((report.total[.callbacksFailed].value ?? 0) > 0 && (report.total[.callbacksKept].value ?? 0) > 0)
        #expect(abs(try #require(report.total[.handlingTime].value) - 120) < 1)
    }

    @Test func `what would not fit into memory is refused, and a cliff names the number that makes no sense`()
        async throws
    {
        var fine = Scenario.everything
        fine.interval = .minutes(1)
        let simulation = try Simulation(fine)
        await #expect(throws: ScenarioFaults.self) { try await simulation.run(replications: 10_000, seed: 1) }
        do {
            _ = try await Cliff(of: .everything, advisers: [1], replications: 1, seed: 1)
            Issue.record("Nobody takes chats, and no fault is found.")
        } catch let faults as ScenarioFaults {
            #expect(faults.sentence.contains("with 1 adviser, queues[1]"))
        }
        let cliff = try await Cliff(of: .everything, advisers: [1, 11], replications: 1, seed: 1)
        #expect(cliff.impossible == [1] && cliff.points.map(\.advisers) == [11])
        #expect(cliff.points[0].queues.count == cliff.targets.count)
    }

    @Test func `with more advisers in all no shift has fewer`() {
        let scenario = Scenario.everything
        var before = scenario.staffed(by: 0).teams.flatMap(\.shifts).map(\.advisers)
        for number in 1...400 {
            let now = scenario.staffed(by: number).teams.flatMap(\.shifts).map(\.advisers)
            #expect(now.reduce(0, +) == number)
            #expect(zip(before, now).allSatisfy { $0 <= $1 })
            before = now
        }
        #expect(scenario.staffed(by: scenario.advisers) == scenario)
    }

    @Test func `a cliff says from how many advisers on a share is reached`() async throws {
        let scenario = Scenario.erlang(
            calls: 200, handling: 180, advisers: 12, patience: .exponential(mean: .minutes(5)), target: 20)
        let cliff = try await Cliff(of: scenario, advisers: [10, 11, 12, 13, 14], replications: 8, seed: 1, cores: 2)
        // Erlang A: 75.7 % with 12, 85.8 % with 13.
        let eighty = try #require(cliff.advisers(answering: 0.8))
        #expect((12.0...13.0).contains(eighty))
        #expect(cliff.advisers(answering: 0.999_999) == nil)
        #expect(cliff.planned == 12 && cliff.targets.map(\.time) == [.seconds(20)])
        #expect(cliff.chart.svg().contains("as planned: 12"))
    }

    @Test func `a cliff falls with the advisers, each shift keeping its part`() async throws {
        let scenario = Scenario.erlang(
            calls: 400, handling: 180, advisers: 20, patience: .exponential(mean: .minutes(10)), target: 30, hours: 4,
            unmeasured: 1)

        let cliff = try await Cliff(of: scenario, advisers: [24, 16, 20], replications: 4, seed: 1, cores: 2)

        #expect(cliff.points.map(\.advisers) == [16, 20, 24])
        let shares = cliff.points.compactMap { $0.figures[.serviceLevelOffered].value }
        #expect(shares == shares.sorted() && shares.count == 3)
        #expect(cliff.chart.svg().contains("advisers"))
        #expect(cliff.chart.tables[0].rows.count == 3)
        #expect(Scenario.everything.staffed(by: 11).teams.map { $0.shifts.map(\.advisers) } == [[5, 2], [4]])
    }
}

extension Scenario {
    /// Six kinds of call; each adviser knows so many of them.
    fileprivate static func skills(_ number: Int) -> Scenario {
        let open = Duration.zero..<Duration.hours(10)
        let queues = (0..<6).map { kind in
            PlannedQueue(
                name: "Kind \(kind)", open: open, arrivals: [ArrivalStretch(open, expected: 84 * 10)],
                handling: .exponential(mean: .minutes(10)), patience: .never, target: .seconds(30),
                needs: ["\(kind)": 1])
        }
        let teams = (0..<6).map { team in
            PlannedTeam(
                name: "Team \(team)", shifts: [Shift(open, advisers: 15)],
                skills: Dictionary(uniqueKeysWithValues: (0..<number).map { ("\((team + $0) % 6)", 1) }))
        }
        return Scenario(
            name: "Skills", queues: queues, teams: teams, interval: .hours(1), measured: .hours(2)..<(.hours(10)))
    }
}
