import Foundation
import Staffing
import Values

/// What so many advisers give, for people and for programs.
struct StaffingAnswer: Encodable {
    struct Levels: Encodable {
        let offered, answeredOnly, excludingShortAbandons, shortAbandonsAsSuccess: Double

        func level(by formula: ServiceLevelFormula) -> Double {
            switch formula {
            case .offered: offered
            case .answeredOnly: answeredOnly
            case .excludingShortAbandons: excludingShortAbandons
            case .shortAbandonsAsSuccess: shortAbandonsAsSuccess
            }
        }
    }

    let agents: Int
    let probabilityOfWait: Double
    let serviceLevel: Levels
    let averageSpeedOfAnswerSeconds: Double
    let abandonment: Double
    let occupancy: Double

    let model: String
    let loadErlangs: Double
    let withinSeconds: Double
    let formula: ServiceLevelFormula
    /// Whether every goal is met; left out when none was given.
    let goalsMet: Bool?
    let averageWaitSeconds: Double
    let queueLength: Double
    let abandonmentWithin: Double
    /// How many times the root of the load is staffed beyond it.
    let beta: Double?
    /// Where chats are had at once.
    let chatsAtOnce: Int?
    /// Where shrinkage was given.
    let rosteredAgents: Int?
    /// Where people call again.
    let attemptsPerCustomer, servedInTheEnd: Double?

    private let hangsUp: Bool

    private enum CodingKeys: CodingKey {
        case agents, probabilityOfWait, serviceLevel, averageSpeedOfAnswerSeconds, abandonment, occupancy
        case model, loadErlangs, withinSeconds, formula, goalsMet, averageWaitSeconds, queueLength, abandonmentWithin
        case beta, chatsAtOnce, rosteredAgents, attemptsPerCustomer, servedInTheEnd
    }

    init(_ system: WaitingSystem, _ retrying: RetryingSystem?, _ question: StaffingQuestion) {
        let level = system.serviceLevel(within: question.within)
        agents = system.agents
        probabilityOfWait = system.probabilityOfWait
        serviceLevel = Levels(
            offered: level.offered, answeredOnly: level.answeredOnly,
            excludingShortAbandons: level.excludingShortAbandons, shortAbandonsAsSuccess: level.shortAbandonsAsSuccess)
        averageSpeedOfAnswerSeconds = system.averageSpeedOfAnswer.inSeconds
        abandonment = system.abandonment
        occupancy = system.occupancy
        model = system.name
        loadErlangs = system.demand.load
        withinSeconds = question.within.inSeconds
        formula = question.formula
        goalsMet = question.goals.isEmpty ? nil : question.goals.allSatisfy { $0.isMet(by: system) }
        averageWaitSeconds = system.averageWait.inSeconds
        queueLength = system.queueLength
        abandonmentWithin = system.abandonment(within: question.within)
        let chats = system.concurrency.chats
        beta =
            system.demand.load > 0 && chats == 1
            ? (Double(system.agents) - system.demand.load) / system.demand.load.squareRoot() : nil
        chatsAtOnce = chats > 1 ? chats : nil
        rosteredAgents = question.shrinkage?.rostered(for: system.agents)
        attemptsPerCustomer = retrying?.attemptsPerCustomer
        servedInTheEnd = retrying?.servedInTheEnd
        hangsUp = question.patience != nil
    }

    func tell() throws {
        let within = "within \(withinSeconds.asTime)"
        var lines = [
            row("advisers", "\(agents.grouped)"),
            row("load", String(format: "%.2f erlangs, by %@", loadErlangs, model)),
            row("service level \(within)", ""),
            row("  of all who came (offered)", serviceLevel.offered.asShare),
            row("  of those answered (answeredOnly)", serviceLevel.answeredOnly.asShare),
            row("  without short abandons (excludingShortAbandons)", serviceLevel.excludingShortAbandons.asShare),
            row("  short abandons as served (shortAbandonsAsSuccess)", serviceLevel.shortAbandonsAsSuccess.asShare),
            row("must wait at all", probabilityOfWait.asShare),
            row("average wait of those answered (ASA)", averageSpeedOfAnswerSeconds.asTime),
            row("average wait of all", averageWaitSeconds.asTime),
            row("hang up", "\(abandonment.asShare), \(abandonmentWithin.asShare) \(within)"),
            row("waiting at a time", String(format: "%.1f", queueLength)),
            row(
                chatsAtOnce == nil ? "advisers are busy (occupancy)" : "places for chats are taken (occupancy)",
                occupancy.asShare),
        ]
        if let chatsAtOnce { lines.insert(row("chats at once for each", "\(chatsAtOnce)"), at: 1) }
        if let rosteredAgents { lines.insert(row("on the rota, with shrinkage", rosteredAgents.grouped), at: 1) }
        if let attemptsPerCustomer, let servedInTheEnd {
            lines.append(row("calls each customer makes", String(format: "%.3f", attemptsPerCustomer)))
            lines.append(row("customers answered in the end", servedInTheEnd.asShare))
        }
        if !hangsUp {
            lines.append("Nobody is taken to hang up. If people do, say how long they wait: --patience 10m.")
        }
        if occupancy > 0.9, chatsAtOnce == nil {
            lines.append("Nobody works at over 90 % for long: for whole shifts ask with --max-occupancy 0.85.")
        }
        if goalsMet == false { lines.append("What was asked for is not met.") }
        try Terminal.print(lines)
    }

    private func row(_ name: String, _ value: String) -> String {
        value.isEmpty ? name : name.column(54) + value
    }
}

extension Double {
    /// With two digits after the point.
    var inTwo: String { String(format: "%.2f", self) }

    /// A share in per cent, with two digits after the point.
    var asShare: String { String(format: "%.2f %%", self * 100) }

    /// Seconds as a planner reads them: 12.3 s, 4:05 min, 2:30 h.
    var asTime: String {
        guard self >= 120 else { return String(format: self == rounded() ? "%.0f s" : "%.2f s", self) }
        let whole = Int(min(rounded(), 1e12))
        guard whole >= 7_200 else { return "\(whole / 60):\(String(format: "%02d", whole % 60)) min" }
        return "\(whole / 3_600):\(String(format: "%02d", whole / 60 % 60)) h"
    }
}

extension Int {
    /// `1 day`, `20 days`
    var days: String { self == 1 ? "1 day" : "\(self) days" }
}
