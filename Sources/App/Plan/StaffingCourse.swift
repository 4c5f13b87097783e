import Foundation
import Staffing
import Tables
import Values

/// How many advisers each interval needs, for people and for programs. Each is taken by itself, as if it went on for ever: after a sharp
/// peak more are still waiting than that says.
struct StaffingCourse: Encodable {
    struct Interval: Encodable {
        let start: String
        let expected: Double
        let handlingSeconds: Double?
        let agents: Int
        /// Where shrinkage was given.
        let rosteredAgents: Int?
        let serviceLevel, occupancy, averageSpeedOfAnswerSeconds: Double?
    }

    let intervals: [Interval]
    let intervalSeconds: Double
    let formula: ServiceLevelFormula
    let withinSeconds: Double
    /// The most at any time.
    let mostAgents: Int
    /// Hours of advisers at the queue in all; and paid ones, where shrinkage was given.
    let agentHours: Double
    let rosteredHours: Double?

    private enum CodingKeys: CodingKey {
        case intervals, intervalSeconds, formula, withinSeconds, mostAgents, agentHours, rosteredHours
    }

    private let days: [(day: Day, most: Int, hours: Double, contacts: Double)]

    /// - Parameter question: what is asked of an interval; it is not asked of one to which nobody comes.
    init(
        _ table: StaffingTable.Intervals, in zone: TimeZone, by formula: ServiceLevelFormula, within: Duration,
        named name: String,
        _ question: (StaffingTable.Interval) throws -> StaffingQuestion
    ) throws {
        let hours = table.length.inSeconds / 3_600
        var intervals: [Interval] = []
        var days: [(day: Day, most: Int, hours: Double, contacts: Double)] = []
        for one in table.all {
            try Task.checkCancellation()
            let answer: StaffingAnswer?
            do {
                answer = one.contacts > 0 ? try question(one).answer() : nil
            } catch let refusal as StaffingRefusal {
                throw PlanFault("\(name), \(one.text): \(refusal.sentence)")
            }
            intervals.append(
                Interval(
                    start: one.start.written(in: zone), expected: one.contacts,
                    handlingSeconds: answer.map { $0.loadErlangs * table.length.inSeconds / one.contacts },
                    agents: answer?.agents ?? 0, rosteredAgents: answer.map(\.rosteredAgents) ?? nil,
                    serviceLevel: answer?.serviceLevel.level(by: formula), occupancy: answer?.occupancy,
                    averageSpeedOfAnswerSeconds: answer?.averageSpeedOfAnswerSeconds))
            let day = zone.wallClock(at: one.start).day
            if days.last?.day != day { days.append((day, 0, 0, 0)) }
            let agents = answer?.agents ?? 0
            let before = days[days.count - 1]
            days[days.count - 1] = (
                day, max(before.most, agents), before.hours + Double(agents) * hours, before.contacts + one.contacts
            )
        }
        self.intervals = intervals
        self.days = days
        intervalSeconds = table.length.inSeconds
        self.formula = formula
        withinSeconds = within.inSeconds
        mostAgents = intervals.map(\.agents).max() ?? 0
        agentHours = intervals.reduce(0) { $0 + Double($1.agents) } * hours
        let rostered = intervals.compactMap(\.rosteredAgents)
        rosteredHours = rostered.isEmpty ? nil : Double(rostered.reduce(0, +)) * hours
    }

    func write(to path: String, inputs: [String]) throws {
        let writer = try TableWriter(
            path,
            columns: [
                "start", TableColumn("expected", .number), TableColumn("agents", .integer),
                TableColumn("rostered", .integer), TableColumn("service_level", .number),
                TableColumn("occupancy", .number),
            ],
            inputs: inputs)
        for interval in intervals {
            writer.append(interval.start)
            writer.append(interval.expected)
            writer.append(interval.agents)
            if let rostered = interval.rosteredAgents { writer.append(rostered) } else { writer.appendMissing() }
            for value in [interval.serviceLevel, interval.occupancy] {
                if let value { writer.append(value) } else { writer.appendMissing() }
            }
            try writer.endRow()
        }
        try writer.finish()
    }

    func tell() throws {
        // A day is read interval by interval, more by the day.
        let isOneDay = days.count == 1
        var lines = [
            (isOneDay ? "start" : "day").column(28) + "contacts".rightColumn(12)
                + (isOneDay ? "advisers" : "most advisers").rightColumn(16)
                + (isOneDay ? "in time" : "adviser hours").rightColumn(16)
        ]
        if isOneDay {
            lines += intervals.filter { $0.expected > 0 }.map { one in
                one.start.column(28) + String(format: "%.1f", one.expected).rightColumn(12)
                    + one.agents.grouped.rightColumn(16)
                    + (one.serviceLevel?.asShare ?? "–").rightColumn(16)
            }
        } else {
            lines += days.map { day in
                "\(day.day)".column(28) + String(format: "%.1f", day.contacts).rightColumn(12)
                    + day.most.grouped.rightColumn(16)
                    + String(format: "%.1f", day.hours).rightColumn(16)
            }
        }
        let busy = intervals.count { ($0.occupancy ?? 0) > 0.9 }
        if busy > 0 {
            lines += [
                "",
                "In \(busy.grouped) intervals advisers are busy for over 90 %: for whole shifts ask with --max-occupancy 0.85.",
            ]
        }
        lines += ["", "In time is within \(withinSeconds.asTime), by \(formula.rawValue)."]
        lines += [
            "\(mostAgents.grouped) advisers at the most, \(String(format: "%.1f", agentHours)) hours at the queue in all."
        ]
        if let rosteredHours { lines.append("With shrinkage \(String(format: "%.1f", rosteredHours)) paid hours.") }
        lines.append("Each interval is staffed by itself. Try a day with a sharp peak out: touchdown plan simulate.")
        try Terminal.print(lines)
    }
}
