import Values

extension Router {
    /// Puts a contact where the tables say it stands, after a restart. It is not turned away however long the queue is.
    ///
    /// Nothing is decided at once: the next `apply` or `advance` does it, and `nextDeadline` asks for it. Whoever has
    /// not been told of by then as an adviser is gone: her offers are withdrawn, her active contacts
    /// requeued, her wrap-ups over. A contact that is known already is left as it is, but for a
    /// further `.wrapUp`, or a place to wait while others still finish up. Refusals are forgotten over a restart.
    public mutating func restore(_ contact: Contact, as work: Work) {
        defer { noteNextDeadline() }
        let queue = openQueue(contact.queue)
        if case .wrapUp(let adviser, let until) = work {
            restoreWrapUp(contact, in: queue, by: adviser, until: until)
            return
        }
        let known = ticketOf[contact.id]
        if let known, tickets[known].stage != .over { return }
        var ticket = Ticket(contact, queue: queue, stage: .waiting)
        if let known { ticket.wrapUps = tickets[known].wrapUps }
        restored.append(contact.id)
        switch work {
        case .waiting, .wrapUp: break
        case .offered(let adviser, let until):
            let desk = take(contact, in: queue, to: adviser)
            ticket.stage = .offered(desk: desk, until: until)
            deadlines.insert(Deadline(at: until, kind: .offer, contact: contact.id))
        case .active(let adviser):
            ticket.stage = .active(desk: take(contact, in: queue, to: adviser))
        }
        if let known { tickets[known] = ticket } else { _ = openTicket(ticket) }
    }

    private mutating func restoreWrapUp(_ contact: Contact, in queue: Int, by adviser: Adviser.ID, until: Moment) {
        let known = ticketOf[contact.id]
        if let known, let desk = deskOf[adviser], wrapUp(of: known, at: desk) != nil { return }
        let desk = take(contact, in: queue, to: adviser, isWrapUp: true)
        let ticket = known ?? openTicket(Ticket(contact, queue: queue, stage: .over))
        tickets[ticket].wrapUps.append(Ticket.WrapUp(desk: desk, until: until))
        deadlines.insert(Deadline(at: until, kind: .wrapUp, contact: contact.id, adviser: adviser))
        restored.append(contact.id)
    }

    private mutating func take(
        _ contact: Contact, in queue: Int, to adviser: Adviser.ID, isWrapUp: Bool = false
    ) -> Int {
        let desk = deskOf[adviser] ?? openDesk(for: adviser)
        desks[desk].take(
            Desk.Item(contact: contact.id, queue: queue, channel: contact.channel, since: nil, isWrapUp: isWrapUp))
        refresh(desk)
        return desk
    }

    /// Looks at all that was restored, now that the advisers should be known.
    mutating func settleRestored() {
        let ids = restored
        restored = []
        for id in ids {
            guard let ticket = ticketOf[id] else { continue }
            if case .offered(let desk, _) = tickets[ticket].stage, desks[desk].isKnown, !desks[desk].room.isAvailable {
                decisions.append(.withdrawn(id, from: desks[desk].adviser))
                takeBack(ticket)
            }
            if tickets[ticket].stage == .waiting { reopen(ticket) }
        }
        for id in ids {
            for desk in desksConcerned(by: id) where !desks[desk].isKnown { remove(desks[desk].adviser) }
        }
    }

    private func desksConcerned(by id: Contact.ID) -> [Int] {
        guard let ticket = ticketOf[id].map({ tickets[$0] }) else { return [] }
        let finishing = ticket.wrapUps.map(\.desk)
        switch ticket.stage {
        case .offered(let desk, _), .active(let desk): return finishing + [desk]
        case .waiting, .over: return finishing
        }
    }
}
