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
    }

    public let scenario: String
    public let seed: UInt64
    public let replications: Int
    /// How many advisers the scenario has itself: of all shifts together, whether they are there at the same time or not.
    public let planned: Int
    public let targets: [Target]
    /// By number of advisers, rising.
    public let points: [Point]

    /// Lives the scenario through with each number of advisers, on the same days: the same customers come each time.
    ///
    /// `progress` hears how many days of how many are done. Throws `CancellationError`, or what is wrong with the scenario.
    public init(
        of scenario: Scenario, advisers: [Int], replications: Int, seed: UInt64, cores: Int = 1,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws {
        self.scenario = scenario.name
        self.seed = seed
        self.replications = replications
        planned = scenario.advisers
        targets = scenario.queues.map { Target(queue: $0.name, time: $0.target) }
        var points: [Point] = []
        let all = advisers.count * replications
        for (index, number) in advisers.sorted().enumerated() {
            let simulation: Simulation
            do {
                simulation = try Simulation(scenario.staffed(by: number))
            } catch {
                throw ScenarioFaults(
                    error.faults.map {
                        ScenarioFault(at: "with \(number) adviser\(number == 1 ? "" : "s"), \($0.place)", $0.reason)
                    })
            }
            let report = try await simulation.run(replications: replications, seed: seed, cores: cores) { done in
                progress(index * replications + done, all)
            }
            points.append(Point(advisers: number, figures: report.total))
        }
        self.points = points
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
    /// The same with so many advisers in all, each shift keeping its part of them: largest remainders, earlier shifts first.
    public func staffed(by number: Int) -> Scenario {
        let before = advisers
        guard before > 0, number >= 0 else { return self }
        let shifts = teams.indices.flatMap { team in teams[team].shifts.indices.map { (team: team, shift: $0) } }
        var staffed = self
        var left = number
        var rests: [(rest: Int, place: Int)] = []
        for (place, at) in shifts.enumerated() {
            let (whole, rest) = (teams[at.team].shifts[at.shift].advisers * number).quotientAndRemainder(
                dividingBy: before)
            staffed.teams[at.team].shifts[at.shift].advisers = whole
            left -= whole
            rests.append((rest, place))
        }
        for (_, place) in rests.sorted(by: { $0.rest != $1.rest ? $0.rest > $1.rest : $0.place < $1.place }).prefix(
            left)
        {
            staffed.teams[shifts[place].team].shifts[shifts[place].shift].advisers += 1
        }
        return staffed
    }
}
