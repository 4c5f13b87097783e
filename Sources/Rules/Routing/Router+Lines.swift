import Values

// How a contact waits: which demands it has, for whom alone, and in which lines it stands.
extension Router {
    func turn(of id: Contact.ID) -> Turn { tickets[id]?.turn ?? .last }

    /// Lets a waiting contact stand as it should by now, and be looked at.
    mutating func reopen(_ id: Contact.ID) {
        unfile(id)
        consider(id)
        file(id)
        touched.append(id)
    }

    /// Works out anew how a contact waits. It must stand in no line.
    mutating func consider(_ id: Contact.ID) {
        guard let ticket = tickets[id], let terms = queues[ticket.contact.queue]?.terms else { return }
        let contact = ticket.contact
        var found: [Int] = []
        for demand in ticket.demands { demands[demand].askers -= 1 }
        ask(contact.needs, on: contact.channel, into: &found)
        var nextStep: Moment?
        for step in terms.overflow {
            let due = contact.arrivedAt.later(by: step.after)
            if due <= clock {
                ask(step.needs, on: contact.channel, into: &found)
            } else {
                nextStep = min(nextStep ?? due, due)
            }
        }
        let turn = Turn(of: contact, headStart: terms.headStart)
        let holder = desk(holding: ticket, with: found)
        tickets[id]?.stand(turn, among: found, heldFor: holder, nextStep: nextStep, at: clock)
    }

    /// The desk for which alone a contact has to wait now, if there is one.
    private func desk(holding ticket: Ticket, with found: [Int]) -> Int? {
        guard let preferred = ticket.preference(at: clock), let desk = deskOf[preferred.adviser] else { return nil }
        guard desks[desk].isAvailable, desks[desk].limits[ticket.contact.channel] > 0,
            found.contains(where: { desks[desk].meets(demands[$0].tests) })
        else { return nil }
        return desk
    }

    /// Puts a waiting contact into its lines and sets its deadlines.
    mutating func file(_ id: Contact.ID) {
        guard let ticket = tickets[id], ticket.stage == .waiting, !ticket.isFiled else { return }
        tickets[id]?.isFiled = true
        queues[ticket.contact.queue]?.line.insert(ticket.turn)
        queues[ticket.contact.queue]?.arrivals.insert(ticket.arrival)
        if let desk = ticket.heldFor {
            let place = desks[desk].held.firstIndex { $0 > ticket.turn } ?? desks[desk].held.count
            desks[desk].held.insert(ticket.turn, at: place)
        } else {
            for demand in ticket.demands {
                demands[demand].line.insert(ticket.turn)
                if ticket.turn < heads[demand].turn { heads[demand].turn = ticket.turn }
            }
        }
        if let step = ticket.nextStep { deadlines.insert(Deadline(at: step, kind: .overflow, contact: id)) }
        if let preferred = ticket.preference(at: clock) {
            wishes[preferred.adviser, default: []].insert(id)
            deadlines.insert(Deadline(at: preferred.until, kind: .preference, contact: id))
        }
        for refused in ticket.refusals {
            deadlines.insert(Deadline(at: refused.until, kind: .pause, contact: id, adviser: refused.adviser))
        }
    }

    /// Takes a waiting contact out of its lines, and its deadlines away.
    mutating func unfile(_ id: Contact.ID) {
        guard let ticket = tickets[id], ticket.isFiled else { return }
        tickets[id]?.isFiled = false
        queues[ticket.contact.queue]?.line.remove(ticket.turn)
        queues[ticket.contact.queue]?.arrivals.remove(ticket.arrival)
        if let desk = ticket.heldFor {
            desks[desk].held.removeAll { $0 == ticket.turn }
        } else {
            for demand in ticket.demands {
                demands[demand].line.remove(ticket.turn)
                if heads[demand].turn == ticket.turn { heads[demand].turn = demands[demand].line.first ?? .last }
            }
        }
        if let step = ticket.nextStep { deadlines.remove(Deadline(at: step, kind: .overflow, contact: id)) }
        if let preferred = ticket.contact.preferred, wishes[preferred.adviser]?.remove(id) != nil {
            deadlines.remove(Deadline(at: preferred.until, kind: .preference, contact: id))
            if wishes[preferred.adviser]?.isEmpty == true { wishes[preferred.adviser] = nil }
        }
        for refused in ticket.refusals {
            deadlines.remove(Deadline(at: refused.until, kind: .pause, contact: id, adviser: refused.adviser))
        }
    }

    private mutating func ask(_ needs: [Need], on channel: Channel, into found: inout [Int]) {
        let index = demand(for: Demand.Key(needs, on: channel))
        guard !found.contains(index) else { return }
        found.append(index)
        demands[index].askers += 1
    }

    mutating func dropDemands(of id: Contact.ID) {
        for index in tickets[id]?.demands ?? [] { demands[index].askers -= 1 }
        tickets[id]?.demands = []
    }
}

extension Ticket {
    /// Its place by arrival alone, for the longest wait.
    var arrival: Turn { Turn(key: contact.arrivedAt.milliseconds, contact: contact.id) }
}
