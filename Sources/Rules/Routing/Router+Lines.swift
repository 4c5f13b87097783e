import Values

// How a contact waits: which demands it has, for whom alone, and in which lines it stands.
extension Router {
    func turn(of id: Contact.ID) -> Turn { ticketOf[id].map { tickets[$0].turn } ?? .last }

    /// Lets a waiting contact stand as it should by now, and be looked at.
    mutating func reopen(_ ticket: Int) {
        unfile(ticket)
        consider(ticket)
        file(ticket)
        touched.append(tickets[ticket].contact.id)
    }

    /// Works out anew how a contact waits. It must stand in no line.
    mutating func consider(_ ticket: Int) {
        let queue = tickets[ticket].queue
        let channel = tickets[ticket].contact.channel
        let arrivedAt = tickets[ticket].contact.arrivedAt
        release(ticket)
        var found = Choices()
        ask(tickets[ticket].contact.needs, in: queue, on: channel, into: &found)
        var nextStep: Moment?
        if !queues[queue].terms.overflow.isEmpty {
            for step in queues[queue].terms.overflow {
                let due = arrivedAt.later(by: step.after)
                if due <= clock {
                    ask(step.needs, in: nil, on: channel, into: &found)
                } else {
                    nextStep = min(nextStep ?? due, due)
                }
            }
        }
        let turn = Turn(of: tickets[ticket].contact, headStart: queues[queue].terms.headStart)
        let holder = tickets[ticket].contact.preferred == nil ? nil : desk(holding: ticket, with: found)
        tickets[ticket].stand(turn, among: found, heldFor: holder, nextStep: nextStep, at: clock)
    }

    /// The desk for which alone a contact has to wait now, if there is one.
    private func desk(holding ticket: Int, with found: Choices) -> Int? {
        guard let preferred = tickets[ticket].preference(at: clock), let desk = deskOf[preferred.adviser] else {
            return nil
        }
        let room = desks[desk].room
        guard room.isAvailable, room.limits[tickets[ticket].contact.channel] > 0,
            found.contains(where: { desks[desk].meets(demands[$0].tests) })
        else { return nil }
        return desk
    }

    /// Puts a waiting contact into its lines and sets its deadlines.
    mutating func file(_ ticket: Int) {
        guard tickets[ticket].stage == .waiting, !tickets[ticket].isFiled else { return }
        tickets[ticket].isFiled = true
        let (turn, queue) = (tickets[ticket].turn, tickets[ticket].queue)
        queues[queue].insert(turn, arrival: tickets[ticket].arrival)
        if let desk = tickets[ticket].heldFor {
            let place = desks[desk].held.firstIndex { $0 > turn } ?? desks[desk].held.count
            desks[desk].held.insert(turn, at: place)
        } else {
            for choice in tickets[ticket].demands.indices {
                let demand = tickets[ticket].demands[choice]
                demands[demand].line.insert(turn)
                if turn < heads[demand] { heads[demand] = turn }
            }
        }
        let id = tickets[ticket].contact.id
        if let step = tickets[ticket].nextStep { deadlines.insert(Deadline(at: step, kind: .overflow, contact: id)) }
        if let preferred = tickets[ticket].preference(at: clock) {
            wishes[preferred.adviser, default: []].insert(id)
            deadlines.insert(Deadline(at: preferred.until, kind: .preference, contact: id))
        }
        if tickets[ticket].refusals.isEmpty { return }
        for refused in tickets[ticket].refusals {
            deadlines.insert(Deadline(at: refused.until, kind: .pause, contact: id, adviser: refused.adviser))
        }
    }

    /// Takes a waiting contact out of its lines, and its deadlines away.
    mutating func unfile(_ ticket: Int) {
        guard tickets[ticket].isFiled else { return }
        tickets[ticket].isFiled = false
        let (turn, queue) = (tickets[ticket].turn, tickets[ticket].queue)
        queues[queue].remove(turn, arrival: tickets[ticket].arrival)
        if let desk = tickets[ticket].heldFor {
            desks[desk].held.removeAll { $0 == turn }
        } else {
            for choice in tickets[ticket].demands.indices {
                let demand = tickets[ticket].demands[choice]
                demands[demand].line.remove(turn)
                if heads[demand] == turn { heads[demand] = demands[demand].line.first ?? .last }
            }
        }
        let id = tickets[ticket].contact.id
        if let step = tickets[ticket].nextStep { deadlines.remove(Deadline(at: step, kind: .overflow, contact: id)) }
        if let preferred = tickets[ticket].contact.preferred, wishes[preferred.adviser]?.remove(id) != nil {
            deadlines.remove(Deadline(at: preferred.until, kind: .preference, contact: id))
            if wishes[preferred.adviser]?.isEmpty == true { wishes[preferred.adviser] = nil }
        }
        if tickets[ticket].refusals.isEmpty { return }
        for refused in tickets[ticket].refusals {
            deadlines.remove(Deadline(at: refused.until, kind: .pause, contact: id, adviser: refused.adviser))
        }
    }

    /// `queue` is the one whose contacts mostly ask for just this.
    private mutating func ask(_ needs: [Need], in queue: Int?, on channel: Channel, into found: inout Choices) {
        let index: Int
        if let queue, let asked = queues[queue].asked, asked.channel == channel, asked.needs == needs {
            index = asked.demand
            demandsAsked += 1
            demands[index].lastAsked = demandsAsked
        } else {
            index = demand(for: Demand.Key(needs, on: channel))
            if let queue { queues[queue].asked = QueueState.Asked(needs: needs, channel: channel, demand: index) }
        }
        guard !found.contains(where: { $0 == index }) else { return }
        found.append(index)
        demands[index].askers += 1
    }

    mutating func dropDemands(of ticket: Int) {
        release(ticket)
        tickets[ticket].demands = Choices()
    }

    /// Asks no more for the demands that it has, which are to be replaced.
    mutating func release(_ ticket: Int) {
        // One by one, here and above: a copy of all would count up and down the references of its memory.
        for choice in tickets[ticket].demands.indices { demands[tickets[ticket].demands[choice]].askers -= 1 }
    }
}
