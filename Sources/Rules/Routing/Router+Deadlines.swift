import Values

// What comes due by itself.
extension Router {
    /// Brings the clock forward and does what is due, soonest first; then whoever is free is matched, all at once.
    mutating func catchUp(to now: Moment) {
        clock = max(clock, now)
        if !restored.isEmpty { settleRestored() }
        while let due = deadlines.first, due.at <= clock {
            deadlines.remove(due)
            come(due)
        }
        settle()
    }

    private mutating func come(_ due: Deadline) {
        switch due.kind {
        case .offer:
            if case .offered(let desk, _)? = tickets[due.contact]?.stage { miss(due.contact, at: desk) }
        case .wrapUp:
            guard let desk = deskOf[due.adviser],
                let wrapUp = tickets[due.contact]?.wrapUps.first(where: { $0.desk == desk })
            else { return }
            decisions.append(.wrapUpEnded(due.contact, by: due.adviser))
            closeWrapUp(of: due.contact, by: wrapUp)
            forgetIfOver(due.contact)
        case .overflow, .preference, .pause:
            // All of them may only let more advisers take the contact.
            reopen(due.contact)
        }
    }
}
