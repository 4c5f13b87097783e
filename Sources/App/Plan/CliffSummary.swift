import Staffing
import Values

/// The share answered in time by number of advisers.
struct CliffSummary: Encodable {
    struct Point: Encodable {
        let advisers: Int
        let answeredInTime, abandonment, occupancy, averageSpeedOfAnswerSeconds: EstimateSummary
        /// In the order of the queues.
        let answeredInTimeByQueue: [EstimateSummary]
    }

    struct Queue: Encodable {
        let name: String
        let targetSeconds: Double
    }

    let scenario: String
    let seed: UInt64
    let replications: Int
    /// How many advisers the scenario has itself.
    let plannedAdvisers: Int
    let queues: [Queue]
    let points: [Point]
    /// With so many some queue has nobody at all.
    let impossibleAdvisers: [Int]
    /// From how many on 80 % are answered in time; left out where none or all of the points are beyond it.
    let advisersForEighty: Double?

    init(_ cliff: Cliff) {
        (scenario, seed, replications) = (cliff.scenario, cliff.seed, cliff.replications)
        plannedAdvisers = cliff.planned
        queues = cliff.targets.map { Queue(name: $0.queue, targetSeconds: $0.time.inSeconds) }
        points = cliff.points.map { point in
            Point(
                advisers: point.advisers, answeredInTime: EstimateSummary(point.figures[.serviceLevelOffered]),
                abandonment: EstimateSummary(point.figures[.abandonment]),
                occupancy: EstimateSummary(point.figures[.occupancy]),
                averageSpeedOfAnswerSeconds: EstimateSummary(point.figures[.averageSpeedOfAnswer]),
                answeredInTimeByQueue: point.queues.map { EstimateSummary($0[.serviceLevelOffered]) })
        }
        impossibleAdvisers = cliff.impossible
        advisersForEighty = cliff.advisers(answering: 0.8)
    }

    func tell() throws {
        let targets = queues.map { "\($0.name) \($0.targetSeconds.asTime)" }.joined(separator: ", ")
        var lines = [
            "\(scenario): \(replications.days), seed \(seed); in brackets 95 % intervals",
            "Advisers of all shifts together, each shift keeping its part; the scenario has \(plannedAdvisers.grouped).",
            "In time, of all who were offered: \(targets).", "",
            "advisers".rightColumn(9) + "  " + "in time".column(28) + "abandoned".column(28) + "speed of answer",
        ]
        lines += points.map { point in
            point.advisers.grouped.rightColumn(9) + "  " + FigureKind.share.words(point.answeredInTime).column(28)
                + FigureKind.share.words(point.abandonment).column(28)
                + FigureKind.time.words(point.averageSpeedOfAnswerSeconds)
        }
        if queues.count > 1 {
            lines += [
                "", "In time, queue by queue:",
                "advisers".rightColumn(9) + queues.map { "  " + String($0.name.prefix(24)).column(28) }.joined(),
            ]
            lines += points.map { point in
                point.advisers.grouped.rightColumn(9)
                    + point.answeredInTimeByQueue.map { "  " + FigureKind.share.words($0).column(28) }.joined()
            }
        }
        if let most = impossibleAdvisers.last {
            lines += ["", "With \(most.grouped) and fewer some queue has nobody at all: left out."]
        }
        if let advisersForEighty {
            lines += [
                "", "80 % are answered in time from about \(Int(advisersForEighty.rounded(.up)).grouped) advisers on.",
            ]
        }
        try Terminal.print(lines)
    }
}
