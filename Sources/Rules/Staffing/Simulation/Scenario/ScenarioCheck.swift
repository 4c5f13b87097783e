internal import Routing
internal import Values

/// Looks a scenario through and gathers what is wrong with it. Places are those of a scenario file.
struct ScenarioCheck {
    private(set) var faults: [ScenarioFault] = []

    mutating func fault(_ place: String, _ reason: String) {
        faults.append(ScenarioFault(at: place, reason))
    }

    mutating func require(_ isRight: Bool, _ place: String, _ reason: @autoclosure () -> String) {
        if !isRight { fault(place, reason()) }
    }

    mutating func share(_ share: Double, _ place: String, most: Double = 1) {
        require(share >= 0 && share <= most, place, "This is a share from 0 to \(most.plain); \(share.plain) is none.")
    }

    mutating func number(_ number: Double, _ place: String, upTo most: Double) {
        require(
            number >= 0 && number <= most, place,
            "\(number.plain) makes no sense here. Give a number from 0 to \(most.plain).")
    }

    mutating func duration(_ duration: Duration, _ place: String, from least: Duration, to most: Duration) {
        require(
            duration >= least && duration <= most, place,
            "\(duration.inWords) makes no sense here. Give a time from \(least.inWords) to \(most.inWords).")
    }

    /// A distribution that can be drawn from, with a mean above zero unless `mayBeNone`.
    mutating func times(_ times: Times, _ place: String, mayBeNone: Bool = false, mayBeNever: Bool = false) {
        if times == .never {
            return require(mayBeNever, place, "This cannot last for ever. Give it a mean, as in {mean: 5m}.")
        }
        switch times {
        case .lognormal(_, let variation):
            require(
                variation > 0 && variation <= 10, "\(place).cv",
                "The coefficient of variation lies above 0 and is at most 10; \(variation.plain) is not.")
        case .weibull(_, let shape):
            require(
                shape >= 0.1 && shape <= 20, "\(place).shape",
                "A Weibull shape lies between 0.1 and 20; \(shape.plain) does not.")
        case .measured(let points):
            let isRising = zip(points, points.dropFirst()).allSatisfy { $0.share <= $1.share && $0.time <= $1.time }
            guard points.count >= 2, isRising, points.first?.share == 0, points.last?.share == 1,
                points.allSatisfy({ $0.time >= .zero })
            else {
                return fault(
                    "\(place).measured",
                    "Measured times are pairs of share and time that rise, from share 0 to share 1, as in "
                        + "[[0, 0s], [0.5, 3m], [1, 1h]].")
            }
        case .constant, .exponential, .never: break
        }
        let mean = times.meanSeconds
        let isInRange = (mayBeNone ? mean >= 0 : mean > 0) && mean <= Self.longest.inSeconds
        require(isInRange, place, mean == 0 ? "This takes no time at all. Give it a mean above 0." : Self.range(mean))
    }

    private static func range(_ mean: Double) -> String {
        "A mean of \(mean.plain) seconds makes no sense. It lies above 0 and is at most \(longest.inWords)."
    }

    /// The longest time that anything in a scenario may take.
    static let longest = Duration.hours(24)
    static let mostAdvisers = 100_000
    static let mostContacts = 5_000_000.0
    static let mostDays: Int64 = 31
}

extension Scenario {
    /// Everything in it that makes no sense; nothing where it can be simulated.
    public var faults: [ScenarioFault] {
        var check = ScenarioCheck()
        check.duration(interval, "interval", from: .minutes(1), to: .hours(24))
        check.number(dayVariation, "day-variation", upTo: 3)
        check.duration(refusalPause, "refusal-pause", from: .seconds(1), to: .hours(24))
        check.require(!queues.isEmpty, "queues", "Nobody comes: there is no queue. Name at least one.")
        check.require(!teams.isEmpty, "teams", "Nobody is there: there is no team. Name at least one.")
        check.unique(queues.map(\.name), "queues")
        check.unique(teams.map(\.name), "teams")
        for (index, queue) in queues.enumerated() { check.queue(queue, "queues[\(index)]") }
        for (index, team) in teams.enumerated() { check.team(team, "teams[\(index)]") }
        check.whole(self)
        // Who knows what is looked at once all else is right.
        if check.faults.isEmpty { check.skills(self) }
        return check.faults
    }
}

