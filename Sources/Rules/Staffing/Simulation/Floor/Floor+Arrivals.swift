#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif
internal import Routing
internal import Values

/// Where the customers of a queue come from: one Poisson process, even within each stretch.
///
/// Each stretch has a branch of its own and stops where its time is over, which is exact because exponential gaps have no memory.
/// So a change of one stretch leaves the customers of all others as they were, and a change of its size
/// only brings the same customers closer together.
struct Source: Sendable {
    let draws: Draws
    /// How busy this day is.
    let factor: Double
    var stretch = 0
    /// The branch of this stretch.
    var own: Draws?
    /// How many came in this stretch, and where in it the last stood: gaps of mean 1, summed.
    var come: UInt64 = 0
    var reached = 0.0

    /// When the next customer comes, and what is drawn for her; nil when no more come.
    mutating func next(of stretches: [Layout.Stretch]) -> (time: Int64, draws: Draws)? {
        while stretch < stretches.count {
            let present = stretches[stretch]
            let size = present.expected * factor
            if size > 0 {
                let own = self.own ?? draws.branch(present.start)
                self.own = own
                let draws = own.branch(come)
                reached -= log(draws.uniform(Customer.Draw.gap.rawValue))
                if reached < size {
                    come += 1
                    return (present.start + Int64(reached / size * Double(present.length)), draws)
                }
            }
            stretch += 1
            own = nil
            come = 0
            reached = 0
        }
        return nil
    }
}

// How customers come, and come again.
extension Floor {
    mutating func openLine(_ line: Int) {
        let plan = layout.lines[line]
        tell(.queueChanged(plan.terms))
        let own = draws.branch("queue").branch(plan.name)
        let factor =
            Gamma.value(variation: layout.dayVariation, draws.branch("day"))
            * Gamma.value(variation: plan.dayVariation, own.branch("day"))
        sources.append(Source(draws: own, factor: factor))
        expectSomeone(on: line)
        agenda.plan(.closing, line, at: plan.closes)
    }

    private mutating func expectSomeone(on line: Int) {
        guard let next = sources[line].next(of: layout.lines[line].stretches) else { return }
        agenda.plan(.arrival, add(next.draws, line: line), at: next.time)
    }

    private mutating func add(_ draws: Draws, line: Int) -> Int {
        if let place = empty.popLast() {
            customers[Int(place)].come(draws, line: line)
            return Int(place)
        }
        customers.append(Customer(draws, line: line))
        return customers.count - 1
    }

    /// She is done: nothing that was planned for her happens any more.
    mutating func release(_ customer: Int) {
        customers[customer].go()
        empty.append(Int32(customer))
    }

    mutating func someoneArrives(on customer: Int) {
        expectSomeone(on: customers[customer].line)
        arrive(customer)
    }

    mutating func comeAgain(_ customer: Int) {
        customers[customer].attempt += 1
        customers[customer].isAnswered = false
        arrive(customer)
    }

    private mutating func arrive(_ customer: Int) {
        placeOf.append(Int32(customer))
        let id = Contact.ID(Int64(placeOf.count - 1))
        customers[customer].begin(id, at: now, countedIn: layout.interval(of: now) ?? -1)
        let isFirst = customers[customer].attempt == 1
        count(customer) { tally in
            tally.offered += 1
            tally.retrials += isFirst ? 0 : 1
        }
        wait(customer)
        guard customers[customer].isWaitingForAnswer else { return }
        let line = customers[customer].line
        if let after = layout.lines[line].callbacks?.after {
            let time = now + after.milliseconds
            if time < layout.lines[line].closes {
                agenda.plan(.callbackIsOffered, customer, at: time, mark: customers[customer].stay)
            }
        }
    }

    /// Lets the router know that she waits; her patience begins to run.
    mutating func wait(_ customer: Int) {
        customers[customer].wait()
        tell(.arrived(contact(customer)))
        beginPatience(customer)
    }

    /// What the router knows of her.
    @inline(__always)
    func contact(_ customer: Int) -> Contact {
        // One by one, here and below: a copy of the whole line would cost as much as an event.
        let line = customers[customer].line
        return Contact(
            id: customers[customer].id, queue: layout.lines[line].terms.id, needs: layout.lines[line].needs,
            priority: layout.lines[line].priority,
            arrivedAt: Moment(milliseconds: customers[customer].arrivedAt + Self.midnight),
            channel: customers[customer].isCallback ? .callback : layout.lines[line].channel)
    }

    mutating func beginPatience(_ customer: Int) {
        guard customers[customer].isWaitingForAnswer, !customers[customer].isCallback else { return }
        let share = customers[customer].uniform(.patience, customers[customer].stays)
        let patience = layout.lines[customers[customer].line].patience.milliseconds(share)
        guard patience < 1e12 else { return }
        agenda.plan(.patienceEnds, customer, at: now + Int64(patience.rounded()), mark: customers[customer].stay)
    }

    // MARK: - Going without an answer

    mutating func giveUp(_ customer: Int) {
        let wait = now - customers[customer].arrivedAt
        let isInTarget = wait <= layout.lines[customers[customer].line].target
        if customers[customer].isAnswered {
            count(customer) { $0.lostAfterDrop += 1 }
        } else {
            count(customer) { tally in
                tally.abandoned += 1
                tally.abandonedInTarget += isInTarget ? 1 : 0
                tally.longestWait = max(tally.longestWait, wait)
            }
        }
        customers[customer].state = .away
        // Whoever is rung for her gets no answer any more.
        customers[customer].step &+= 1
        tell(.left(customers[customer].id))
        perhapsAgain(customer)
    }

    mutating func turnAway(_ customer: Int) {
        customers[customer].state = .away
        if customers[customer].isCallback { return callLater(customer) }
        count(customer) { $0.turnedAway += 1 }
        perhapsAgain(customer)
    }

    /// Some come again, if the queue is still open then.
    private mutating func perhapsAgain(_ customer: Int) {
        let line = customers[customer].line
        let attempt = customers[customer].attempt
        let turn = UInt64(attempt)
        guard let retrials = layout.lines[line].retrials, attempt < retrials.most,
            customers[customer].uniform(.retrial, turn) < retrials.share
        else { return release(customer) }
        let after = layout.lines[line].retrialAfter.milliseconds(customers[customer].uniform(.retrialAfter, turn))
        guard after < 1e12, now + Int64(after) < layout.lines[line].closes else { return release(customer) }
        customers[customer].stay &+= 1
        agenda.plan(.comingAgain, customer, at: now + Int64(after.rounded()))
    }
}

extension Customer {
    /// Nobody has taken her yet.
    var isWaitingForAnswer: Bool { state == .waiting || state == .offered }
}
