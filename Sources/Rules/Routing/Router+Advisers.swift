import Values

// What happens to advisers and queues.
extension Router {
    mutating func change(_ adviser: Adviser) {
        let desk = deskOf[adviser.id] ?? openDesk(for: adviser.id)
        desks[desk].isKnown = true
        desks[desk].room.availability = adviser.availability
        desks[desk].room.limits = Limits(adviser.capacity)
        desks[desk].room.idleSince = max(desks[desk].room.idleSince, adviser.idleSince)
        teach(desk, adviser.skills)
        if !desks[desk].room.isAvailable { takeBackOffers(of: desk) }
        reconsider(desk)
    }

    mutating func remove(_ adviser: Adviser.ID) {
        guard let desk = deskOf[adviser] else { return }
        desks[desk].room.availability = .offline
        takeBackOffers(of: desk)
        for item in desks[desk].work {
            guard let ticket = ticketOf[item.contact] else { continue }
            if item.isWrapUp {
                decisions.append(.wrapUpEnded(item.contact, by: adviser))
                endWrapUp(of: ticket, at: desk)
            } else {
                decisions.append(.requeued(item.contact, from: adviser))
                tickets[ticket].stage = .waiting
                reopen(ticket)
            }
        }
        desks[desk].dropAll()
        reconsider(desk)
        refresh(desk)
        closeDesk(desk)
    }

    mutating func change(_ queue: Queue) {
        let place = openQueue(queue.id)
        let before = queues[place].queue
        queues[place].queue = queue
        guard before.headStart != queue.headStart || before.overflow != queue.overflow else { return }
        for turn in queues[place].line.elements {
            if let ticket = ticketOf[turn.contact] { reopen(ticket) }
        }
    }

    /// She let an offer run out.
    mutating func miss(_ ticket: Int, at desk: Int) {
        decisions.append(.missed(tickets[ticket].contact.id, by: desks[desk].adviser))
        takeBack(ticket)
        desks[desk].room.availability = .missed
        takeBackOffers(of: desk)
        reopen(ticket)
        reconsider(desk)
    }

    /// Lets those who wait for her alone, or would, wait as she is now.
    private mutating func reconsider(_ desk: Int) {
        stir(desk)
        // In any order: `settle` sorts them.
        for id in wishes[desks[desk].adviser] ?? [] {
            if let ticket = ticketOf[id] { reopen(ticket) }
        }
    }

    /// Takes back whatever she is offered.
    private mutating func takeBackOffers(of desk: Int) {
        for item in desks[desk].work where !item.isWrapUp {
            guard let ticket = ticketOf[item.contact], case .offered(desk, _) = tickets[ticket].stage else { continue }
            decisions.append(.withdrawn(item.contact, from: desks[desk].adviser))
            takeBack(ticket)
            reopen(ticket)
        }
    }

    private mutating func endWrapUp(of ticket: Int, at desk: Int) {
        guard let wrapUp = wrapUp(of: ticket, at: desk) else { return }
        tickets[ticket].wrapUps.removeAll { $0.desk == desk }
        let (id, adviser) = (tickets[ticket].contact.id, desks[desk].adviser)
        deadlines.remove(Deadline(at: wrapUp.until, kind: .wrapUp, contact: id, adviser: adviser))
        forgetIfOver(ticket)
    }

    mutating func openDesk(for adviser: Adviser.ID) -> Int {
        let desk: Int
        if let empty = emptyDesks.popLast() {
            desk = empty
            desks[desk] = Desk(adviser: adviser)
        } else {
            desk = desks.count
            desks.append(Desk(adviser: adviser))
        }
        deskOf[adviser] = desk
        // She may have refused something before she went and came back.
        desks[desk].refusalsUntil = clock.later(by: settings.refusalPause)
        learn(desk)
        return desk
    }

    private mutating func closeDesk(_ desk: Int) {
        abilities.clear(desk)
        stirred.removeAll { $0 == desk }
        deskOf[desks[desk].adviser] = nil
        desks[desk] = Desk(adviser: 0)
        emptyDesks.append(desk)
    }

    /// Sets her levels; if they are others than before, she meets other demands.
    private mutating func teach(_ desk: Int, _ skills: [Skill.ID: Int]) {
        var levels = [UInt8](repeating: 0, count: skillIndex.count)
        for (skill, level) in skills {
            let index = self.index(of: skill)
            while levels.count <= index { levels.append(0) }
            levels[index] = UInt8(clamping: level)
        }
        while levels.last == 0 { levels.removeLast() }
        guard levels != desks[desk].levels else { return }
        desks[desk].levels = levels
        Channel.each { unrank(desk, on: $0) }
        learn(desk)
        Channel.each { rank(desk, on: $0) }
    }

    /// Finds out which demands she meets. She must stand in no ranking.
    private mutating func learn(_ desk: Int) {
        abilities.clear(desk)
        for demand in demands.indices where desks[desk].meets(demands[demand].tests) { abilities.add(desk, demand) }
    }

    mutating func index(of skill: Skill.ID) -> Int {
        if let known = skillIndex[skill] { return known }
        let new = skillIndex.count
        skillIndex[skill] = new
        return new
    }
}
