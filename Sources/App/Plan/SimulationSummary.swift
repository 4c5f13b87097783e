import Foundation
import Staffing
import Values

/// A figure and its 95 % interval; what is not known is left out.
struct EstimateSummary: Encodable {
    let value, low, high: Double?

    init(_ estimate: Estimate) {
        (value, low, high) = (estimate.value, estimate.low, estimate.high)
    }
}

/// All figures of a queue, an interval or the whole.
struct FiguresSummary: Encodable {
    struct ServiceLevels: Encodable {
        let offered, answeredOnly, excludingShortAbandons, shortAbandonsAsSuccess: EstimateSummary
    }

    let offered, answered, abandoned, turnedAway, unserved: EstimateSummary
    let callbacks, callbacksKept, callbacksFailed, callbackDelaySeconds: EstimateSummary
    let retrials, drops, lostAfterDrop: EstimateSummary
    let serviceLevel: ServiceLevels
    let averageSpeedOfAnswerSeconds, abandonment, occupancy, handlingSeconds, longestWaitSeconds, staff: EstimateSummary

    init(_ figures: Figures) { self.init { figures[$0] } }

    /// With whatever is to be said of each measure.
    init(_ estimate: (Measure) -> Estimate) {
        func of(_ measure: Measure) -> EstimateSummary { EstimateSummary(estimate(measure)) }
        (offered, answered, abandoned) = (of(.offered), of(.answered), of(.abandoned))
        (turnedAway, unserved) = (of(.turnedAway), of(.unserved))
        (callbacks, callbacksKept, callbacksFailed) = (of(.callbacks), of(.callbacksKept), of(.callbacksFailed))
        callbackDelaySeconds = of(.callbackDelay)
        (retrials, drops, lostAfterDrop) = (of(.retrials), of(.drops), of(.lostAfterDrop))
        serviceLevel = ServiceLevels(
            offered: of(.serviceLevelOffered), answeredOnly: of(.serviceLevelAnsweredOnly),
            excludingShortAbandons: of(.serviceLevelExcludingShortAbandons),
            shortAbandonsAsSuccess: of(.serviceLevelShortAbandonsAsSuccess))
        averageSpeedOfAnswerSeconds = of(.averageSpeedOfAnswer)
        (abandonment, occupancy, handlingSeconds) = (of(.abandonment), of(.occupancy), of(.handlingTime))
        (longestWaitSeconds, staff) = (of(.longestWait), of(.staff))
    }
}

/// What came of a scenario, for people and for programs.
struct SimulationSummary: Encodable {
    struct Interval: Encodable {
        let start: String
        let figures: FiguresSummary
    }

    struct Queue: Encodable {
        let name: String
        let targetSeconds: Double
        let total: FiguresSummary
        let intervals: [Interval]
    }

    let scenario: String
    let seed: UInt64
    let replications: Int
    let intervalSeconds, paidHours: Double
    let overtimeHours: EstimateSummary
    let total: FiguresSummary
    let queues: [Queue]

    init(_ report: SimulationReport) {
        (scenario, seed, replications) = (report.scenario, report.seed, report.replications)
        (intervalSeconds, paidHours) = (report.interval.inSeconds, report.paidHours)
        overtimeHours = EstimateSummary(report.overtimeHours)
        total = FiguresSummary(report.total)
        queues = report.queues.map { queue in
            Queue(
                name: queue.name, targetSeconds: queue.target.inSeconds, total: FiguresSummary(queue.total),
                intervals: queue.intervals.map { Interval(start: $0.start.clock, figures: FiguresSummary($0.figures)) })
        }
    }

    func tell() throws {
        var lines = ["\(scenario): \(replications) days, seed \(seed); in brackets 95 % intervals"]
        for queue in queues {
            lines.append("")
            lines.append("\(queue.name), answered within \(Int(queue.targetSeconds)) s")
            lines += queue.total.lines
        }
        if queues.count > 1 { lines += ["", "All queues"] + total.lines }
        lines += ["", "paid hours              \(paidHours.inOne)", "hours beyond shifts     \(overtimeHours.number)"]
        try Terminal.print(lines)
    }
}

/// How a second plan differs from a first on the same days.
struct ComparisonSummary: Encodable {
    struct Queue: Encodable {
        let name: String
        let difference: FiguresSummary
    }

