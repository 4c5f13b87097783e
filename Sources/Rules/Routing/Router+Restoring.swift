import Values

extension Router {
    /// Puts a contact where the tables say it stands, after a restart. It is not turned away however long the queue is.
    ///
    /// Nothing is decided at once: the next `apply` or `advance` does it, and `nextDeadline` asks for it. Whoever has
    /// not been told of by then as an adviser is gone: her offers are withdrawn, her active contacts
    /// requeued, her wrap-ups over. A contact that is known already is left as it is, but for a
    /// further `.wrapUp`, or a place to wait while others still finish up. Refusals are forgotten over a restart.
    public mutating func restore(_ contact: Contact, as work: Work) {
        openQueue(contact.queue)
        if case .wrapUp(let adviser, let until) = work {
            restoreWrapUp(contact, by: adviser, until: until)
            return
        }
        guard tickets[contact.id].map({ $0.stage == .over }) ?? true else { return }
        let wrapUps = tickets[contact.id]?.wrapUps ?? []
        var ticket = Ticket(contact, stage: .waiting)
        ticket.wrapUps = wrapUps
        restored.append(contact.id)
        switch work {
        case .waiting, .wrapUp: break
        case .offered(let adviser, let until):
            let desk = take(contact, to: adviser)
            ticket.stage = .offered(desk: desk, until: until)
            deadlines.insert(Deadline(at: until, kind: .offer, contact: contact.id))
        case .active(let adviser):
            ticket.stage = .active(desk: take(contact, to: adviser))
        }
        tickets[contact.id] = ticket
    }

    private mutating func restoreWrapUp(_ contact: Contact, by adviser: Adviser.ID, until: Moment) {
        if let desk = deskOf[adviser], tickets[contact.id]?.wrapUps.contains(where: { $0.desk == desk }) == true {
            return
        }
        let desk = take(contact, to: adviser, isWrapUp: true)
        if tickets[contact.id] == nil { tickets[contact.id] = Ticket(contact, stage: .over) }
        tickets[contact.id]?.wrapUps.append(Ticket.WrapUp(desk: desk, until: until))
        deadlines.insert(Deadline(at: until, kind: .wrapUp, contact: contact.id, adviser: adviser))
        restored.append(contact.id)
    }

    private mutating func take(_ contact: Contact, to adviser: Adviser.ID, isWrapUp: Bool = false) -> Int {
        let desk = deskOf[adviser] ?? openDesk(for: adviser)
        desks[desk].work.append(
            Desk.Item(
                contact: contact.id, queue: contact.queue, channel: contact.channel, since: nil, isWrapUp: isWrapUp))
        refresh(desk)
        return desk
    }

    /// Looks at all that was restored, now that the advisers should be known.
    mutating func settleRestored() {
        let ids = restored
        restored = []
        for id in ids {
            if case .offered(let desk, _)? = tickets[id]?.stage, desks[desk].isKnown, !desks[desk].isAvailable {
                decisions.append(.withdrawn(id, from: desks[desk].adviser))
                takeBack(id)
            }
            if tickets[id]?.stage == .waiting { reopen(id) }
        }
        for id in ids {
            for desk in desksConcerned(by: id) where !desks[desk].isKnown { remove(desks[desk].adviser) }
        }
    }

    private func desksConcerned(by id: Contact.ID) -> [Int] {
        guard let ticket = tickets[id] else { return [] }
        let finishing = ticket.wrapUps.map(\.desk)
        switch ticket.stage {
        case .offered(let desk, _), .active(let desk): return finishing + [desk]
        case .waiting, .over: return finishing
        }
    }
}
