public import Values

// How long somebody has still to wait. The queue-length estimate of Ibrahim and Whitt ("Real-time delay
// estimation in overloaded multiserver queues with abandonments", 2009): with n ahead, s places for work that
// take T each, and those who wait giving up at the rate r,
//     sum over i = 0...n of 1 / (s / T + i r).
// With shared skills, n counts everybody ahead whom the same advisers may help, by the share of those advisers in all who may.
extension Router {
    /// How long a waiting contact has still to wait: present staffing, lately measured handling times and patience.
    ///
    /// Nil when it does not wait or when nobody is available who may take it. It knows nothing of advisers who are about
    /// to come or go, nor of later contacts with a higher priority. Measured errors are in `RoutingTests/EstimateTests`.
    public func estimatedWait(of contact: Contact.ID, at now: Moment) -> Duration? {
        guard let ticket = tickets[contact], ticket.isFiled else { return nil }
        return estimate(ticket.turn, demands: ticket.demands, for: ticket.contact)
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
        if demands[demand].advisers.first(without: [], by: ranks[channel.index]) != nil { return .zero }
        let turn = Turn(of: contact, in: queues[queue]?.queue ?? Queue(id: queue))
        return estimate(turn, demands: [demand], for: contact)
    }

    /// Gets ready for contacts with these needs before the first has come, so that an estimate can be given for it.
    public mutating func expect(_ needs: [Need], on channel: Channel = .call) {
        _ = demand(for: Demand.Key(needs, on: channel))
    }

    private func estimate(_ turn: Turn, demands own: [Int], for contact: Contact) -> Duration? {
        let staff = staff(of: own)
        var places = 0
        for desk in staff.desks { places += desks[desk].limits[contact.channel] }
        guard places > 0 else { return nil }
        let state = queues[contact.queue]
        let handling = state?.handling.value ?? Double(settings.handlingTime.bounded)
        var ahead = 0.0
        for index in heads.indices where heads[index].turn < turn {
            let share = own.contains(index) ? 1 : share(of: staff.bits, in: demands[index].advisers.members)
            guard share > 0 else { continue }
            let queue = tickets[heads[index].turn.contact].flatMap { queues[$0.contact.queue] }
            let weight = (queue?.handling.value ?? handling) / handling
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

    /// The available advisers who meet one of these demands.
    private func staff(of own: [Int]) -> (bits: [UInt64], desks: [Int]) {
        var bits = [UInt64](repeating: 0, count: (desks.count + 63) / 64)
        for demand in own {
            for (word, members) in demands[demand].advisers.members.enumerated() { bits[word] |= members }
        }
        var found: [Int] = []
        for word in bits.indices {
            var rest = bits[word]
            while rest != 0 {
                let bit = rest.trailingZeroBitCount
                rest &= rest - 1
                if desks[word * 64 + bit].isAvailable { found.append(word * 64 + bit) } else { bits[word] &= ~(1 << bit) }
            }
        }
        return (bits, found)
    }

    /// How much of the work for some advisers falls to those of `staff`: as many of them as there are among them.
    private func share(of staff: [UInt64], in members: [UInt64]) -> Double {
        var common = 0
        var all = 0
        for word in members.indices where members[word] != 0 {
            if word < staff.count { common += (staff[word] & members[word]).nonzeroBitCount }
            all += (available[word] & members[word]).nonzeroBitCount
        }
        return all == 0 ? 0 : Double(common) / Double(all)
    }
}
