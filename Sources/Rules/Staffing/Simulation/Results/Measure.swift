/// What is reported of a queue, of an interval, of the whole. Times are in seconds.
///
/// A contact counts in the interval in which it came, whenever it was answered. With A answered, B abandoned, K
/// promised a callback and X turned away or unserved, offered is O = A + B + K + X; a T says within the
/// queue's target. `docs/planning.md` tells what each means to a planner.
public enum Measure: String, CaseIterable, Sendable {
    /// Counts, a day.
    case offered, answered, abandoned, turnedAway, unserved, callbacks, callbacksKept, callbacksFailed, retrials, drops
    case lostAfterDrop
    /// A_T / O.
    case serviceLevelOffered
    /// A_T / A.
    case serviceLevelAnsweredOnly
    /// A_T / (O - B_T).
    case serviceLevelExcludingShortAbandons
    /// (A_T + B_T) / O.
    case serviceLevelShortAbandonsAsSuccess
    /// The mean wait of who was answered, ringing included.
    case averageSpeedOfAnswer
    /// B / O.
    case abandonment
    /// Busy over busy and free, of the advisers who may take the queue's contacts.
    case occupancy
    /// The mean of conversation and wrap-up.
    case handlingTime
    /// The mean over days of the longest wait.
    case longestWait
    /// The mean wait for a callback that was answered, from the first arrival.
    case callbackDelay
    /// The mean number of advisers there, free or busy, who may take the queue's contacts.
    case staff

    /// Whether it lies between 0 and 1.
    public var isShare: Bool {
        switch self {
        case .serviceLevelOffered, .serviceLevelAnsweredOnly, .serviceLevelExcludingShortAbandons,
            .serviceLevelShortAbandonsAsSuccess, .abandonment, .occupancy:
            true
        default: false
        }
    }

    /// What one day adds above and below the line.
    func pair(_ sums: Sums) -> Estimate.Pair {
        let tally = sums.tally
        func of(_ above: Int, _ below: Int) -> Estimate.Pair { .init(above: Double(above), below: Double(below)) }
        func count(_ count: Int) -> Estimate.Pair { .init(above: Double(count), below: 1) }
        func mean(_ sum: Int64, _ count: Int) -> Estimate.Pair {
            .init(above: Double(sum) / 1_000, below: Double(count))
        }
        switch self {
        case .offered: return count(tally.offered)
        case .answered: return count(tally.answered)
        case .abandoned: return count(tally.abandoned)
        case .turnedAway: return count(tally.turnedAway)
        case .unserved: return count(tally.unserved)
        case .callbacks: return count(tally.callbacks)
        case .callbacksKept: return count(tally.callbacksKept)
        case .callbacksFailed: return count(tally.callbacksFailed)
        case .retrials: return count(tally.retrials)
        case .drops: return count(tally.drops)
        case .lostAfterDrop: return count(tally.lostAfterDrop)
        case .serviceLevelOffered: return of(tally.answeredInTarget, tally.offered)
        case .serviceLevelAnsweredOnly: return of(tally.answeredInTarget, tally.answered)
        case .serviceLevelExcludingShortAbandons:
            return of(tally.answeredInTarget, tally.offered - tally.abandonedInTarget)
        case .serviceLevelShortAbandonsAsSuccess:
            return of(tally.answeredInTarget + tally.abandonedInTarget, tally.offered)
        case .averageSpeedOfAnswer: return mean(tally.waitOfAnswered, tally.answered)
        case .abandonment: return of(tally.abandoned, tally.offered)
        case .occupancy: return .init(above: Double(sums.staff.busy), below: Double(sums.staff.staffed))
        case .handlingTime: return mean(tally.handling, tally.handled)
        case .longestWait: return .init(above: Double(tally.longestWait) / 1_000, below: 1)
        case .callbackDelay: return mean(tally.waitForCallback, tally.callbacksKept)
        case .staff: return .init(above: Double(sums.staff.staffed), below: Double(sums.time))
        }
    }
}

/// What one day came to in one cell, or several together.
struct Sums: Hashable, Sendable {
    var tally = Tally()
    var staff = StaffTally()
    /// The milliseconds that the cell covers.
    var time: Int64 = 0
}

/// All measures of one cell, with their intervals over the replications.
public struct Figures: Hashable, Sendable {
    /// One a replication.
    let days: [Sums]

    /// An estimate is reckoned when it is asked for.
    public subscript(_ measure: Measure) -> Estimate {
        Estimate(days.map(measure.pair), within: 0...(measure.isShare ? 1 : .infinity))
    }

    /// By how much a measure is larger in another plan, on the same days.
    public func difference(_ measure: Measure, to other: Figures) -> Estimate {
        Estimate(of: days.map(measure.pair), against: other.days.map(measure.pair))
    }
}
