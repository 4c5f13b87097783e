#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// How long a customer of endless patience would wait, in a system where the others' patience is exponential.
///
/// With arrivals λ, C contacts ended a second when everybody is busy, and customers hanging up at the rate θ, this wait V is
/// 0 with the weight E and has the density λ e^h(x), h(x) = λ(1 - e^-θx)/θ - Cx, both over E + λ∫e^h. E is the sum of the
/// weights of the states with somebody free, over the weight of the last of them; in Erlang's systems 1/B(n - 1).
///
/// Source: F. Baccelli, G. Hebuterne, "On queues with impatient customers" (Performance '81); S. Zeltyn, A. Mandelbaum,
/// "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue" (Queueing Systems 51, 2005),
/// section on exact formulas. The sum over states j > n of C. Palm (Erlang A, 1957) is the same integral; this form has no
/// states to be cut off and no weights to overflow.
struct OfferedWait: Sendable {
    /// The share of contacts who meet somebody free.
    let noWait: Double
    /// Of all contacts: those who must wait; those who wait and are answered; those who hang up; and the seconds that the
    /// answered wait, shared among all contacts.
    let waiting, answeredLater, abandoned, secondsOfAnswered: Double

    private let leaving: Double
    private let peak: Double
    private let scale: Double
    /// Nil when nobody hangs up: then e^h is e^-(C - λ)x, and has its integrals by themselves.
    private let area: PeakedIntegral?
    private let slack: Double
    private let all: SIMD4<Double>

    /// - Parameters:
    ///   - arrivals: λ, over 0. - completions: C, over 0; over λ when nobody hangs up.
    ///   - leaving: θ, 0 or more. - logFree: ln E.
    init(arrivals: Double, completions: Double, leaving: Double, logFree: Double) {
        precondition(leaving > 0 || completions > arrivals, "a queue that nobody leaves grows for ever")
        self.leaving = leaving
        // In overload waits crowd around the time after which as many have hung up as cannot be served.
        let isOverloaded = arrivals > completions
        let peak = isOverloaded ? log(arrivals / completions) / leaving : 0
        let height = isOverloaded ? completions / leaving * Careful.excess(ofRatio: arrivals / completions) : 0
        let marks = leaving > 0 ? (-2...8).map { exp2(Double($0)) / leaving } : []
        area =
            leaving == 0
            ? nil
            : PeakedIntegral(from: -peak, marks: marks + marks.map { $0 - peak }) { y in
                isOverloaded
                    ? completions * y * Careful.lateness(leaving * y)
                    : (completions - arrivals) * y + arrivals * y * Careful.lateness(leaving * y)
            }
        slack = completions - arrivals
        let moments = Self.moments(area, until: .infinity, peak, leaving, slack)
        // Weights may be e^(10¹²), so only their ratio is taken out of the logarithms.
        let odds = exp(log(arrivals) + height + log(moments.x) - logFree)
        self.peak = peak
        noWait = 1 / (1 + odds)
        waiting = odds < .infinity ? odds / (1 + odds) : 1
        scale = waiting / moments.x
        all = moments
        answeredLater = scale * moments.y
        abandoned = min(1, scale * moments.z)
        secondsOfAnswered = scale * moments.w
    }

    /// Of all contacts: those answered within a time (also at once), those who hang up within it, and those who hang up later.
    func shares(within time: Double) -> (answered: Double, abandoned: Double, abandonedLater: Double) {
        let soon = Self.moments(area, until: time, peak, leaving, slack)
        let late = all - soon
        let gone = -expm1(-leaving * time)
        return (
            noWait + scale * soon.y, scale * (soon.z + late.x * gone), scale * max(0, late.z - late.x * gone)
        )
    }

    /// The integrals of e^h over waits x = y + peak up to a time, times: 1, still there, gone, and seconds of those still there.
    private static func moments(
        _ area: PeakedIntegral?, until time: Double, _ peak: Double, _ leaving: Double, _ slack: Double
    ) -> SIMD4<Double> {
        guard let area else {
            let part = -expm1(-slack * time) / slack
            let tail = time < .infinity ? time * exp(-slack * time) : 0
            return SIMD4(part, part, 0, (part - tail) / slack)
        }
        return area.integral(from: -peak, to: time - peak) { y in
            let wait = y + peak
            let gone = -expm1(-leaving * wait)
            return SIMD4(1, 1 - gone, gone, wait * (1 - gone))
        }
    }
}
