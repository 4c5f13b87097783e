import Values

// Who gets whom. Before each event no waiting contact fits a free adviser, so after it only what the event
// touched has to be looked at: a contact looks for its best adviser, a freed adviser for whose turn it is.
extension Router {
    /// Offers a waiting contact to the best adviser for it, if one has room; says whether it did.
    mutating func match(_ ticket: Int) -> Bool {
        guard tickets[ticket].stage == .waiting, let desk = desk(for: ticket) else { return false }
        offer(ticket, to: desk)
        refresh(desk)
        return true
    }

    private mutating func match(_ turn: Turn) -> Bool {
        guard let ticket = ticketOf[turn.contact] else { return false }
        return match(ticket)
    }

    /// Notes that a desk's work or state has changed.
    mutating func stir(_ desk: Int) {
        if stirred.last != desk { stirred.append(desk) }
    }

    /// Gives those whom the events since the last call touched whatever there is for them, in the contacts' order.
    mutating func settle() {
        if stirred.isEmpty, touched.isEmpty { return }
        if stirred.count == 1, touched.isEmpty {
            return serve(stirred.removeLast())
        }
        var desks: [Int] = []
        swap(&desks, &stirred)
        for desk in desks { refresh(desk) }
        if desks.count == 1 { settle(desks[0]) } else { settle(desks) }
    }

    /// One desk may have got room, nothing else has changed: it is the only one for whatever it may take.
    private mutating func serve(_ desk: Int) {
        while let turn = nextTurn(for: desk), let ticket = ticketOf[turn.contact] { offer(ticket, to: desk) }
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
                guard match(turn) else { continue }
            } else {
                guard let turn = next, match(turn) else { return }
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
        for desk in freed { abilities.each(of: desk) { isOpen[$0] = true } }
        var next = isOpen.indices.filter { isOpen[$0] }.map { (demand: $0, turn: heads[$0]) }
        while true {
            next.removeAll { $0.turn == .last || !hasSomebodyFree($0.demand) }
            let soonest = next.map(\.turn).min() ?? .last
            let isTouched = rest.first.map { $0 <= soonest } ?? false
            guard let turn = isTouched ? rest.popFirst() : soonest, turn < .last else { return }
            _ = match(turn)
            for index in next.indices where next[index].turn <= turn {
                next[index].turn = demands[next[index].demand].line.first(after: turn) ?? .last
            }
        }
    }

    private mutating func hasSomebodyFree(_ demand: Int) -> Bool {
        rankings[heads.channel(of: demand).index].first(for: demand, without: []) != nil
    }

    /// Tells the rankings how a desk is now. To be called before anybody is matched after her work or state changed.
    mutating func refresh(_ desk: Int) {
        let room = desks[desk].room
        while available.count <= desk >> 6 { available.append(0) }
        let bit: UInt64 = 1 << UInt64(desk & 63)
        if room.isAvailable { available[desk >> 6] |= bit } else { available[desk >> 6] &= ~bit }
        Channel.each { channel in
            let key = room.key(for: channel)
            guard desks[desk].keys[channel] != key else { return }
            unrank(desk, on: channel)
            desks[desk].keys[channel] = key
            rank(desk, on: channel)
        }
    }

    /// Puts a desk into the ranking, if it can take anything. It must not be in it.
    mutating func rank(_ desk: Int, on channel: Channel) {
        guard rankings[channel.index].isOpen, desks[desk].keys[channel] != Rank.noKey else { return }
        let rank = Rank(key: desks[desk].keys[channel], number: desks[desk].adviser.number)
        rankings[channel.index].insert(desk, rank, by: abilities)
    }

    /// Takes a desk out of the ranking, if it is in it.
    mutating func unrank(_ desk: Int, on channel: Channel) {
        guard rankings[channel.index].isOpen, desks[desk].keys[channel] != Rank.noKey else { return }
        let rank = Rank(key: desks[desk].keys[channel], number: desks[desk].adviser.number)
        rankings[channel.index].remove(desk, rank, by: abilities)
    }

    private mutating func desk(for ticket: Int) -> Int? {
        let channel = tickets[ticket].contact.channel
        if let desk = tickets[ticket].heldFor { return desks[desk].room.isThere(for: channel) ? desk : nil }
        var excluded: [Int] = []
        if !tickets[ticket].refusals.isEmpty {
            for refused in tickets[ticket].refusals where refused.until > clock {
                if let desk = deskOf[refused.adviser] { excluded.append(desk) }
            }
        }
        var best: (desk: Int, rank: Rank)?
        for choice in tickets[ticket].demands.indices {
            let demand = tickets[ticket].demands[choice]
            let found = rankings[channel.index].first(for: demand, without: excluded)
            if let found, found.rank < best?.rank ?? .none { best = found }
        }
        return best?.desk
    }

    /// Whose turn it is among the waiting contacts that this desk may take now.
    private mutating func nextTurn(for desk: Int) -> Turn? {
        let room = desks[desk].room
        guard room.isAvailable, !ticketOf.isEmpty else { return nil }
        var open: UInt8 = 0
        Channel.each { if room.isThere(for: $0) { open |= 1 << $0.index } }
        guard open != 0 else { return nil }
        var best = Turn.last
        for word in 0..<abilities.width {
            var rest = abilities[desk, word] & heads.waiting(inWord: word, on: open)
            while rest != 0 {
                best = min(best, heads[word * 64 + rest.trailingZeroBitCount])
                rest &= rest - 1
            }
        }
        if best < .last, desks[desk].refusalsUntil > clock { best = nextUnrefusedTurn(for: desk, room: open) }
        if desks[desk].held.isEmpty { return best < .last ? best : nil }
        for turn in desks[desk].held where turn < best {
            guard let ticket = ticketOf[turn.contact] else { continue }
            guard open & 1 << tickets[ticket].contact.channel.index != 0 else { continue }
            best = turn
        }
        return best < .last ? best : nil
    }

    /// The same among those who are in line, for a desk that may have refused some of them.
    private func nextUnrefusedTurn(for desk: Int, room: UInt8) -> Turn {
        let adviser = desks[desk].adviser
        var best = Turn.last
        abilities.each(of: desk) { demand in
            guard heads[demand] < best, room & 1 << heads.channel(of: demand).index != 0 else { return }
            let turn = demands[demand].line.first { turn in
                ticketOf[turn.contact].map { tickets[$0].isRefused(by: adviser, at: clock) } != true
            }
            if let turn { best = min(best, turn) }
        }
        return best
    }

    /// Offers a waiting contact to a desk that may take it. The desk must be refreshed after.
    private mutating func offer(_ ticket: Int, to desk: Int) {
        unfile(ticket)
        release(ticket)
        let (id, queue) = (tickets[ticket].contact.id, tickets[ticket].queue)
        let until = clock.later(by: queues[queue].terms.offerTimeout)
        let wait = clock.wait(since: tickets[ticket].contact.arrivedAt)
        queues[queue].patience.note(wait: wait, gaveUp: false)
        let channel = tickets[ticket].contact.channel
        tickets[ticket].goOut(to: desk, until: until)
        desks[desk].take(Desk.Item(contact: id, queue: queue, channel: channel, since: clock))
        deadlines.insert(Deadline(at: until, kind: .offer, contact: id))
        decisions.append(.offer(id, to: desks[desk].adviser, until: until))
    }
}
