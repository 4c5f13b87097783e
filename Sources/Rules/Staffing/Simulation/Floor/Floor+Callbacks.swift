internal import Routing
internal import Values

// Who is called back, keeping the place in the queue.
extension Floor {
    /// She may give up waiting in exchange for a promise. Whoever is being offered to somebody is nearly there.
    mutating func offerCallback(_ customer: Int) {
        guard customers[customer].state == .waiting, !customers[customer].isCallback, !customers[customer].isAnswered,
            let offer = layout.lines[customers[customer].line].callbacks,
            customers[customer].uniform(.callback, UInt64(customers[customer].attempt)) < offer.accepted
        else { return }
        customers[customer].isCallback = true
        customers[customer].stay &+= 1
        count(customer) { $0.callbacks += 1 }
        tell(.left(customers[customer].id))
        tell(.arrived(contact(customer)))
    }

    /// An adviser calls: she answers, or some time is lost.
    mutating func call(_ customer: Int) {
        guard let offer = layout.lines[customers[customer].line].callbacks, !customers[customer].isAnswered else {
            return
        }
        customers[customer].calls += 1
        let isReached = customers[customer].uniform(.reached, customers[customer].calls) < offer.reached
        customers[customer].isUnreached = !isReached
        if isReached {
            customers[customer].remaining = -1
            customers[customer].isAnswered = true
            let wait = now - customers[customer].arrivedAt
            count(customer) { tally in
                tally.callbacksKept += 1
                tally.handled += 1
                tally.waitForCallback += wait
            }
        } else {
            customers[customer].remaining = offer.dialling.inSeconds * 1_000
        }
    }

    /// She did not answer; she is called again, unless it was the last time.
    mutating func callLater(_ customer: Int) {
        customers[customer].isUnreached = false
        customers[customer].state = .away
        customers[customer].seat = -1
        guard let offer = layout.lines[customers[customer].line].callbacks,
            customers[customer].calls < UInt64(offer.tries), !isOver
        else { return failCallback(customer) }
        agenda.plan(.callbackAgain, customer, at: now + offer.again.milliseconds)
    }

    mutating func callAgain(_ customer: Int) {
        if isOver { return failCallback(customer) }
        customers[customer].state = .waiting
        customers[customer].stay &+= 1
        tell(.arrived(contact(customer)))
    }

    private mutating func failCallback(_ customer: Int) {
        count(customer) { $0.callbacksFailed += 1 }
        release(customer)
    }

    // MARK: - The end of the day

    mutating func closeLine(_ line: Int) {
        openLines -= 1
        if layout.lines[line].callbacks?.atClosing == true {
            for customer in customers.indices where customers[customer].line == line { offerCallback(customer) }
        }
        endIfAllAreGone()
    }

    /// Once everything is closed and the last adviser has gone, whoever still waits is not served.
    mutating func endIfAllAreGone() {
        guard openLines == 0, seatsToCome == 0, !isOver else { return }
        isOver = true
        for customer in customers.indices where customers[customer].isWaitingForAnswer {
            let id = customers[customer].id
            customers[customer].state = .away
            tell(.left(id))
            if customers[customer].isCallback, !customers[customer].isAnswered {
                failCallback(customer)
            } else {
                let (wait, isAnswered) = (now - customers[customer].arrivedAt, customers[customer].isAnswered)
                count(customer) { tally in
                    tally.unserved += isAnswered ? 0 : 1
                    tally.lostAfterDrop += isAnswered ? 1 : 0
                    tally.longestWait = max(tally.longestWait, wait)
                }
                release(customer)
            }
        }
    }
}
