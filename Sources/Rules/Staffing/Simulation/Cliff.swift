internal import Values

/// What a scenario comes to with more and fewer advisers: mostly a cliff, over which a few decide.
public struct Cliff: Hashable, Sendable {
    /// What is promised in a queue: to be answered within so long.
    public struct Target: Hashable, Sendable {
        public let queue: String
        public let time: Duration
    }

    public struct Point: Hashable, Sendable {
        public let advisers: Int
        /// All queues together.
        public let figures: Figures
        /// Queue by queue, in the order of `targets`.
        public let queues: [Figures]
    }

    public let scenario: String
    public let seed: UInt64
    public let replications: Int
    /// How many advisers the scenario has itself: of all shifts together, whether they are there at the same time or not.
    public let planned: Int
    public let targets: [Target]
    /// By number of advisers, rising.
    public let points: [Point]
    /// Numbers of advisers with which some queue has nobody at all, so that there is nothing to live through.
    public let impossible: [Int]

    /// Lives the scenario through with each number of advisers, on the same days: the same customers come each time.
    ///
    /// `progress` hears how many days of how many are done. Throws `CancellationError`, or what is wrong with the scenario, also when it
    /// is so with every number of advisers.
    public init(
        of scenario: Scenario, advisers: [Int], replications: Int, seed: UInt64, cores: Int = 1,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws {
        self.scenario = scenario.name
        self.seed = seed
        self.replications = replications
        planned = scenario.advisers
        targets = scenario.queues.map { Target(queue: $0.name, time: $0.target) }
        var (points, impossible): ([Point], [Int]) = ([], [])
        let all = advisers.count * replications
        for (index, number) in advisers.sorted().enumerated() {
            let simulation: Simulation
            do {
                simulation = try Simulation(scenario.staffed(by: number))
            } catch {
                // Whether it is the number's fault says the scenario itself.
                guard scenario.faults.isEmpty, index < advisers.count - 1 || !points.isEmpty else {
                    throw error.with(number)
                }
                impossible.append(number)
                continue
            }
            let report = try await simulation.run(replications: replications, seed: seed, cores: cores) { done in
                progress(index * replications + done, all)
            }
            let queues = scenario.queues.map { queue in
                report.queues.first { $0.name == queue.name }?.total ?? report.total
            }
            points.append(Point(advisers: number, figures: report.total, queues: queues))
        }
        self.points = points
        self.impossible = impossible
    }
}

extension ScenarioFaults {
    /// The same, said of a number of advisers.
    fileprivate func with(_ number: Int) -> ScenarioFaults {
        ScenarioFaults(
            faults.map { ScenarioFault(at: "with \(number) adviser\(number == 1 ? "" : "s"), \($0.place)", $0.reason) })
    }
}
extension Cliff {
    /// The number of advisers from which on this share of all is answered in time, straight between the points; nil where it is reached
    /// with none of them, or with all.
    public func advisers(answering share: Double) -> Double? {
        let known = points.compactMap { point in
            point.figures[.serviceLevelOffered].value.map { (advisers: Double(point.advisers), share: $0) }
        }
        for (before, after) in zip(known, known.dropFirst()) where before.share < share && after.share >= share {
            let part = (share - before.share) / (after.share - before.share)
            return before.advisers + part * (after.advisers - before.advisers)
        }
        return nil
    }
}

extension Scenario {
    /// The same with so many advisers in all, each shift keeping its part of them: rounded by the divisors of Sainte-Laguë and Webster, by
    /// which no shift loses anybody when there are more; of equal claims the earlier shift's counts.
    public func staffed(by number: Int) -> Scenario {
        let before = advisers
        guard before > 0, number >= 0 else { return self }
        let shifts = teams.indices.flatMap { team in teams[team].shifts.indices.map { (team: team, shift: $0) } }
        let sizes = shifts.map { teams[$0.team].shifts[$0.shift].advisers }
        // Nobody gets less than two below the even part, so the divisors decide about few.
        var parts = sizes.map { max(0, $0 * number / before - 2) }
        var left = number - parts.reduce(0, +)
        while left > 0 {
            let next = parts.indices.max { one, other in
                let (claim, rival) = (sizes[one] * (2 * parts[other] + 1), sizes[other] * (2 * parts[one] + 1))
                return claim != rival ? claim < rival : one > other
            }
            guard let next else { break }
            parts[next] += 1
            left -= 1
        }
        var staffed = self
        for (place, part) in zip(shifts, parts) { staffed.teams[place.team].shifts[place.shift].advisers = part }
        return staffed
    }
}
