import Values

// Who gets whom. Before each event no waiting contact fits a free adviser, so after it only what the event
// touched has to be looked at: a contact looks for its best adviser, a freed adviser for whose turn it is.
extension Router {
    /// Offers a waiting contact to the best adviser for it, if one has room; says whether it did.
    mutating func match(_ id: Contact.ID) -> Bool {
        guard let ticket = tickets[id], ticket.stage == .waiting, let desk = desk(for: ticket) else { return false }
        offer(id, to: desk)
        refresh(desk)
        return true
    }

    /// Notes that a desk's work or state has changed.
    mutating func stir(_ desk: Int) {
        if stirred.last != desk { stirred.append(desk) }
    }

    /// Gives those whom the events since the last call touched whatever there is for them, in the contacts' order.
    mutating func settle() {
        guard !touched.isEmpty || !stirred.isEmpty else { return }
        var desks: [Int] = []
        swap(&desks, &stirred)
        if desks.count == 1, touched.isEmpty { return serve(desks[0]) }
        for desk in desks { refresh(desk) }
        if desks.count == 1 { settle(desks[0]) } else { settle(desks) }
    }

    /// One desk may have got room, nothing else has changed: it is the only one for whatever it may take.
    private mutating func serve(_ desk: Int) {
        while let turn = nextTurn(for: desk) { offer(turn.contact, to: desk) }
        refresh(desk)
    }

    /// One desk may have got room, and some contacts may go to more advisers than before.
    private mutating func settle(_ desk: Int) {
        var rest = touched.map { turn(of: $0) }.sorted()[...]
        touched = []
        var next = nextTurn(for: desk)
        while true {
            if let turn = rest.first, turn <= next ?? .last {
                rest.removeFirst()
                guard match(turn.contact) else { continue }
            } else {
                guard let turn = next, match(turn.contact) else { return }
            }
            next = nextTurn(for: desk)
        }
    }

    /// The same for many at once, in time in proportion to the offers made and the demands, not to their product with
    /// the desks. Room only shrinks meanwhile, so who found nobody once need not be tried again.
    private mutating func settle(_ freed: [Int]) {
        var ids: [Contact.ID] = []
        swap(&ids, &touched)
        for desk in freed { ids += desks[desk].held.map(\.contact) }
        var rest = ids.map { turn(of: $0) }.sorted()[...]
        var isOpen = [Bool](repeating: false, count: demands.count)
        for desk in freed { for demand in desks[desk].demands { isOpen[Int(demand)] = true } }
        var next = isOpen.indices.filter { isOpen[$0] }.map { (demand: $0, turn: heads[$0].turn) }
        while true {
            next.removeAll { $0.turn == .last || !hasSomebodyFree($0.demand) }
            let soonest = next.map(\.turn).min() ?? .last
            let isTouched = rest.first.map { $0 <= soonest } ?? false
            guard let turn = isTouched ? rest.popFirst() : soonest, turn < .last else { return }
            _ = match(turn.contact)
            for index in next.indices where next[index].turn <= turn {
                next[index].turn = demands[next[index].demand].line.first(after: turn) ?? .last
            }
        }
    }

    private func hasSomebodyFree(_ demand: Int) -> Bool {
        demands[demand].advisers.first(without: [], by: ranks[heads[demand].channel.index]) != nil
    }

    /// Tells the podiums how a desk is now. To be called before anybody is matched after her work or state changed.
    mutating func refresh(_ desk: Int) {
        while available.count <= desk >> 6 { available.append(0) }
        let bit: UInt64 = 1 << UInt64(desk & 63)
        if desks[desk].isAvailable { available[desk >> 6] |= bit } else { available[desk >> 6] &= ~bit }
        var changed: UInt8 = 0
        for channel in Channel.allCases {
            let rank = desks[desk].rank(for: channel)
            guard ranks[channel.index].keys[desk] != rank else { continue }
            ranks[channel.index].set(desk, to: rank, number: desks[desk].adviser)
            changed |= 1 << channel.index
        }
        if changed == 0 { return }
        for demand in desks[desk].demands {
            let channel = heads[Int(demand)].channel.index
            guard changed & 1 << channel != 0 else { continue }
            demands[Int(demand)].advisers.refresh(desk, by: ranks[channel])
        }
    }

    private func desk(for ticket: Ticket) -> Int? {
        let channel = ticket.contact.channel
        if let desk = ticket.heldFor { return desks[desk].hasRoom(for: channel) ? desk : nil }
        var excluded: [Int] = []
        for refused in ticket.refusals where refused.until > clock {
            if let desk = deskOf[refused.adviser] { excluded.append(desk) }
        }
        var best: Int32 = -1
        for demand in ticket.demands {
            let found = demands[demand].advisers.first(without: excluded, by: ranks[channel.index])
            if let found { best = ranks[channel.index].better(best, Int32(found)) }
        }
        return best < 0 ? nil : Int(best)
    }

    /// Whose turn it is among the waiting contacts that this desk may take now.
    private func nextTurn(for desk: Int) -> Turn? {
        guard desks[desk].isAvailable, !tickets.isEmpty else { return nil }
        var room: UInt8 = 0
        for channel in Channel.allCases where desks[desk].hasRoom(for: channel) { room |= 1 << channel.index }
        guard room != 0 else { return nil }
        var best = Turn.last
        for demand in desks[desk].demands {
            let head = heads[Int(demand)]
            if head.turn < best, room & 1 << head.channel.index != 0 { best = head.turn }
        }
        if best < .last, desks[desk].refusalsUntil > clock { best = nextUnrefusedTurn(for: desk, room: room) }
        for turn in desks[desk].held where turn < best {
            guard let channel = tickets[turn.contact]?.contact.channel, room & 1 << channel.index != 0 else { continue }
            best = turn
        }
        return best < .last ? best : nil
    }

    /// The same among those who are in line, for a desk that may have refused some of them.
    private func nextUnrefusedTurn(for desk: Int, room: UInt8) -> Turn {
        let adviser = desks[desk].adviser
        var best = Turn.last
        for demand in desks[desk].demands {
            let head = heads[Int(demand)]
            guard head.turn < best, room & 1 << head.channel.index != 0 else { continue }
            let turn = demands[Int(demand)].line.first {
                tickets[$0.contact]?.isRefused(by: adviser, at: clock) != true
            }
            if let turn { best = min(best, turn) }
        }
        return best
    }

    /// Offers a waiting contact to a desk that may take it. The desk must be refreshed after.
    private mutating func offer(_ id: Contact.ID, to desk: Int) {
        guard let ticket = tickets[id] else { return }
        unfile(id)
        for demand in ticket.demands { demands[demand].askers -= 1 }
        let contact = ticket.contact
        let until = clock.later(by: queues[contact.queue]?.terms.offerTimeout ?? 1)
        queues[contact.queue]?.patience.note(wait: clock.wait(since: contact.arrivedAt), gaveUp: false)
        tickets[id]?.goOut(to: desk, until: until)
        desks[desk].work.append(
            Desk.Item(contact: id, queue: contact.queue, channel: contact.channel, since: clock))
        deadlines.insert(Deadline(at: until, kind: .offer, contact: id))
        decisions.append(.offer(id, to: desks[desk].adviser, until: until))
    }
}
