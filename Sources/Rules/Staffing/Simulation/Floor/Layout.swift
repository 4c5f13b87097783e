internal import Routing
internal import Values

/// A scenario made ready to be lived through many times: numbers for names, milliseconds for durations, samplers.
struct Layout: Sendable {
    struct Line: Sendable {
        let name: String
        let terms: Routing.Queue
        let channel: Channel
        let isChat: Bool
        let needs: [Need]
        let priority: Int
        let opens, closes: Int64
        let stretches: [Stretch]
        let dayVariation: Double
        let handling, patience: Sampler
        let wrapUp: Sampler?
        /// In milliseconds.
        let target: Int64
        let retrials: Retrials?
        let retrialAfter: Sampler
        let callbacks: CallbackOffer?
        /// The teams that may answer, its overflow included.
        let teams: [Int]
    }

    struct Stretch: Sendable {
        let start, length: Int64
        let expected: Double
    }

    struct Team: Sendable {
        let plan: PlannedTeam
        let skills: [Skill.ID: Int]
        let answering: Sampler
        let lineIsBack: Sampler
        /// In milliseconds; infinite for a line that holds.
        let dropsEvery: Double
        /// Every offer is answered at once.
        let isPrompt: Bool
        /// Which share of offers runs out, and which does or is refused.
        let missed, notTaken: Double
        /// Chats that one of them has side by side slow each other.
        let slowsChats: Bool
    }

    /// One adviser's place in the plan.
    struct Place: Sendable {
        let team: Int
        let shift: Int
        /// Which of the shift.
        let number: Int
    }

    let lines: [Line]
    let teams: [Team]
    let places: [Place]
    let settings: Settings
    let dayVariation: Double
    /// The intervals that are reported: their start, their length and their number.
    let start, interval: Int64
    let intervals: Int

    init(_ scenario: Scenario) {
        let names = Set(scenario.queues.flatMap { Array($0.needs.keys) + $0.overflow.flatMap { $0.needs.keys } })
            .union(scenario.teams.flatMap { $0.skills.keys }).sorted()
        var skills: [String: Skill.ID] = [:]
        for (index, name) in names.enumerated() { skills[name] = Skill.ID(Int64(index + 1)) }
        teams = scenario.teams.map { Team($0, skills) }
        lines = scenario.queues.enumerated().map { Line($1, number: $0 + 1, skills, scenario.teams) }
        var places: [Place] = []
        for (team, plan) in scenario.teams.enumerated() {
            for (shift, plan) in plan.shifts.enumerated() {
                for number in 0..<plan.advisers { places.append(Place(team: team, shift: shift, number: number)) }
            }
        }
        self.places = places
        settings = Settings(refusalPause: scenario.refusalPause)
        dayVariation = scenario.dayVariation
        let whole = scenario.measured ?? scenario.hours
        interval = scenario.interval.milliseconds
        start = whole.lowerBound.milliseconds / interval * interval
        intervals = Int((whole.upperBound.milliseconds - start + interval - 1) / interval)
    }

    /// The interval in which a time lies, if it is counted.
    func interval(of time: Int64) -> Int? {
        guard time >= start else { return nil }
        let index = Int((time - start) / interval)
        return index < intervals ? index : nil
    }
}

extension Scenario {
    /// From when somebody is there or may come, until nobody is planned any more.
    var hours: Range<Duration> {
        let times = queues.map(\.open) + teams.flatMap { $0.shifts.map(\.time) }
        guard let first = times.map(\.lowerBound).min(), let last = times.map(\.upperBound).max() else {
            return .zero..<(.hours(1))
        }
        return first..<last
    }
}

extension Layout.Line {
    init(_ queue: PlannedQueue, number: Int, _ skills: [String: Skill.ID], _ teams: [PlannedTeam]) {
        func needs(_ levels: SkillLevels) -> [Need] {
            levels.compactMap { name, level in skills[name].map { Need(skill: $0, level: level) } }.sorted()
        }
        name = queue.name
        channel = queue.channel
        isChat = queue.channel == .chat
        self.needs = needs(queue.needs)
        priority = queue.priority
        terms = Routing.Queue(
            id: Routing.Queue.ID(Int64(number)), headStart: queue.headStart, serviceTarget: queue.target,
            overflow: queue.overflow.map { OverflowStep(after: $0.after, needs: needs($0.needs)) },
            longest: queue.longest, offerTimeout: queue.offerTimeout,
            wrapUpLimit: queue.wrapUp == nil ? .zero : queue.wrapUpLimit ?? .days(30))
        opens = queue.open.lowerBound.milliseconds
        closes = queue.open.upperBound.milliseconds
        stretches = queue.arrivals.map { stretch in
            let start = stretch.time.lowerBound.milliseconds
            let length = stretch.time.upperBound.milliseconds - start
            return Layout.Stretch(start: start, length: length, expected: stretch.expected)
        }
        dayVariation = queue.dayVariation
        handling = Sampler(queue.handling)
        patience = Sampler(queue.patience)
        wrapUp = queue.wrapUp.map(Sampler.init)
        target = queue.target.milliseconds
        retrials = queue.retrials
        retrialAfter = Sampler(queue.retrials?.after ?? .never)
        callbacks = queue.callbacks
        let asked = [queue.needs] + queue.overflow.map(\.needs)
        self.teams = teams.indices.filter { team in
            (teams[team].capacity.limits[queue.channel] ?? 0) > 0
                && asked.contains { teams[team].skills.meet($0) }
        }
    }
}

extension Layout.Team {
    init(_ team: PlannedTeam, _ numbers: [String: Skill.ID]) {
        plan = team
        var skills: [Skill.ID: Int] = [:]
        for (name, level) in team.skills {
            if let number = numbers[name] { skills[number] = level }
        }
        self.skills = skills
        answering = Sampler(team.answering)
        lineIsBack = Sampler(team.line?.backAfter ?? .constant(.zero))
        dropsEvery = team.line.map { $0.dropsEvery.inSeconds * 1_000 } ?? .infinity
        missed = team.missed
        notTaken = team.missed + team.refused
        slowsChats = team.slowdown > 0
        isPrompt = team.missed == 0 && team.refused == 0 && team.answering == .constant(.zero)
    }
}

extension SkillLevels {
    /// Whether who holds these skills can do what is needed.
    func meet(_ needs: SkillLevels) -> Bool {
        needs.allSatisfy { (self[$0.key] ?? 0) >= $0.value }
    }
}