extension ScenarioCheck {
    mutating func unique(_ names: [String], _ place: String) {
        for (index, name) in names.enumerated() {
            let own = "\(place)[\(index)].name"
            require(!name.isEmpty && name.isOneLine, own, "A name is a text of one line.")
            require(!names[..<index].contains(name), own, "\"\(name)\" is there twice. Give each a name of its own.")
        }
    }

    /// What concerns the scenario in all.
    mutating func whole(_ scenario: Scenario) {
        require(
            scenario.advisers <= Self.mostAdvisers, "teams",
            "These are \(scenario.advisers) advisers. More than \(Self.mostAdvisers) are not simulated: is there a "
                + "digit too many?")
        require(
            scenario.expected <= Self.mostContacts, "queues",
            "\(scenario.expected.plain) contacts are expected. More than \(Self.mostContacts.plain) a day are not "
                + "simulated: is there a digit too many?")
        guard let measured = scenario.measured, scenario.interval > .zero else { return }
        let length = scenario.interval.milliseconds
        require(
            scenario.hours.clamped(to: measured) == measured, "measure",
            "The measured time is not within the day, which goes from \(scenario.hours.lowerBound.asTimeOfDay) to "
                + "\(scenario.hours.upperBound.asTimeOfDay).")
        require(
            measured.lowerBound.milliseconds % length == 0 && measured.upperBound.milliseconds % length == 0, "measure",
            "The measured time begins and ends where an interval of \(scenario.interval.inWords) does.")
        require(!measured.isEmpty, "measure", "The measured time is empty.")
    }

    /// Whether advisers know what is asked of them, and nobody asks in vain.
    mutating func skills(_ scenario: Scenario) {
        let held = Set(scenario.teams.flatMap(\.skills.keys))
        let asked = Set(scenario.queues.flatMap { Array($0.needs.keys) + $0.overflow.flatMap(\.needs.keys) })
        for (index, team) in scenario.teams.enumerated() {
            for skill in team.skills.keys.sorted() where !asked.contains(skill) {
                fault(
                    "teams[\(index)].skills.\(skill)",
                    "No queue asks for \"\(skill)\". Correct it, or leave it out. Asked for: "
                        + (asked.isEmpty ? "nothing." : asked.sorted().joined(separator: ", ") + "."))
            }
        }
        for (index, queue) in scenario.queues.enumerated() {
            for skill in queue.needs.keys.sorted() where !held.contains(skill) {
                fault("queues[\(index)].needs.\(skill)", "No team knows \"\(skill)\". Teach it to one, or correct it.")
            }
            answerable(queue, scenario.teams, "queues[\(index)]")
        }
    }

    private mutating func answerable(_ queue: PlannedQueue, _ teams: [PlannedTeam], _ place: String) {
        let asked = [queue.needs] + queue.overflow.map(\.needs)
        let able = teams.filter { team in
            (team.capacity.limits[queue.channel] ?? 0) > 0 && asked.contains { team.skills.meet($0) }
        }
        let isMet = able.contains { team in
            team.shifts.contains { $0.advisers > 0 && $0.time.overlaps(queue.open) }
        }
        require(
            isMet, place,
            able.isEmpty
                ? "Nobody can answer \"\(queue.name)\": no team takes its channel and has the skills at that level."
                : "Nobody is there to answer \"\(queue.name)\" while it is open. Give an able team a shift then.")
        guard queue.callbacks != nil else { return }
        require(
            able.contains { ($0.capacity.limits[.callback] ?? 0) > 0 }, "\(place).callbacks",
            "Nobody can call back: no able team takes callbacks.")
    }
}
