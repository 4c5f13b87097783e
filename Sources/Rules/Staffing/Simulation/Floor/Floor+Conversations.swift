internal import Routing
internal import Values

// From the offer to the end of the wrap-up.
extension Floor {
    /// Her desk rings: she answers, refuses, or lets the offer run out.
    mutating func ring(_ customer: Int, at seat: Int) {
        customers[customer].ring(at: seat)
        take(on: seat)
        let place = seats[seat].team
        if layout.teams[place].isPrompt { return answer(customer) }
        let turn = customers[customer].offers
        let fate = customers[customer].uniform(.offer, turn)
        if fate < layout.teams[place].missed { return }
        let delay = layout.teams[place].answering.milliseconds(customers[customer].uniform(.answering, turn))
        // What comes after the offer has run out, the router has called missed by then.
        guard delay < 1e12 else { return }
        let kind: Agenda.Kind = fate < layout.teams[place].notTaken ? .refusal : .answer
        agenda.plan(kind, customer, at: now + Int64(delay.rounded()), mark: customers[customer].step)
    }

    mutating func answer(_ customer: Int) {
        let seat = customers[customer].seat
        tell(.accepted(customers[customer].id, by: adviser(seat)))
        customers[customer].talk(since: now)
        if customers[customer].isCallback {
            call(customer)
        } else if !customers[customer].isAnswered {
            noteAnswer(customer)
        }
        if customers[customer].remaining < 0 {
            let share = customers[customer].uniform(.work)
            customers[customer].remaining = layout.lines[customers[customer].line].handling.milliseconds(share)
        }
        beginTalk(customer, at: seat)
    }

    private mutating func noteAnswer(_ customer: Int) {
        customers[customer].isAnswered = true
        let wait = now - customers[customer].arrivedAt
        let isInTarget = wait <= layout.lines[customers[customer].line].target
        count(customer) { tally in
            tally.answered += 1
            tally.handled += 1
            tally.answeredInTarget += isInTarget ? 1 : 0
            tally.waitOfAnswered += wait
            tally.longestWait = max(tally.longestWait, wait)
        }
    }

    mutating func refuse(_ customer: Int) {
        let seat = customers[customer].seat
        customers[customer].state = .waiting
        customers[customer].step &+= 1
        customers[customer].seat = -1
        tell(.refused(customers[customer].id, by: adviser(seat)))
        release(from: seat)
    }

    mutating func miss(_ customer: Int, at seat: Int) {
        withdraw(customer, from: seat)
        seats[seat].hasMissed = true
        seats[seat].told = .missed
        seats[seat].misses += 1
        seats[seat].missMark &+= 1
        let pause = layout.teams[seats[seat].team].plan.missedPause.milliseconds
        agenda.plan(.missIsOver, seat, at: now + pause, mark: seats[seat].missMark)
        recount(seat)
    }

    /// The offer is no more; unless she has gone, she waits as before.
    mutating func withdraw(_ customer: Int, from seat: Int) {
        if customers[customer].state == .offered {
            customers[customer].state = .waiting
            customers[customer].step &+= 1
            customers[customer].seat = -1
        }
        release(from: seat)
    }

    mutating func endTalk(_ customer: Int) {
        let line = customers[customer].line
        let seat = customers[customer].seat
        leaveTalk(customer, at: seat)
        customers[customer].finishUp(since: now)
        var hasWrapUp = false
        if !customers[customer].isUnreached, let wrapUp = layout.lines[line].wrapUp {
            hasWrapUp = true
            let length = wrapUp.milliseconds(customers[customer].uniform(.wrapUp)) * seats[seat].factor
            let end = now + Int64(min(length, 1e12).rounded())
            agenda.plan(.wrapUpEnds, customer, at: end, mark: customers[customer].step)
        }
        tell(.ended(customers[customer].id))
        // Where the router knows of a wrap-up but there is none, she says at once that she has finished.
        if !hasWrapUp, customers[customer].state == .wrapUp { endWrapUp(customer) }
    }

    mutating func endWrapUp(_ customer: Int) {
        let seat = customers[customer].seat
        tell(.wrappedUp(customers[customer].id, by: adviser(seat)))
        finish(customer)
    }

    /// All is done for her; the adviser is free of her.
    mutating func finish(_ customer: Int) {
        let seat = customers[customer].seat
        let length = now - customers[customer].since
        if length > 0 { count(customer) { $0.handling += length } }
        if customers[customer].isUnreached { callLater(customer) } else { release(customer) }
        release(from: seat)
    }

    /// Her line dropped: the customer waits again, before all who came later, and goes on where they were.
    mutating func cutOff(_ customer: Int, from seat: Int) {
        leaveTalk(customer, at: seat)
        customers[customer].step &+= 1
        customers[customer].seat = -1
        count(customer) { $0.drops += 1 }
        customers[customer].state = .waiting
        customers[customer].stay &+= 1
        customers[customer].stays += 1
        customers[customer].isUnreached = false
        beginPatience(customer)
        release(from: seat)
    }

    // MARK: - How fast a conversation goes

    private mutating func beginTalk(_ customer: Int, at seat: Int) {
        customers[customer].pacedSince = now
        if isSlowedByOthers(customer, at: seat) {
            seats[seat].chats.append(Int32(customer))
            repace(seat)
        } else {
            pace(customer, at: 1 / seats[seat].factor)
        }
    }

    /// Takes note of what is left of a conversation that stops now.
    private mutating func leaveTalk(_ customer: Int, at seat: Int) {
        let talked = now - customers[customer].since
        // Dialling in vain is no handling of anybody, though it keeps her busy.
        if !customers[customer].isUnreached { count(customer) { $0.handling += talked } }
        let done = Double(now - customers[customer].pacedSince) * customers[customer].pace
        customers[customer].remaining = max(0, customers[customer].remaining - done)
        guard isSlowedByOthers(customer, at: seat) else { return }
        seats[seat].chats.removeAll { $0 == Int32(customer) }
        repace(seat)
    }

    @inline(__always)
    private func isSlowedByOthers(_ customer: Int, at seat: Int) -> Bool {
        layout.teams[seats[seat].team].slowsChats && layout.lines[customers[customer].line].isChat
    }

    /// How many chats she has has changed: all of them go faster or slower from now on.
    private mutating func repace(_ seat: Int) {
        let slowdown = layout.teams[seats[seat].team].plan.slowdown
        let others = Double(max(0, seats[seat].chats.count - 1))
        let rate = 1 / (seats[seat].factor * (1 + slowdown * others))
        for chat in seats[seat].chats {
            let customer = Int(chat)
            let done = Double(now - customers[customer].pacedSince) * customers[customer].pace
            if customers[customer].pacedSince < now {
                customers[customer].remaining = max(0, customers[customer].remaining - done)
            }
            customers[customer].step &+= 1
            pace(customer, at: rate)
        }
    }

    private mutating func pace(_ customer: Int, at rate: Double) {
        customers[customer].pace = rate
        customers[customer].pacedSince = now
        let end = now + Int64(min(customers[customer].remaining / rate, 1e12).rounded())
        agenda.plan(.talkEnds, customer, at: end, mark: customers[customer].step)
    }
}