    let first, second: SimulationSummary
    /// Second less first.
    let difference: FiguresSummary
    /// Of the queues that both have.
    let queues: [Queue]

    init(_ one: SimulationReport, _ other: SimulationReport) {
        (first, second) = (SimulationSummary(one), SimulationSummary(other))
        difference = FiguresSummary { one.total.difference($0, to: other.total) }
        queues = one.queues.compactMap { queue in
            guard let same = other.queues.first(where: { $0.name == queue.name }) else { return nil }
            return Queue(name: queue.name, difference: FiguresSummary { queue.total.difference($0, to: same.total) })
        }
    }

    func tell() throws {
        var lines = [
            "\(second.scenario) less \(first.scenario): \(first.replications) days, seed \(first.seed); in brackets 95 % intervals"
        ]
        for queue in queues { lines += ["", queue.name] + queue.difference.lines }
        lines += ["", "All queues"] + difference.lines
        try Terminal.print(lines)
    }
}

/// The share answered in time by number of advisers.
struct CliffSummary: Encodable {
    struct Point: Encodable {
        let advisers: Int
        let answeredInTime, abandonment, occupancy, averageSpeedOfAnswerSeconds: EstimateSummary
    }

    let scenario: String
    let seed: UInt64
    let replications: Int
    let points: [Point]

    init(_ cliff: Cliff) {
        (scenario, seed, replications) = (cliff.scenario, cliff.seed, cliff.replications)
        points = cliff.points.map { point in
            Point(
                advisers: point.advisers, answeredInTime: EstimateSummary(point.figures[.serviceLevelOffered]),
                abandonment: EstimateSummary(point.figures[.abandonment]),
                occupancy: EstimateSummary(point.figures[.occupancy]),
                averageSpeedOfAnswerSeconds: EstimateSummary(point.figures[.averageSpeedOfAnswer]))
        }
    }

    func tell() throws {
        let heads = [
            "\(scenario): \(replications) days, seed \(seed); in brackets 95 % intervals", "advisers  answered in time",
        ]
        try Terminal.print(
            heads
                + points.map { point in
                    let number = String(point.advisers)
                    return String(repeating: " ", count: max(0, 8 - number.count)) + number + "  "
                        + point.answeredInTime.percent
                })
    }
}

// MARK: - For reading

extension FiguresSummary {
    fileprivate var lines: [String] {
        var lines = [
            "offered                 \(offered.number)", "answered                \(answered.number)",
            "abandoned               \(abandoned.number), \(abandonment.percent)",
            "answered in time        \(serviceLevel.offered.percent) of those offered",
            "                        \(serviceLevel.answeredOnly.percent) of those answered",
            "                        \(serviceLevel.excludingShortAbandons.percent) without short abandons",
            "                        \(serviceLevel.shortAbandonsAsSuccess.percent) with short abandons as success",
            "speed of answer         \(averageSpeedOfAnswerSeconds.number) s",
            "handling time           \(handlingSeconds.number) s",
            "longest wait            \(longestWaitSeconds.number) s",
            "occupancy               \(occupancy.percent)", "staff                   \(staff.number)",
        ]
        let seldom = [
            ("turned away", turnedAway), ("not served at the end", unserved), ("promised a callback", callbacks),
            ("called back", callbacksKept), ("came again", retrials), ("lines dropped", drops),
        ]
        for (name, estimate) in seldom where (estimate.value ?? 0) != 0 {
            lines.append(name + String(repeating: " ", count: max(1, 24 - name.count)) + estimate.number)
        }
        return lines
    }
}

extension EstimateSummary {
    fileprivate var number: String { words { $0.inOne } }
    fileprivate var percent: String { words { ($0 * 100).inOne + " %" } }

    private func words(_ word: (Double) -> String) -> String {
        guard let value else { return "–" }
        guard let low, let high else { return word(value) }
        return "\(word(value)) (\(word(low)) to \(word(high)))"
    }
}

extension Double {
    fileprivate var inOne: String { String(format: "%.1f", self) }
}

extension Duration {
    /// `08:15`.
    fileprivate var clock: String {
        let minutes = Int(inSeconds) / 60
        return String(format: "%02d:%02d", minutes / 60, minutes % 60)
    }
}
