import Values

/// What is promised, of a queue in the long run.
public enum StaffingGoal: Equatable, Sendable {
    /// At least this share answered within a time, by one of the formulas.
    case serviceLevel(Double, within: Duration, ServiceLevelFormula = .offered)
    /// Who is answered waits no longer than this, on average.
    case averageSpeedOfAnswer(atMost: Duration)
    /// No more than this share hangs up.
    case abandonment(atMost: Double)
    /// No more than this share finds nobody free.
    case probabilityOfWait(atMost: Double)
    /// Advisers' places are taken for no more than this share of the time.
    case occupancy(atMost: Double)

    /// Whether a system keeps the promise.
    public func isMet(by system: WaitingSystem) -> Bool {
        switch self {
        case .serviceLevel(let share, let time, let formula): system.serviceLevel(within: time)[formula] >= share
        case .averageSpeedOfAnswer(let limit): system.averageSpeedOfAnswer <= limit
        case .abandonment(let limit): system.abandonment <= limit
        case .probabilityOfWait(let limit): system.probabilityOfWait <= limit
        case .occupancy(let limit): system.occupancy <= limit
        }
    }

    /// The share that is asked for, where it is one.
    fileprivate var share: Double? {
        switch self {
        case .serviceLevel(let share, _, _), .abandonment(let share), .probabilityOfWait(let share),
            .occupancy(let share):
            share
        case .averageSpeedOfAnswer: nil
        }
    }
}

extension WaitingSystem {
    /// The most advisers that are looked at for a goal.
    public static let mostAgents = 100_000_000

    /// The system with the fewest advisers that meets every goal. Each adviser more makes each of these measures better (waits
    /// fall in likelihood ratio), so the number is found by halving: some forty systems for ten thousand advisers.
    ///
    /// Refuses shares outside 0 to 1, or 0 or 1 themselves, and what more than `limit` advisers would be needed for.
    public init(
        fewestFor demand: Demand, meeting goals: [StaffingGoal], patience: Duration? = nil,
        concurrency: Concurrency = .one, limit: Int = mostAgents
    ) throws(StaffingRefusal) {
        // Without hanging up, fewer than the load would need have no long run.
        let each = concurrency.pace(concurrency.chats)
        let stable = patience == nil ? Int((demand.load / each).rounded(.down)) : 0
        func system(_ agents: Int) throws(StaffingRefusal) -> WaitingSystem {
            try WaitingSystem(demand, agents: agents, patience: patience, concurrency: concurrency)
        }
        let agents = try goals.fewest(from: demand.load > 0 ? stable + 1 : 0, limit: limit, system)
        self = try system(agents)
    }
}

extension RetryingSystem {
    /// The system with the fewest advisers of which the attempts meet every goal. Refuses like the others.
    public init(
        fewestFor firstCalls: Demand, meeting goals: [StaffingGoal], patience: Duration, retrying share: Double,
        concurrency: Concurrency = .one, limit: Int = WaitingSystem.mostAgents
    ) throws(StaffingRefusal) {
        func system(_ agents: Int) throws(StaffingRefusal) -> RetryingSystem {
            try RetryingSystem(
                firstCalls, agents: agents, patience: patience, retrying: share, concurrency: concurrency)
        }
        let agents = try goals.fewest(from: firstCalls.load > 0 ? 1 : 0, limit: limit) {
            (agents) throws(StaffingRefusal) in try system(agents).attempts
        }
        self = try system(agents)
    }
}

extension [StaffingGoal] {
    fileprivate func fewest(
        from least: Int, limit: Int, _ system: (Int) throws(StaffingRefusal) -> WaitingSystem
    ) throws(StaffingRefusal) -> Int {
        for share in compactMap(\.share) where !(share > 0 && share < 1) { throw .target(share) }
        // Beyond the limit nothing is worked out: it is only a place to stop.
        let found = try Bisection.firstNumber(from: least) { (agents) throws(StaffingRefusal) in
            guard agents <= limit else { return true }
            do throws(StaffingRefusal) {
                let system = try system(agents)
                return allSatisfy { $0.isMet(by: system) }
            } catch {
                // As many as the load to the last digit: rounding decides whether there is a long run.
                guard case .overload = error else { throw error }
                return false
            }
        }
        guard found <= limit else { throw .moreThan(limit) }
        return found
    }
}
