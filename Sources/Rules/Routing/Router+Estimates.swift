public import Values

// How long somebody has still to wait. The queue-length estimate of Ibrahim and Whitt ("Real-time delay
// estimation in overloaded multiserver queues with abandonments", 2009): with n ahead, s places for work that
// take T each, and those who wait giving up at the rate r,
//     sum over i = 0...n of 1 / (s / T + i r).
// With shared skills, n counts everybody ahead whom the same advisers may help, by the share of the work that falls to
// them: an adviser who meets k of the demands that wait counts 1/k for each.
extension Router {
    /// How long a waiting contact has still to wait: present staffing, lately measured handling times and patience.
    ///
    /// Nil when it does not wait or when nobody is available who may take it. It knows nothing of advisers who are about
    /// to come or go, nor of later contacts with a higher priority. Measured in `RoutingTests/EstimateTests` (random
    /// arrivals, slight overload, told on arrival): median error 25 % in a single queue, which is what chance alone leaves;
    /// 26 % with shared skills, where the median estimate is 10 % too long. One in ten is off by 80 % and 100 %.
    public func estimatedWait(of contact: Contact.ID, at now: Moment) -> Duration? {
        guard let ticket = ticketOf[contact].map({ tickets[$0] }), ticket.isFiled else { return nil }
        let everybody = staff(of: nil)
        let byAnybody = estimate(
            ticket.turn, by: staff(of: ticket.demands.indices.map { ticket.demands[$0] }), among: everybody,
            for: ticket.contact)
        guard let desk = ticket.heldFor, let preferred = ticket.contact.preferred else { return byAnybody }
        let byHer = estimate(ticket.turn, by: [desk], among: everybody, for: ticket.contact)
        let later = byAnybody.map { $0 + .milliseconds(preferred.until.wait(since: now)) }
        return [byHer, later].compactMap { $0 }.min()
    }

    /// How long a contact would have to wait that came to this queue now; zero when somebody is free for it.
    ///
    /// Nil when nobody is available who may take it, or when nobody ever had these needs and none were expected.
    public func estimatedWait(
        forNewIn queue: Queue.ID, needs: [Need] = [], channel: Channel = .call, priority: Int = 0, at now: Moment
    ) -> Duration? {
        let contact = Contact(
            id: Contact.ID(.max), queue: queue, needs: needs, priority: priority, arrivedAt: now, channel: channel)
        guard let demand = demandOf[Demand.Key(needs, on: channel)] else { return nil }
        var ranking = rankings[channel.index]
        if ranking.first(for: demand, without: []) != nil { return .zero }
        let turn = Turn(
            of: contact, headStart: (queueOf[queue].map { queues[$0].queue } ?? Queue(id: queue)).headStart.bounded)
        return estimate(turn, by: staff(of: [demand]), among: staff(of: nil), for: contact)
    }

    /// Gets ready for contacts with these needs before the first has come, so that an estimate can be given for it.
    public mutating func expect(_ needs: [Need], on channel: Channel = .call) {
        _ = demand(for: Demand.Key(needs, on: channel))
    }

    private func estimate(_ turn: Turn, by staff: [Int], among everybody: [Int], for contact: Contact) -> Duration? {
        var places = 0
        for desk in staff { places += desks[desk].room.limits[contact.channel] }
        guard places > 0 else { return nil }
        let state = queueOf[contact.queue].map { queues[$0] }
        let handling = state?.handling.value ?? Double(settings.handlingTime.bounded)
        let common = weights(of: staff, ahead: turn)
        let all = weights(of: everybody, ahead: turn)
        var ahead = 0.0
        for index in heads.indices where heads[index] < turn {
            let share = all[index] > 0 ? min(1, common[index] / all[index]) : 0
            guard share > 0 else { continue }
            let first = ticketOf[heads[index].contact].map { queues[tickets[$0].queue].handling.value }
            let weight = (first ?? handling) / handling
            ahead += Double(demands[index].line.rank(of: turn)) * share * weight
        }
        let pace = Double(places) / handling
        return .milliseconds(Int64(Self.wait(behind: ahead, pace: pace, givingUp: state?.patience.rate ?? 0)))
    }

    /// The sum above; long ones by parts, of which each is near to straight.
    static func wait(behind ahead: Double, pace: Double, givingUp rate: Double) -> Double {
        if rate <= 0 { return min((ahead + 1) / pace, 1e15) }
        var sum = 0.0
        var start = 0.0
        while start < ahead + 1 {
            let width = min(max(1, start / 16), ahead + 1 - start)
            sum += width / (pace + (start + (width - 1) / 2) * rate)
            start += width
        }
        return min(sum, 1e15)
    }

    /// The available advisers who meet one of these demands; nil is all of them.
    private func staff(of own: [Int]?) -> [Int] {
        var found: [Int] = []
        for word in available.indices where available[word] != 0 {
            var rest = available[word]
            while rest != 0 {
                let desk = word * 64 + rest.trailingZeroBitCount
                if own.map({ $0.contains { abilities.has(desk, $0) } }) ?? true { found.append(desk) }
                rest &= rest - 1
            }
        }
        return found
    }

    /// What these advisers weigh in each demand that has somebody ahead of the turn; of many, every so manieth is looked at.
    private func weights(of staff: [Int], ahead turn: Turn) -> [Double] {
        var weights = [Double](repeating: 0, count: heads.indices.count)
        let step = max(1, staff.count / 500)
        for index in stride(from: 0, to: staff.count, by: step) {
            var busy: [Int] = []
            abilities.each(of: staff[index]) { if heads[$0] < turn { busy.append($0) } }
            for demand in busy { weights[demand] += Double(step) / Double(busy.count) }
        }
        return weights
    }
}
