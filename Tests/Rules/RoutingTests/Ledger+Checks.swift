import Routing
import Values

extension Ledger {
    /// What must hold after every call, whatever happened.
    mutating func check(_ router: Router) {
        for decision in owed { fault("\(decision) did not come") }
        owed = []
        checkNobodyWaitsInVain()
        checkDeadlines(router)
        checkAgreement(with: router)
    }

    private mutating func checkNobodyWaitsInVain() {
        for row in rows.values where row.stage == .waiting {
            for adviser in advisers.values where mayTake(adviser, row) {
                fault("\(row.contact.id) waits although \(adviser.id) may take it")
            }
        }
        if let id = newcomer, let row = rows[id], row.stage == .waiting {
            let waiting = rows.values.count { $0.stage == .waiting && $0.contact.queue == row.contact.queue } - 1
            if waiting >= queue(of: row).longest ?? .max { fault("\(id) waits in a full queue") }
        }
        newcomer = nil
    }

    /// Nobody is stuck beyond a limit, and the router asks to be woken in time.
    private mutating func checkDeadlines(_ router: Router) {
        var soonest: Moment?
        for row in rows.values {
            var limits = row.wrapUps.map(\.until)
            if case .offered(_, let until) = row.stage { limits.append(until) }
            for limit in limits {
                if limit <= clock { fault("\(row.contact.id) is stuck since \(limit)") }
                soonest = min(soonest ?? limit, limit)
            }
        }
        if let soonest, router.nextDeadline.map({ $0 > soonest }) ?? true {
            fault("the router sleeps beyond \(soonest)")
        }
        if let next = router.nextDeadline, next <= clock { fault("the router left something undone since \(next)") }
    }

    /// The router knows exactly what the ledger knows.
    private mutating func checkAgreement(with router: Router) {
        for (id, row) in rows where router.work(of: id) != work(of: row) {
            fault("\(id) is \(String(describing: router.work(of: id))), not \(String(describing: work(of: row)))")
        }
        for adviser in advisers.values {
            let load = work(of: adviser.id).count
            if router.load(of: adviser.id) != load { fault("\(adviser.id) has a load of \(load)") }
            if router.availability(of: adviser.id) != adviser.availability {
                fault("\(adviser.id) is not so available")
            }
        }
        for queue in Set(rows.values.map(\.contact.queue)) {
            let waiting = rows.values.filter { $0.stage == .waiting && $0.contact.queue == queue }
                .sorted { turn($0) < turn($1) }
            if router.waiting(in: queue) != waiting.map(\.contact.id) { fault("queue \(queue) is in another order") }
            for (index, row) in waiting.enumerated() where router.position(of: row.contact.id) != index + 1 {
                fault("\(row.contact.id) is not at place \(index + 1)")
            }
            let first = waiting.map(\.contact.arrivedAt).min().map { clock - $0 }
            if router.longestWait(in: queue, at: clock) != first { fault("queue \(queue): wrong longest wait") }
        }
    }

    func work(of row: Row) -> Work? {
        switch row.stage {
        case .waiting: .waiting
        case .offered(let adviser, let until): .offered(to: adviser, until: until)
        case .active(let adviser): .active(by: adviser)
        case .over: row.wrapUps.first.map { .wrapUp(by: $0.adviser, until: $0.until) }
        }
    }

    /// What the tables hold, for a router that starts anew.
    var works: [(contact: Contact, work: Work)] {
        var all: [(contact: Contact, work: Work)] = []
        for row in rows.values.sorted(by: { $0.contact.id < $1.contact.id }) {
            for wrapUp in row.wrapUps { all.append((wrapUp.contact, .wrapUp(by: wrapUp.adviser, until: wrapUp.until))) }
            if row.stage != .over, let work = work(of: row) { all.append((row.contact, work)) }
        }
        return all
    }
}
