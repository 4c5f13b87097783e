import Routing
import Values

/// Advisers' time, shared out among queues: what occupancy by queue is counted from.
///
/// An adviser's time belongs to no queue by itself: she may have chats of three queues at once, and be ready for six.
/// - Work is shared out in proportion to the time that contacts of each queue were with advisers, talk and wrap-up.
/// - Idle time goes in equal parts to the queues that she could have been offered a contact from, by the skills she had
///   then and what the queue needs at once. Who could serve none is idle for none.
///
/// So the queues' shares add up to the advisers' whole time, as those of teams and places do; `docs/figures.md` says
/// what this can show and what not.
enum Occupancy {
    static func shares(
        of time: TimeCounts, work: [Queue.ID: Duration], among queues: [Queue]
    ) -> [Queue.ID: WorkTime] {
        var shares: [Queue.ID: WorkTime] = [:]
        let all = work.values.reduce(0) { $0 + $1.inSeconds }
        for (queue, part) in work where all > 0 {
            shares[queue, default: WorkTime()].busy += time.total.busy * (part.inSeconds / all)
        }
        for (queue, part) in idle(time, among: queues) { shares[queue, default: WorkTime()].idle += part }
        return shares
    }

    /// Idle time alone, which depends on what queues there were.
    static func idle(_ time: TimeCounts, among queues: [Queue]) -> [Queue.ID: Duration] {
        var shares: [Queue.ID: Duration] = [:]
        for (profile, idle) in time.idle {
            let levels = profile.levels
            let served = queues.filter { $0.isServed(by: levels) }
            for queue in served { shares[queue.id, default: .zero] += idle / served.count }
        }
        return shares
    }
}

extension Queue {
    /// Whether an adviser with these levels has what the queue needs at once.
    func isServed(by levels: [Skill.ID: Int]) -> Bool {
        firstNeeds.allSatisfy { (levels[$0.skill] ?? 0) >= $0.level }
    }
}
