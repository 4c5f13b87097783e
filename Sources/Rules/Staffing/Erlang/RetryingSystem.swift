import Values

/// A queue to which some of those who hung up come back.
///
/// A share of those who hang up calls again, later and independently, any number of times, and meets the same queue. The
/// repeats are taken for one more stream of calls at random, so the rate λ of all attempts is the one at which
/// λ = λ₀ + share · λ · P(hangs up at rate λ). This is exact where repeats come long after; where people redial at once it
/// flatters a little. Source: G. Koole, "Call Center Optimization" (2013), on redials; S. Aguir, F. Karaesmen, Z. Akşin,
/// F. Chauvet, "The impact of retrials on call center performance", OR Spectrum 26, 2004.
public struct RetryingSystem: Equatable, Sendable {
    /// The queue as its advisers see it: every attempt counts as a contact.
    public let attempts: WaitingSystem
    /// Those who call for the first time.
    public let firstCalls: Demand
    /// The share of those who hang up that calls again.
    public let share: Double

    /// Finds the rate at which attempts repeat themselves. Refuses a share that is not from 0 to under 1.
    public init(
        _ firstCalls: Demand, agents: Int, patience: Duration, retrying share: Double, concurrency: Concurrency = .one
    ) throws(StaffingRefusal) {
        guard share >= 0, share < 1 else { throw .share("share of people who call again", share) }
        func system(_ rate: Double) throws(StaffingRefusal) -> WaitingSystem {
            try WaitingSystem(
                Demand(rate: rate, handling: firstCalls.handling), agents: agents, patience: patience,
                concurrency: concurrency)
        }
        // λ (1 - share · P(hangs up)) grows with λ: those served do, and so does what is given up for good.
        var (low, high) = (firstCalls.rate, firstCalls.rate / (1 - share))
        while low < high {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            let first = middle * (1 - share * (try system(middle).abandonment))
            if first < firstCalls.rate { low = middle } else { high = middle }
        }
        attempts = try system(high)
        self.firstCalls = firstCalls
        self.share = share
    }

    /// How often a customer calls, on average.
    public var attemptsPerCustomer: Double {
        firstCalls.rate > 0 ? attempts.demand.rate / firstCalls.rate : 1
    }

    /// The share of customers who are answered, at the first attempt or a later one.
    public var servedInTheEnd: Double { min(1, attemptsPerCustomer * (1 - attempts.abandonment)) }
}
