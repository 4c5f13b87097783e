import Foundation
import Staffing
import Values

/// A figure and its 95 % interval; what is not known is null.
struct EstimateSummary: Encodable {
    let value, low, high: Double?

    init(_ estimate: Estimate) {
        (value, low, high) = (estimate.value, estimate.low, estimate.high)
    }

    private init(value: Double?) {
        (self.value, low, high) = (value, nil, nil)
    }

    /// The figure without its interval.
    var alone: EstimateSummary { EstimateSummary(value: value) }

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
            "\(scenario): \(replications.days), seed \(seed); in brackets 95 % intervals; by interval with --json"
        ]
        for queue in queues {
            lines.append("")
            lines.append("\(queue.name), in time is within \(queue.targetSeconds.asTime)")
            lines += queue.total.lines
        }
        if queues.count > 1 { lines += ["", "All queues"] + total.lines }
        lines += [
            "", "paid hours".column(24) + paidHours.inOne,
            "hours beyond shifts".column(24) + FigureKind.number.words(overtimeHours),
        ]
        try Terminal.print(lines)
    }
}

// MARK: - For reading

/// How a figure is written: `7:23 min (5:06 to 9:41)`, the unit once and the same for all three.
enum FigureKind {
    case number, time, share

    func words(_ estimate: EstimateSummary) -> String { words(estimate, isDifference: false) }

    /// With its sign, and of shares in percentage points.
    func difference(_ estimate: EstimateSummary) -> String { words(estimate, isDifference: true) }

    private func words(_ estimate: EstimateSummary, isDifference: Bool) -> String {
        guard let value = estimate.value else { return "–" }
        let all = [value, estimate.low, estimate.high].compactMap(\.self)
        let inMinutes = self == .time && all.contains { abs($0) >= 120 }
        let unit =
            switch self {
            case .number: ""
            case .time: inMinutes ? " min" : " s"
            case .share: isDifference ? " points" : " %"
            }
        let figures = all.map { written($0, inMinutes: inMinutes, isSigned: isDifference) }
        return figures[0] + unit + (figures.count == 3 ? " (\(figures[1]) to \(figures[2]))" : "")
    }

    private func written(_ value: Double, inMinutes: Bool, isSigned: Bool) -> String {
        let size = abs(value)
        let digits =
            switch self {
            case .number: size.inOne
            case .share: (size * 100).inOne
            case .time:
                inMinutes ? String(format: "%d:%02d", Int(size.rounded()) / 60, Int(size.rounded()) % 60) : size.inOne
            }
        let isNothing = digits.allSatisfy { "0.:".contains($0) }
        return (isNothing ? "" : value < 0 ? "−" : isSigned ? "+" : "") + digits
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
            line.name.column(24) + line.kind.words(line.figure(self))
        }
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
