import Staffing
import Values

/// A question to the staffing mathematics, once its words are understood.
struct StaffingQuestion {
    let calls: Double
    let per, handling, within: Duration
    let goals: [StaffingGoal]
    let formula: ServiceLevelFormula
    let agents: Int?
    let patience: Duration?
    let concurrency: Concurrency
    let retrying: Double?
    let shrinkage: Shrinkage?

    /// The most advisers, or places for chats, that the command reckons with: no body has more, and a slip of the keyboard does.
    static let mostPlaces = 500_000

    func answer() throws(StaffingRefusal) -> StaffingAnswer {
        let demand = try Demand(calls, per: per, handling: handling)
        guard let retrying, let patience else { return StaffingAnswer(try system(for: demand), nil, self) }
        let system = try retryingSystem(for: demand, patience: patience, retrying)
        return StaffingAnswer(system.attempts, system, self)
    }

    private var limit: Int { Self.mostPlaces / concurrency.chats }

    private func system(for demand: Demand) throws(StaffingRefusal) -> WaitingSystem {
        guard let agents else {
            return try WaitingSystem(
                fewestFor: demand, meeting: goals, patience: patience, concurrency: concurrency, limit: limit)
        }
        return try WaitingSystem(demand, agents: agents, patience: patience, concurrency: concurrency)
    }

    private func retryingSystem(
        for demand: Demand, patience: Duration, _ share: Double
    ) throws(StaffingRefusal) -> RetryingSystem {
        guard let agents else {
            return try RetryingSystem(
                fewestFor: demand, meeting: goals, patience: patience, retrying: share, concurrency: concurrency,
                limit: limit)
        }
        return try RetryingSystem(
            demand, agents: agents, patience: patience, retrying: share, concurrency: concurrency)
    }
}
