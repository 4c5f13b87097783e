#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif
internal import Routing
internal import Values

// Advisers: shifts, breaks, missed offers, lines that drop.
extension Floor {
    mutating func openSeat(_ place: Int) {
        let place = layout.places[place]
        let team = layout.teams[place.team]
        let own = draws.branch("team").branch(team.plan.name).branch(Int64(place.shift)).branch(Int64(place.number))
        // Lognormal with mean 1, from a draw that no line drop uses.
        let square = log1p(team.plan.spread * team.plan.spread)
        let factor =
            square > 0 ? exp(square.squareRoot() * Normal.quantile(own.uniform(0)) - square / 2) : 1
        seats.append(Seat(team: place.team, shift: place.shift, draws: own, factor: factor))
        let shift = team.plan.shifts[place.shift]
        agenda.plan(.step, seats.count - 1, at: shift.time.lowerBound.milliseconds)
    }

    private func shift(of seat: Int) -> Shift { layout.teams[seats[seat].team].plan.shifts[seats[seat].shift] }

    /// The next step of her shift: it begins, a break is due, it ends.
    mutating func takeStep(_ seat: Int) {
        let shift = shift(of: seat)
        if seats[seat].duty == .off {
            seats[seat].duty = .on
            expectDrop(seat)
            planStep(seat)
        } else if seats[seat].nextBreak < shift.breaks.count {
            seats[seat].breaksDue += 1
            seats[seat].nextBreak += 1
            planStep(seat)
        } else {
            seats[seat].isLeaving = true
        }
        standAsShe(seat)
        rest(seat)
    }

    private mutating func planStep(_ seat: Int) {
        let shift = shift(of: seat)
        let next = seats[seat].nextBreak
        let time = next < shift.breaks.count ? shift.breaks[next].at : shift.time.upperBound
        agenda.plan(.step, seat, at: max(now, time.milliseconds))
    }

    /// With nothing in hand she goes home, or on the break that is due.
    private mutating func rest(_ seat: Int) {
        guard seats[seat].inHand == 0, seats[seat].duty != .off else { return }
        if seats[seat].isLeaving {
            seats[seat].duty = .off
            let end = shift(of: seat).time.upperBound.milliseconds
            // Counted with the shift that it prolongs, also where it goes on after the last interval.
            if layout.interval(of: end - 1) != nil { day.overtime += max(0, now - end) }
            seatsToCome -= 1
            standAsShe(seat)
            endIfAllAreGone()
        } else if seats[seat].breaksDue > 0, seats[seat].duty == .on {
            let due = seats[seat].nextBreak - seats[seat].breaksDue
            seats[seat].breaksDue -= 1
            seats[seat].duty = .onBreak
            agenda.plan(.breakEnds, seat, at: now + shift(of: seat).breaks[due].length.milliseconds)
            standAsShe(seat)
        }
    }

    mutating func endBreak(_ seat: Int) {
        guard seats[seat].duty == .onBreak else { return }
        seats[seat].duty = .on
        seats[seat].hasMissed = false
        standAsShe(seat)
        rest(seat)
    }

    mutating func comeBackFromMiss(_ seat: Int) {
        guard seats[seat].hasMissed else { return }
        seats[seat].hasMissed = false
        standAsShe(seat)
    }

    /// Lets the router know how she stands now, if that is news.
    private mutating func standAsShe(_ seat: Int) {
        let standing = seats[seat].standing
        guard standing != seats[seat].told else { return recount(seat) }
        seats[seat].told = standing
        if standing == .gone {
            tell(.adviserGone(adviser(seat)))
        } else {
            let team = layout.teams[seats[seat].team]
            let availability: Availability =
                switch standing {
                case .available: .available
                case .missed: .missed
                case .paused, .gone: .paused
                }
            tell(
                .adviserChanged(
                    Adviser(
                        id: adviser(seat), skills: team.skills, availability: availability,
                        capacity: team.plan.capacity, idleSince: moment)))
        }
        recount(seat)
    }

    // MARK: - Lines at home

    /// The time to the next drop is drawn for her and runs while she is signed in.
    private mutating func expectDrop(_ seat: Int) {
        let mean = layout.teams[seats[seat].team].dropsEvery
        guard mean.isFinite else { return }
        seats[seat].drops += 1
        let wait = -mean * log(seats[seat].draws.uniform(2 * seats[seat].drops))
        if wait < 1e12 { agenda.plan(.lineDrops, seat, at: now + Int64(wait.rounded())) }
    }

    mutating func dropLine(_ seat: Int) {
        guard seats[seat].duty != .off else { return }
        seats[seat].hasLineDropped = true
        standAsShe(seat)
        let share = seats[seat].draws.uniform(2 * seats[seat].drops + 1)
        let back = layout.teams[seats[seat].team].lineIsBack.milliseconds(share)
        if back < 1e12 { agenda.plan(.lineIsBack, seat, at: now + Int64(back.rounded())) }
    }

    mutating func bringLineBack(_ seat: Int) {
        seats[seat].hasLineDropped = false
        guard seats[seat].duty != .off else { return }
        seats[seat].hasMissed = false
        expectDrop(seat)
        standAsShe(seat)
    }

    // MARK: - Work in hand

    mutating func take(on seat: Int) {
        seats[seat].inHand += 1
        recount(seat)
    }

    mutating func release(from seat: Int) {
        seats[seat].inHand -= 1
        recount(seat)
        if seats[seat].inHand == 0 { rest(seat) }
    }

    // MARK: - Counting time

    /// Free is whoever the router may offer something and who has nothing; busy is whoever has something in hand.
    mutating func recount(_ seat: Int) {
        let isBusy = seats[seat].inHand > 0
        let isStaffed = isBusy || seats[seat].told == .available
        guard isBusy != seats[seat].isBusy || isStaffed != seats[seat].isStaffed else { return }
        let team = seats[seat].team
        settle(team)
        counters[team].busy += (isBusy ? 1 : 0) - (seats[seat].isBusy ? 1 : 0)
        counters[team].staffed += (isStaffed ? 1 : 0) - (seats[seat].isStaffed ? 1 : 0)
        seats[seat].isBusy = isBusy
        seats[seat].isStaffed = isStaffed
    }

    /// Adds the time since the last change, all of which lies in one interval: at each of their ends this is called.
    mutating func settle(_ team: Int) {
        let since = counters[team].since
        counters[team].since = now
        guard now > since, let interval = layout.interval(of: since) else { return }
        day.staff[team][interval].add(now - since, staffed: counters[team].staffed, busy: counters[team].busy)
    }
}

/// How many of a team are there and busy, and since when.
struct TeamCounter: Sendable {
    var staffed = 0
    var busy = 0
    var since: Int64 = 0
}
