import Values

// What happens to contacts. Each function does nothing when the event does not fit where the contact stands.
extension Router {
    mutating func arrive(_ contact: Contact) {
        let known = ticketOf[contact.id]
        if let known, tickets[known].stage != .over { return }
        let queue = openQueue(contact.queue)
        let ticket: Int
        if let known {
            ticket = known
            tickets[ticket].come(contact, to: queue)
        } else if let empty = emptyTickets.popLast() {
            ticket = empty
            tickets[ticket].come(contact, to: queue)
            ticketOf[contact.id] = ticket
        } else {
            ticket = openTicket(Ticket(contact, queue: queue, stage: .waiting))
        }
        consider(ticket)
        if match(ticket) { return }
        if let longest = queues[queue].queue.longest, queues[queue].line.count >= longest {
            decisions.append(.turnedAway(contact.id))
            dropDemands(of: ticket)
            tickets[ticket].stage = .over
            forgetIfOver(ticket)
            return
        }
        file(ticket)
    }

    mutating func accept(_ id: Contact.ID, by adviser: Adviser.ID) {
        guard let ticket = ticketOf[id], let (desk, until) = offer(of: ticket), desks[desk].adviser == adviser else {
            return
        }
        deadlines.remove(Deadline(at: until, kind: .offer, contact: id))
        tickets[ticket].stage = .active(desk: desk)
    }

    mutating func refuse(_ id: Contact.ID, by adviser: Adviser.ID) {
        guard let ticket = ticketOf[id], let (desk, _) = offer(of: ticket), desks[desk].adviser == adviser else {
            return
        }
        takeBack(ticket)
        if tickets[ticket].contact.preferred?.adviser == adviser { tickets[ticket].isPreferenceOver = true }
        let until = clock.later(by: settings.refusalPause)
        guard until > clock else { return reopen(ticket) }
        tickets[ticket].refusals.append(Ticket.Refused(adviser: adviser, until: until))
        desks[desk].refusalsUntil = max(desks[desk].refusalsUntil, until)
        // It cannot be hers again, so it need not wait until the rankings know that she has room.
        consider(ticket)
        if !match(ticket) { file(ticket) }
    }

    mutating func end(_ id: Contact.ID) {
        guard let ticket = ticketOf[id], case .active(let desk) = tickets[ticket].stage else { return }
        tickets[ticket].stage = .over
        let limit = queues[tickets[ticket].queue].terms.wrapUpLimit
        guard limit > 0 else {
            decisions.append(.wrapUpEnded(id, by: desks[desk].adviser))
            free(desk, of: id, isWrapUp: false)
            forgetIfOver(ticket)
            return
        }
        // She may still finish up after the same contact from before it was passed on: that becomes this one.
        if let earlier = wrapUp(of: ticket, at: desk) { closeWrapUp(of: ticket, by: earlier) }
        let until = clock.later(by: limit)
        desks[desk].finishUp(id)
        tickets[ticket].wrapUps.append(Ticket.WrapUp(desk: desk, until: until))
        deadlines.insert(Deadline(at: until, kind: .wrapUp, contact: id, adviser: desks[desk].adviser))
    }

    mutating func wrapUp(_ id: Contact.ID, by adviser: Adviser.ID?) {
        guard let ticket = ticketOf[id] else { return }
        let meant = tickets[ticket].wrapUps.first { adviser == nil || desks[$0.desk].adviser == adviser }
        guard let meant else { return }
        closeWrapUp(of: ticket, by: meant)
        forgetIfOver(ticket)
    }

    mutating func leave(_ id: Contact.ID) {
        guard let ticket = ticketOf[id] else { return }
        switch tickets[ticket].stage {
        case .waiting:
            let wait = clock.wait(since: tickets[ticket].contact.arrivedAt)
            queues[tickets[ticket].queue].patience.note(wait: wait, gaveUp: true)
            unfile(ticket)
            dropDemands(of: ticket)
        case .offered(let desk, _):
            decisions.append(.withdrawn(id, from: desks[desk].adviser))
            takeBack(ticket)
        case .active(let desk): free(desk, of: id, isWrapUp: false)
        case .over: break
        }
        while let wrapUp = tickets[ticket].wrapUps.first { closeWrapUp(of: ticket, by: wrapUp) }
        closeTicket(ticket)
    }

    /// The desk to which the contact is offered, and until when.
    private func offer(of ticket: Int) -> (desk: Int, until: Moment)? {
        guard case .offered(let desk, let until) = tickets[ticket].stage else { return nil }
        return (desk, until)
    }

    /// Undoes an offer: the contact waits but stands in no line yet.
    mutating func takeBack(_ ticket: Int) {
        guard let (desk, until) = offer(of: ticket) else { return }
        let id = tickets[ticket].contact.id
        deadlines.remove(Deadline(at: until, kind: .offer, contact: id))
        tickets[ticket].stage = .waiting
        _ = desks[desk].drop(id, isWrapUp: false)
        stir(desk)
    }

    func wrapUp(of ticket: Int, at desk: Int) -> Ticket.WrapUp? { tickets[ticket].wrapUps.first { $0.desk == desk } }

    /// Ends one wrap-up.
    mutating func closeWrapUp(of ticket: Int, by wrapUp: Ticket.WrapUp) {
        tickets[ticket].wrapUps.removeAll { $0.desk == wrapUp.desk }
        let id = tickets[ticket].contact.id
        let adviser = desks[wrapUp.desk].adviser
        deadlines.remove(Deadline(at: wrapUp.until, kind: .wrapUp, contact: id, adviser: adviser))
        free(wrapUp.desk, of: id, isWrapUp: true)
    }

    /// Work that she had taken is over: she is idle from now on, as far as it goes.
    mutating func free(_ desk: Int, of id: Contact.ID, isWrapUp: Bool) {
        guard let item = desks[desk].drop(id, isWrapUp: isWrapUp) else { return }
        stir(desk)
        desks[desk].room.idleSince = max(desks[desk].room.idleSince, clock)
        if let since = item.since { queues[item.queue].handling.note(clock.wait(since: since)) }
    }

    // MARK: - Coming to be known, and forgotten

    mutating func openTicket(_ new: Ticket) -> Int {
        let ticket: Int
        if let empty = emptyTickets.popLast() {
            ticket = empty
            tickets[ticket] = new
        } else {
            ticket = tickets.count
            tickets.append(new)
        }
        ticketOf[new.contact.id] = ticket
        return ticket
    }

    mutating func forgetIfOver(_ ticket: Int) {
        if tickets[ticket].stage == .over, tickets[ticket].wrapUps.isEmpty { closeTicket(ticket) }
    }

    private mutating func closeTicket(_ ticket: Int) {
        ticketOf[tickets[ticket].contact.id] = nil
        emptyTickets.append(ticket)
    }

    /// The queue's place; one that nobody told of has the rules of an unknown one.
    @discardableResult
    mutating func openQueue(_ id: Queue.ID) -> Int {
        if let known = queueOf[id] { return known }
        queueOf[id] = queues.count
        queues.append(QueueState(Queue(id: id), handlingTime: settings.handlingTime))
        return queues.count - 1
    }
}
