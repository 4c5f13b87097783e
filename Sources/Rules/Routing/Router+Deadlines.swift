import Values

// What comes due by itself.
extension Router {
    /// Brings the clock forward and does what is due, soonest first; then whoever is free is matched, all at once.
    mutating func catchUp(to now: Moment) {
        clock = max(clock, now)
        if !restored.isEmpty { settleRestored() }
        while let due = deadlines.first, due.at <= clock {
            deadlines.remove(due)
            if let ticket = ticketOf[due.contact] { come(due, for: ticket) }
        }
        settle()
    }

    private mutating func come(_ due: Deadline, for ticket: Int) {
        switch due.kind {
        case .offer:
            if case .offered(let desk, _) = tickets[ticket].stage { miss(ticket, at: desk) }
        case .wrapUp:
            guard let desk = deskOf[due.adviser], let wrapUp = wrapUp(of: ticket, at: desk) else { return }
            decisions.append(.wrapUpEnded(due.contact, by: due.adviser))
            closeWrapUp(of: ticket, by: wrapUp)
            forgetIfOver(ticket)
        case .overflow, .preference, .pause:
            // All of them may only let more advisers take the contact.
            reopen(ticket)
        }
    }
}
