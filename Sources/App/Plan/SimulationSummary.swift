import Foundation
import Staffing
import Values

/// A figure and its 95 % interval; what is not known is null.
struct EstimateSummary: Encodable {
    let value, low, high: Double?

    init(_ estimate: Estimate) {
        (value, low, high) = (estimate.value, estimate.low, estimate.high)
    }

    private enum CodingKeys: CodingKey { case value, low, high }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encode(low, forKey: .low)
        try container.encode(high, forKey: .high)
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
        var lines = [
            "\(scenario): \(replications) days, seed \(seed); in brackets 95 % intervals; by interval with --json"
        ]
        for queue in queues {
            lines.append("")
            lines.append("\(queue.name), in time is within \(queue.targetSeconds.asTime)")
            lines += queue.total.lines
        }
        if queues.count > 1 { lines += ["", "All queues"] + total.lines }
        lines += [
            "", "paid hours".column(24) + paidHours.inOne,
            "hours beyond shifts".column(24) + overtimeHours.words(.number),
        ]
        try Terminal.print(lines)
    }
}

// MARK: - For reading

/// How a figure is written.
enum FigureKind {
    case number, time, share

    func word(_ value: Double) -> String {
        switch self {
        case .number: value.inOne
        case .time: value.asTime
        case .share: (value * 100).inOne + " %"
        }
    }

    /// A difference: with its sign, and of shares in percentage points.
    func difference(_ value: Double) -> String {
        let sign = value > 0 ? "+" : value < 0 ? "−" : ""
        switch self {
        case .number: return sign + abs(value).inOne
        case .time: return sign + abs(value).asTime
        case .share: return sign + (abs(value) * 100).inOne + " points"
        }
    }
}

extension FiguresSummary {
    /// One figure, as it is read.
    struct Line {
        let name: String
        let kind: FigureKind
        let figure: (FiguresSummary) -> EstimateSummary

        init(_ name: String, _ kind: FigureKind, _ figure: @escaping (FiguresSummary) -> EstimateSummary) {
            (self.name, self.kind, self.figure) = (name, kind, figure)
        }
    }

    static var usual: [Line] {
        [
            Line("offered", .number) { $0.offered }, Line("answered", .number) { $0.answered },
            Line("abandoned", .number) { $0.abandoned }, Line("  of those offered", .share) { $0.abandonment },
            Line("in time, of offered", .share) { $0.serviceLevel.offered },
            Line("  of answered", .share) { $0.serviceLevel.answeredOnly },
            Line("  no short abandons", .share) { $0.serviceLevel.excludingShortAbandons },
            Line("  short ones as served", .share) { $0.serviceLevel.shortAbandonsAsSuccess },
            Line("speed of answer", .time) { $0.averageSpeedOfAnswerSeconds },
            Line("handling time", .time) { $0.handlingSeconds }, Line("longest wait", .time) { $0.longestWaitSeconds },
            Line("occupancy", .share) { $0.occupancy }, Line("staff", .number) { $0.staff },
        ]
    }

    /// What is shown only where there is some of it.
    static var seldom: [Line] {
        [
            Line("turned away", .number) { $0.turnedAway }, Line("not served at the end", .number) { $0.unserved },
            Line("promised a callback", .number) { $0.callbacks }, Line("called back", .number) { $0.callbacksKept },
            Line("came again", .number) { $0.retrials }, Line("lines dropped", .number) { $0.drops },
        ]
    }

    fileprivate var lines: [String] {
        (Self.usual + Self.seldom.filter { ($0.figure(self).value ?? 0) != 0 }).map { line in
            line.name.column(24) + line.figure(self).words(line.kind)
        }
    }
}

extension EstimateSummary {
    func words(_ kind: FigureKind) -> String { words(kind.word) }

    func words(_ word: (Double) -> String) -> String {
        guard let value else { return "–" }
        guard let low, let high else { return word(value) }
        return "\(word(value)) (\(word(low)) to \(word(high)))"
    }
}

extension Double {
    fileprivate var inOne: String { String(format: "%.1f", self == 0 ? 0 : self) }
}

extension Duration {
    /// `08:15`.
    fileprivate var clock: String {
        let minutes = Int(inSeconds) / 60
        return String(format: "%02d:%02d", minutes / 60, minutes % 60)
    }
}
