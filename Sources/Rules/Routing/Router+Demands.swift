import Values

// The index: which distinct demands there are and who meets them.
extension Router {
    /// The demand's index; a new one is made on the spot, in time in proportion to the advisers.
    mutating func demand(for key: Demand.Key) -> Int {
        demandsAsked += 1
        if let known = demandOf[key] {
            demands[known].lastAsked = demandsAsked
            return known
        }
        var tests: [Demand.Test] = []
        for need in key.needs {
            tests.append(Demand.Test(skill: index(of: need.skill), level: UInt8(clamping: need.level)))
        }
        let members = desks.indices.filter { deskOf[desks[$0].adviser] == $0 && desks[$0].meets(tests) }
        let new = Demand(key: key, tests: tests, lastAsked: demandsAsked)
        let index = dropIdleDemand() ?? demands.count
        if index == demands.count { demands.append(new) } else { demands[index] = new }
        heads.open(index, on: key.channel)
        demandOf[key] = index
        abilities.widen(to: demands.count)
        for desk in members { abilities.add(desk, index) }
        for channel in rankings.indices { rankings[channel].read(abilities) }
        if !rankings[key.channel.index].isOpen { openRanking(on: key.channel) }
        return index
    }

    private mutating func openRanking(on channel: Channel) {
        rankings[channel.index].isOpen = true
        for desk in desks.indices { rank(desk, on: channel) }
    }

    /// Makes room when there are too many: the index of the demand that nobody has now and was asked for longest ago.
    private mutating func dropIdleDemand() -> Int? {
        guard demands.count >= max(1, settings.demandsKept) else { return nil }
        let idle = demands.indices.filter { demands[$0].askers == 0 }
        guard let oldest = idle.min(by: { demands[$0].lastAsked < demands[$1].lastAsked }) else { return nil }
        demandOf[demands[oldest].key] = nil
        for queue in queues.indices where queues[queue].asked?.demand == oldest { queues[queue].asked = nil }
        abilities.drop(oldest)
        return oldest
    }
}
