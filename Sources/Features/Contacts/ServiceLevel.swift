import Values

/// What became of the contacts that came into a queue in some time. Whoever was turned away never came in, so was not offered.
struct ServiceCounts: Equatable, Sendable {
    var answered = 0
    var answeredInTarget = 0
    var abandoned = 0
    var abandonedInTarget = 0
    var turnedAway = 0
    /// Came in then and waits still; of those nobody can say yet.
    var stillWaiting = 0

    /// All who came in and do not wait any more.
    var offered: Int { answered + abandoned }
}

/// The share of contacts that were answered in time, by each of the four formulas in use. There is no standard, so a
/// value never stands without its formula's name; where there was nothing to divide by there is none.
///
/// One centre, seven points apart: 36.6 % of offered, 38.3 % without short abandons, 41.0 % with them as success,
/// 43.8 % of answered (Erlang A: 10 erlangs, 9 advisers, 180 s each, patience 300 s, target 20 s).
struct ServiceLevel: Equatable, Sendable {
    /// Answered in time, of answered and abandoned: the headline.
    let offered: Double?
    /// Answered in time, of answered: who gave up does not count (Asterisk `SL`).
    let answeredOnly: Double?
    /// Answered or abandoned in time, of answered and abandoned (Asterisk `SL2`).
    let shortAbandonsAsSuccess: Double?
    /// Answered in time, of answered and abandoned less those abandoned in time.
    let excludingShortAbandons: Double?

    init(of counts: ServiceCounts) {
        func share(_ part: Int, of whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
        let short = counts.abandonedInTarget
        offered = share(counts.answeredInTarget, of: counts.offered)
        answeredOnly = share(counts.answeredInTarget, of: counts.answered)
        shortAbandonsAsSuccess = share(counts.answeredInTarget + short, of: counts.offered)
        excludingShortAbandons = share(counts.answeredInTarget, of: counts.offered - short)
    }

    /// What the body promises for all its queues together, so that their figures add up.
    static let promise = Duration.minutes(5)
}

extension ServiceLevel: Encodable {
    private enum Key: String, CodingKey {
        case offered, answeredOnly, shortAbandonsAsSuccess, excludingShortAbandons
    }

    /// With null where there is no value: a name that is missing might be one that was forgotten.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(offered, forKey: .offered)
        try container.encode(answeredOnly, forKey: .answeredOnly)
        try container.encode(shortAbandonsAsSuccess, forKey: .shortAbandonsAsSuccess)
        try container.encode(excludingShortAbandons, forKey: .excludingShortAbandons)
    }
}

extension ServiceCounts: Encodable {
    private enum Key: String, CodingKey {
        case offered, answered, answeredInTarget, abandoned, abandonedInTarget, turnedAway, stillWaiting
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(offered, forKey: .offered)
        try container.encode(answered, forKey: .answered)
        try container.encode(answeredInTarget, forKey: .answeredInTarget)
        try container.encode(abandoned, forKey: .abandoned)
        try container.encode(abandonedInTarget, forKey: .abandonedInTarget)
        try container.encode(turnedAway, forKey: .turnedAway)
        try container.encode(stillWaiting, forKey: .stillWaiting)
    }
}
