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
        let advisers = Podium(members, of: desks.count, by: ranks[key.channel.index])
        let new = Demand(key: key, tests: tests, advisers: advisers, lastAsked: demandsAsked)
        let index = dropIdleDemand() ?? demands.count
        if index == demands.count {
            demands.append(new)
            heads.append(Head(channel: key.channel))
        } else {
            demands[index] = new
            heads[index] = Head(channel: key.channel)
        }
        demandOf[key] = index
        for desk in members { desks[desk].demands.append(Int32(index)) }
        return index
    }

    /// Makes room when there are too many: the index of the demand that nobody has now and was asked for longest ago.
    private mutating func dropIdleDemand() -> Int? {
        guard demands.count >= max(1, settings.demandsKept) else { return nil }
        let idle = demands.indices.filter { demands[$0].askers == 0 }
        guard let oldest = idle.min(by: { demands[$0].lastAsked < demands[$1].lastAsked }) else { return nil }
        demandOf[demands[oldest].key] = nil
        for queue in queues.indices where queues[queue].asked?.demand == oldest { queues[queue].asked = nil }
        for desk in desks.indices where demands[oldest].advisers.has(desk) {
            desks[desk].demands.removeAll { $0 == Int32(oldest) }
        }
        return oldest
    }
}
