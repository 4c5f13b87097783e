internal import Routing
internal import Values

// What each queue and each team has to be.
extension ScenarioCheck {
    mutating func queue(_ queue: PlannedQueue, _ place: String) {
        require(
            queue.channel != .callback, "\(place).channel", "A queue takes calls or chats; callbacks come of calls.")
        hours(queue.open, "\(place).open")
        arrivals(queue, "\(place).arrivals")
        number(queue.dayVariation, "\(place).day-variation", upTo: 3)
        times(queue.handling, "\(place).handling")
        if let wrapUp = queue.wrapUp { times(wrapUp, "\(place).wrap-up") }
        if let limit = queue.wrapUpLimit {
            duration(limit, "\(place).wrap-up-limit", from: .seconds(1), to: Self.longest)
        }
        times(queue.patience, "\(place).patience", mayBeNever: true)
        duration(queue.target, "\(place).target", from: .zero, to: Self.longest)
        levels(queue.needs, "\(place).needs")
        require(
            (-100...100).contains(queue.priority), "\(place).priority",
            "A priority lies between -100 and 100; \(queue.priority) does not.")
        duration(queue.headStart, "\(place).head-start", from: .zero, to: Self.longest)
        duration(queue.offerTimeout, "\(place).offer-timeout", from: .seconds(1), to: .hours(1))
        if let longest = queue.longest {
            require(longest >= 0, "\(place).longest", "No fewer than 0 can wait; \(longest) is less.")
        }
        for (index, step) in queue.overflow.enumerated() {
            duration(step.after, "\(place).overflow[\(index)].after", from: .zero, to: Self.longest)
            levels(step.needs, "\(place).overflow[\(index)].needs")
        }
        if let retrials = queue.retrials { self.retrials(retrials, "\(place).retrials") }
        if let callbacks = queue.callbacks { self.callbacks(callbacks, of: queue, "\(place).callbacks") }
    }

    private mutating func hours(_ time: Range<Duration>, _ place: String) {
        require(
            time.lowerBound >= .zero && time.upperBound <= .days(Self.mostDays) && !time.isEmpty, place,
            "These hours do not begin before they end, or lie outside the day. Write them as 08:00-18:00.")
    }

    private mutating func arrivals(_ queue: PlannedQueue, _ place: String) {
        require(
            !queue.arrivals.isEmpty, place, "Nobody comes: there are no arrivals. Leave the queue out, or give some.")
        var end = Duration.zero
        for stretch in queue.arrivals {
            let from = stretch.time.lowerBound.asTimeOfDay
            let isNumber = stretch.expected.isFinite && stretch.expected >= 0
            require(
                isNumber, place,
                "\(stretch.expected.plain) contacts from \(from) make no sense. Give a number, 0 or more.")
            require(!stretch.time.isEmpty, place, "The arrivals from \(from) end before they begin.")
            require(
                stretch.time.lowerBound >= end, place,
                "The arrivals from \(from) overlap those before, which end at \(end.asTimeOfDay).")
            require(
                stretch.expected == 0 || queue.open.clamped(to: stretch.time) == stretch.time, place,
                "The arrivals from \(from) to \(stretch.time.upperBound.asTimeOfDay) lie outside the opening hours.")
            end = max(end, stretch.time.upperBound)
        }
    }

    mutating func levels(_ levels: SkillLevels, _ place: String) {
        for (skill, level) in levels.sorted(by: { $0.key < $1.key }) {
            require(
                Skill.levels.contains(level), "\(place).\(skill)",
                "A skill has a level from \(Skill.levels.lowerBound) to \(Skill.levels.upperBound); \(level) is none.")
        }
    }

    private mutating func retrials(_ retrials: Retrials, _ place: String) {
        share(retrials.share, "\(place).share")
        times(retrials.after, "\(place).after")
        require((1...100).contains(retrials.most), "\(place).most", "Somebody tries from 1 to 100 times at most.")
    }

    private mutating func callbacks(_ offer: CallbackOffer, of queue: PlannedQueue, _ place: String) {
        require(queue.channel == .call, place, "Only callers can be called back; this queue takes chats.")
        require(
            offer.after != nil || offer.atClosing, place,
            "A callback is offered after some time (after: 10m), or at closing (at-closing: true), or both.")
        if let after = offer.after { duration(after, "\(place).after", from: .zero, to: Self.longest) }
        share(offer.accepted, "\(place).accepted")
        share(offer.reached, "\(place).reached")
        duration(offer.dialling, "\(place).dialling", from: .seconds(1), to: .hours(1))
        duration(offer.again, "\(place).again", from: .seconds(1), to: Self.longest)
        require((1...100).contains(offer.tries), "\(place).tries", "Somebody is called from 1 to 100 times at most.")
    }

    // MARK: - Teams

    mutating func team(_ team: PlannedTeam, _ place: String) {
        levels(team.skills, "\(place).skills")
        capacity(team, place)
        number(team.slowdown, "\(place).slowdown", upTo: 10)
        number(team.spread, "\(place).spread", upTo: 3)
        times(team.answering, "\(place).answering", mayBeNone: true)
        share(team.missed, "\(place).missed", most: 0.9)
        share(team.refused, "\(place).refused", most: 0.9)
        require(
            team.missed + team.refused <= 0.9, "\(place).missed",
            "More than nine offers of ten are missed or refused. Give shares that together are at most 0.9.")
        duration(team.missedPause, "\(place).missed-pause", from: .seconds(1), to: Self.longest)
        if let line = team.line {
            duration(line.dropsEvery, "\(place).line.drops-every", from: .minutes(1), to: .days(3_650))
            times(line.backAfter, "\(place).line.back-after")
        }
        require(!team.shifts.isEmpty, "\(place).shifts", "The team has no shift. Give it one, or leave it out.")
        for (index, shift) in team.shifts.enumerated() { self.shift(shift, "\(place).shifts[\(index)]") }
    }

    private mutating func capacity(_ team: PlannedTeam, _ place: String) {
        let limits = team.capacity.limits
        for channel in Channel.allCases {
            let limit = limits[channel] ?? 0
            let most = channel == .chat ? 50 : 1
            require(
                (0...most).contains(limit), "\(place).does.\(channel.rawValue)s",
                "Nobody does \(limit) at once. Give a number from 0 to \(most).")
        }
        require(
            limits.values.contains { $0 > 0 }, "\(place).does",
            "The team takes nothing. Say what it does, as in {calls: 1} or {chats: 3}.")
    }

    private mutating func shift(_ shift: Shift, _ place: String) {
        hours(shift.time, place)
        require(
            (0...Self.mostAdvisers).contains(shift.advisers), "\(place).advisers",
            "\(shift.advisers) advisers make no sense. Give a number from 0 to \(Self.mostAdvisers).")
        var end = shift.time.lowerBound
        for (index, pause) in shift.breaks.enumerated() {
            let own = "\(place).breaks[\(index)]"
            duration(pause.length, "\(own).length", from: .seconds(1), to: Self.longest)
            require(
                pause.at >= end, own,
                index == 0
                    ? "The break at \(pause.at.asTimeOfDay) comes before the shift begins."
                    : "The break at \(pause.at.asTimeOfDay) overlaps the one before, which ends at \(end.asTimeOfDay).")
            end = max(end, pause.at + pause.length)
        }
        require(
            shift.breaks.isEmpty || end <= shift.time.upperBound, place,
            "The last break ends at \(end.asTimeOfDay), after the shift.")
    }
}
