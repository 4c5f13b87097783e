import Values

// What happens to contacts. Each function does nothing when the event does not fit where the contact stands.
extension Router {
    mutating func arrive(_ contact: Contact) {
        if let known = tickets[contact.id] {
            guard known.stage == .over else { return }
            tickets[contact.id]?.contact = contact
            tickets[contact.id]?.stage = .waiting
            tickets[contact.id]?.refusals = []
            tickets[contact.id]?.isPreferenceOver = false
        } else {
            tickets[contact.id] = Ticket(contact, stage: .waiting)
        }
        openQueue(contact.queue)
        consider(contact.id)
        if match(contact.id) { return }
        if let state = queues[contact.queue], let longest = state.queue.longest, state.line.count >= longest {
            decisions.append(.turnedAway(contact.id))
            dropDemands(of: contact.id)
            tickets[contact.id]?.stage = .over
            forgetIfOver(contact.id)
            return
        }
        file(contact.id)
    }

    mutating func accept(_ id: Contact.ID, by adviser: Adviser.ID) {
        guard let (desk, until) = offer(of: id), desks[desk].adviser == adviser else { return }
        deadlines.remove(Deadline(at: until, kind: .offer, contact: id))
        tickets[id]?.stage = .active(desk: desk)
    }

    mutating func refuse(_ id: Contact.ID, by adviser: Adviser.ID) {
        guard let (desk, _) = offer(of: id), desks[desk].adviser == adviser else { return }
        takeBack(id)
        if tickets[id]?.contact.preferred?.adviser == adviser { tickets[id]?.isPreferenceOver = true }
        let until = clock.later(by: settings.refusalPause)
        guard until > clock else { return reopen(id) }
        tickets[id]?.refusals.append(Ticket.Refused(adviser: adviser, until: until))
        desks[desk].refusalsUntil = max(desks[desk].refusalsUntil, until)
        // It cannot be hers again, so it need not wait until the podiums know that she has room.
        consider(id)
        if !match(id) { file(id) }
    }

    mutating func end(_ id: Contact.ID) {
        guard let ticket = tickets[id], case .active(let desk) = ticket.stage else { return }
        tickets[id]?.stage = .over
        let limit = queues[ticket.contact.queue]?.terms.wrapUpLimit ?? 0
        guard limit > 0 else {
            decisions.append(.wrapUpEnded(id, by: desks[desk].adviser))
            free(desk, of: id, isWrapUp: false)
            forgetIfOver(id)
            return
        }
        // She may still finish up after the same contact from before it was passed on: that becomes this one.
        if let earlier = ticket.wrapUps.first(where: { $0.desk == desk }) { closeWrapUp(of: id, by: earlier) }
        let until = clock.later(by: limit)
        if let item = desks[desk].work.firstIndex(where: { $0.contact == id }) {
            desks[desk].work[item].isWrapUp = true
        }
        tickets[id]?.wrapUps.append(Ticket.WrapUp(desk: desk, until: until))
        deadlines.insert(Deadline(at: until, kind: .wrapUp, contact: id, adviser: desks[desk].adviser))
    }

    mutating func wrapUp(_ id: Contact.ID, by adviser: Adviser.ID?) {
        guard let ticket = tickets[id] else { return }
        let meant = ticket.wrapUps.first { adviser == nil || desks[$0.desk].adviser == adviser }
        guard let meant else { return }
        closeWrapUp(of: id, by: meant)
        forgetIfOver(id)
    }

    mutating func leave(_ id: Contact.ID) {
        guard let ticket = tickets[id] else { return }
        switch ticket.stage {
        case .waiting:
            queues[ticket.contact.queue]?.patience.note(wait: clock.wait(since: ticket.contact.arrivedAt), gaveUp: true)
            unfile(id)
            dropDemands(of: id)
        case .offered(let desk, _):
            decisions.append(.withdrawn(id, from: desks[desk].adviser))
            takeBack(id)
        case .active(let desk): free(desk, of: id, isWrapUp: false)
        case .over: break
        }
        for wrapUp in ticket.wrapUps { closeWrapUp(of: id, by: wrapUp) }
        tickets[id] = nil
    }

    /// The desk to which the contact is offered, and until when.
    private func offer(of id: Contact.ID) -> (desk: Int, until: Moment)? {
        guard case .offered(let desk, let until)? = tickets[id]?.stage else { return nil }
        return (desk, until)
    }

    /// Undoes an offer: the contact waits but stands in no line yet.
    mutating func takeBack(_ id: Contact.ID) {
        guard let (desk, until) = offer(of: id) else { return }
        deadlines.remove(Deadline(at: until, kind: .offer, contact: id))
        tickets[id]?.stage = .waiting
        desks[desk].work.removeAll { $0.contact == id && !$0.isWrapUp }
        stir(desk)
    }

    /// Ends one wrap-up.
    mutating func closeWrapUp(of id: Contact.ID, by wrapUp: Ticket.WrapUp) {
        tickets[id]?.wrapUps.removeAll { $0.desk == wrapUp.desk }
        let adviser = desks[wrapUp.desk].adviser
        deadlines.remove(Deadline(at: wrapUp.until, kind: .wrapUp, contact: id, adviser: adviser))
        free(wrapUp.desk, of: id, isWrapUp: true)
    }

    /// Work that she had taken is over: she is idle from now on, as far as it goes.
    mutating func free(_ desk: Int, of id: Contact.ID, isWrapUp: Bool) {
        let place = desks[desk].work.firstIndex { $0.contact == id && $0.isWrapUp == isWrapUp }
        guard let place else { return }
        let item = desks[desk].work.remove(at: place)
        stir(desk)
        desks[desk].idleSince = max(desks[desk].idleSince, clock)
        if let since = item.since { queues[item.queue]?.handling.note(clock.wait(since: since)) }
    }

    mutating func forgetIfOver(_ id: Contact.ID) {
        guard let ticket = tickets[id], ticket.stage == .over, ticket.wrapUps.isEmpty else { return }
        tickets[id] = nil
    }

    mutating func openQueue(_ id: Queue.ID) {
        guard queues[id] == nil else { return }
        queues[id] = QueueState(Queue(id: id), handlingTime: settings.handlingTime)
    }
}
