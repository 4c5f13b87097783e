#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif
import Values

/// What customers meet, in the long run, where so many advisers serve one queue in the order of arrival.
///
/// - **Erlang C** (M/M/n) when nobody hangs up: `patience` is nil. Refused in overload, where it has no long run.
/// - **Erlang A** (M/M/n+M) when everybody who waits hangs up after an exponential time of mean `patience`.
///
/// Both assume contacts at random at a steady rate, exponential handling times, advisers who are alike, and none of those who
/// hung up calling again (see `RetryingSystem`). Sources: A. K. Erlang, 1917; C. Palm, 1957; for the computation
/// `OfferedWait`. The reference tables of the tests are met to 1e-9.
public struct WaitingSystem: Equatable, Sendable {
    /// What comes.
    public let demand: Demand
    /// How many advisers are there to answer; 0 only where nothing comes.
    public let agents: Int
    /// How long people wait before they hang up, on average; nil when they never do.
    public let patience: Duration?
    /// How many contacts an adviser has at once.
    public let concurrency: Concurrency

    /// The share of contacts who find nobody free; in Erlang A, whether they wait for long or not.
    public let probabilityOfWait: Double
    /// The share of contacts who hang up.
    public let abandonment: Double
    /// The share of advisers' places that are taken: for calls, handling time over time at work.
    public let occupancy: Double
    /// How many wait, on average over time.
    public let queueLength: Double
    /// How long those who are answered had to wait, on average.
    public let averageSpeedOfAnswer: Duration
    /// How long all who come wait, on average, until they are answered or hang up.
    public let averageWait: Duration

    private let wait: OfferedWait?

    public static func == (left: Self, right: Self) -> Bool {
        (left.demand, left.agents, left.patience, left.concurrency)
            == (right.demand, right.agents, right.patience, right.concurrency)
    }

    /// The system of so many advisers. Refuses fewer than one where something comes, no patience, and overload without
    /// hanging up.
    public init(
        _ demand: Demand, agents: Int, patience: Duration? = nil, concurrency: Concurrency = .one
    ) throws(StaffingRefusal) {
        if let patience, patience <= .zero { throw .patience(patience) }
        guard agents >= (demand.rate > 0 ? 1 : 0) else { throw .agents(agents) }
        self.demand = demand
        self.agents = agents
        self.patience = patience
        self.concurrency = concurrency
        guard demand.load > 0 else {
            wait = nil
            (probabilityOfWait, abandonment, occupancy, queueLength) = (0, 0, 0, 0)
            (averageSpeedOfAnswer, averageWait) = (.zero, .zero)
            return
        }
        let capacity = Self.capacity(of: agents, concurrency)
        guard patience != nil || capacity > demand.load else {
            throw .overload(load: demand.load, places: capacity)
        }
        let free = concurrency.free(load: demand.load, advisers: agents)
        let leaving = patience.map { 1 / $0.inSeconds } ?? 0
        let completions = capacity / demand.handling.inSeconds
        let wait = OfferedWait(
            arrivals: demand.rate, completions: completions, leaving: leaving, logFree: free.logSum)
        self.wait = wait
        probabilityOfWait = wait.waiting
        abandonment = wait.abandoned
        let places = Double(agents) * Double(concurrency.chats)
        occupancy = min(1, (free.inService * wait.noWait + places * wait.waiting) / places)
        let answered = wait.noWait + wait.answeredLater
        averageSpeedOfAnswer = Duration(longest: wait.secondsOfAnswered / answered)
        // Little's law for the queue: θ Lq = λ P(hangs up); without hanging up, Lq = λ ASA.
        let waited = leaving > 0 ? wait.abandoned / leaving : wait.secondsOfAnswered
        averageWait = Duration(longest: waited)
        queueLength = demand.rate * waited
    }

    /// The share answered within a time, by the four formulas.
    public func serviceLevel(within time: Duration) -> ServiceLevel {
        guard let wait else { return .perfect }
        let shares = wait.shares(within: max(0, time.inSeconds))
        let answered = wait.noWait + wait.answeredLater
        func share(_ part: Double, of whole: Double) -> Double { min(1, part / whole) }
        return ServiceLevel(
            offered: min(1, shares.answered),
            answeredOnly: share(shares.answered, of: answered),
            excludingShortAbandons: share(shares.answered, of: answered + shares.abandonedLater),
            shortAbandonsAsSuccess: min(1, shares.answered + shares.abandoned))
    }

    /// The share of contacts who hang up within a time.
    public func abandonment(within time: Duration) -> Double {
        wait?.shares(within: max(0, time.inSeconds)).abandoned ?? 0
    }

    /// What the trade calls the model.
    public var name: String { patience == nil ? "Erlang C" : "Erlang A" }

    /// How many contacts advisers who are all full end in the time of one contact alone: the load that they can carry.
    static func capacity(of agents: Int, _ concurrency: Concurrency) -> Double {
        Double(agents) * concurrency.pace(concurrency.chats)
    }
}

extension Duration {
    /// So many seconds, or the longest time there can be.
    init(longest seconds: Double) {
        self = seconds < 9e18 ? .seconds(seconds) : .seconds(9_000_000_000_000_000_000)
    }
}
