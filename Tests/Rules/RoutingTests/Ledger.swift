import Routing
import Values

/// The slow reference: what the tables would say, kept apart from the router and checked against it by plain
/// search through everybody. It knows the rules but takes no decisions; it judges those of the router.
struct Ledger {
    struct Row {
        var contact: Contact
        var stage = Stage.waiting
        var refusals: [Adviser.ID: Moment] = [:]
        /// The contact as it was then: it may have been passed on to another queue and channel.
        var wrapUps: [(adviser: Adviser.ID, until: Moment, contact: Contact)] = []
        var lives = 1
        var endings = 0
    }

    enum Stage: Equatable {
        case waiting, over
        case offered(to: Adviser.ID, until: Moment)
        case active(by: Adviser.ID)
    }

    let settings: Settings
    var clock = Moment.earliest
    var queues: [Routing.Queue.ID: Routing.Queue] = [:]
    var advisers: [Adviser.ID: Adviser] = [:]
    var rows: [Contact.ID: Row] = [:]
    /// Decisions that must come because of an event.
    var owed: Set<Decision> = []
    /// The one who came last, until it is clear what became of it.
    var newcomer: Contact.ID?
    var faults: [String] = []

    init(settings: Settings) {
        self.settings = settings
    }

    // MARK: - What follows from the rules, by plain search

    func queue(of row: Row) -> Routing.Queue { queues[row.contact.queue] ?? Queue(id: row.contact.queue) }

    func turn(_ row: Row) -> (Int64, Int64) {
        let head = queue(of: row).headStart.milliseconds * Int64(row.contact.priority)
        return (row.contact.arrivedAt.milliseconds - head, row.contact.id.number)
    }

    func work(of adviser: Adviser.ID) -> [Channel] {
        rows.values.flatMap { row in
            var mine = row.wrapUps.filter { $0.adviser == adviser }.map(\.contact.channel)
            if isInHand(row, of: adviser) { mine.append(row.contact.channel) }
            return mine
        }
    }

    func isInHand(_ row: Row, of adviser: Adviser.ID) -> Bool {
        switch row.stage {
        case .offered(let to, _): to == adviser
        case .active(let by): by == adviser
        case .waiting, .over: false
        }
    }

    func isQualified(_ adviser: Adviser, for row: Row) -> Bool {
        var choices = [row.contact.needs]
        for step in queue(of: row).overflow where row.contact.arrivedAt + step.after <= clock {
            choices.append(step.needs)
        }
        return choices.contains { $0.allSatisfy { $0.level <= (adviser.skills[$0.skill] ?? 0) } }
    }

    func hasRoom(_ adviser: Adviser, for channel: Channel) -> Bool {
        let work = work(of: adviser.id)
        let chats = work.count { $0 == .chat }
        let same = channel == .chat ? chats : work.count - chats
        let isMixed = work.count > same
        return same < adviser.capacity.limits[channel] ?? 0 && (adviser.capacity.mixes || !isMixed)
    }

    func binding(_ row: Row) -> Adviser.ID? {
        guard let preferred = row.contact.preferred, preferred.until > clock,
            let adviser = advisers[preferred.adviser], adviser.isAvailable, isQualified(adviser, for: row),
            (adviser.capacity.limits[row.contact.channel] ?? 0) > 0
        else { return nil }
        return adviser.id
    }

    func mayTake(_ adviser: Adviser, _ row: Row) -> Bool {
        guard adviser.isAvailable, row.stage == .waiting, isQualified(adviser, for: row) else { return false }
        if let only = binding(row), only != adviser.id { return false }
        if let until = row.refusals[adviser.id], until > clock { return false }
        return hasRoom(adviser, for: row.contact.channel)
    }

    func rank(_ adviser: Adviser) -> (Int, Int64, Int64) {
        (work(of: adviser.id).count, adviser.idleSince.milliseconds, adviser.id.number)
    }

    // MARK: - Events

    mutating func note(_ event: Event, at now: Moment) {
        clock = max(clock, now)
        switch event {
        case .arrived(let contact): arrive(contact)
        case .left(let id): leave(id)
        case .accepted(let id, let adviser):
            if case .offered(adviser, _)? = rows[id]?.stage { rows[id]?.stage = .active(by: adviser) }
        case .refused(let id, let adviser):
            guard case .offered(adviser, _)? = rows[id]?.stage else { return }
            rows[id]?.stage = .waiting
            rows[id]?.refusals[adviser] = clock + settings.refusalPause
            if rows[id]?.contact.preferred?.adviser == adviser { rows[id]?.contact.preferred = nil }
        case .ended(let id): end(id)
        case .wrappedUp(let id, let adviser):
            guard let row = rows[id],
                let index = row.wrapUps.firstIndex(where: { adviser == nil || $0.adviser == adviser })
            else { return }
            closeWrapUp(id, index)
        case .adviserChanged(var adviser):
            if let before = advisers[adviser.id] { adviser.idleSince = max(adviser.idleSince, before.idleSince) }
            advisers[adviser.id] = adviser
            if !adviser.isAvailable { takeBackOffers(of: adviser.id) }
        case .adviserGone(let adviser): remove(adviser)
        case .queueChanged(let queue): queues[queue.id] = queue
        }
    }

    private mutating func arrive(_ contact: Contact) {
        if let row = rows[contact.id], row.stage != .over { return }
        let before = rows[contact.id]
        rows[contact.id] = Row(contact: contact, wrapUps: before?.wrapUps ?? [])
        rows[contact.id]?.lives = (before?.lives ?? 0) + 1
        rows[contact.id]?.endings = before?.endings ?? 0
        newcomer = contact.id
    }

    private mutating func leave(_ id: Contact.ID) {
        guard let row = rows[id] else { return }
        if case .offered(let adviser, _) = row.stage { owed.insert(.withdrawn(id, from: adviser)) }
        if case .active(let adviser) = row.stage { rest(adviser) }
        while rows[id]?.wrapUps.isEmpty == false { closeWrapUp(id, 0) }
        if row.stage != .over { over(id) }
    }

    private mutating func end(_ id: Contact.ID) {
        guard let row = rows[id], case .active(let adviser) = row.stage else { return }
        over(id)
        let limit = queue(of: row).wrapUpLimit
        if limit <= .zero {
            owed.insert(.wrapUpEnded(id, by: adviser))
            rest(adviser)
        } else {
            if let earlier = row.wrapUps.firstIndex(where: { $0.adviser == adviser }) { closeWrapUp(id, earlier) }
            rows[id]?.wrapUps.append((adviser, clock + limit, row.contact))
        }
    }

    private mutating func remove(_ adviser: Adviser.ID) {
        takeBackOffers(of: adviser)
        for (id, row) in rows {
            if row.stage == .active(by: adviser) {
                rows[id]?.stage = .waiting
                owed.insert(.requeued(id, from: adviser))
            }
            if row.wrapUps.contains(where: { $0.adviser == adviser }) {
                rows[id]?.wrapUps.removeAll { $0.adviser == adviser }
                owed.insert(.wrapUpEnded(id, by: adviser))
            }
        }
        advisers[adviser] = nil
    }

    private mutating func takeBackOffers(of adviser: Adviser.ID) {
        for (id, row) in rows {
            guard case .offered(adviser, _) = row.stage else { continue }
            rows[id]?.stage = .waiting
            owed.insert(.withdrawn(id, from: adviser))
        }
    }

    private mutating func over(_ id: Contact.ID) {
        rows[id]?.stage = .over
        rows[id]?.endings += 1
    }

    private mutating func closeWrapUp(_ id: Contact.ID, _ index: Int) {
        if let adviser = rows[id]?.wrapUps.remove(at: index).adviser { rest(adviser) }
    }

    private mutating func rest(_ adviser: Adviser.ID) {
        let idleSince = advisers[adviser]?.idleSince ?? clock
        advisers[adviser]?.idleSince = max(idleSince, clock)
    }

    // MARK: - Decisions

    mutating func judge(_ decisions: [Decision], at now: Moment) {
        clock = max(clock, now)
        for decision in decisions {
            if owed.remove(decision) != nil { continue }
            switch decision {
            case .offer(let id, let adviser, let until): judgeOffer(id, adviser, until)
            case .missed(let id, let adviser): judgeMissed(id, adviser)
            case .wrapUpEnded(let id, let adviser):
                let index = rows[id]?.wrapUps.firstIndex { $0.adviser == adviser && $0.until <= clock }
                guard let index else { return fault("\(decision) too early or unknown") }
                closeWrapUp(id, index)
            case .turnedAway(let id):
                guard newcomer == id, let row = rows[id] else { return fault("\(decision) is no newcomer") }
                let waiting = rows.values.count { $0.stage == .waiting && $0.contact.queue == row.contact.queue } - 1
                if waiting < queue(of: row).longest ?? .max { fault("\(decision) though the queue has room") }
                over(id)
                newcomer = nil
            case .withdrawn, .requeued: fault("\(decision) for no reason")
            }
        }
    }

    private mutating func judgeOffer(_ id: Contact.ID, _ to: Adviser.ID, _ until: Moment) {
        guard let row = rows[id], let adviser = advisers[to] else { return fault("offer of \(id) to \(to): unknown") }
        if !mayTake(adviser, row) { fault("offer of \(id) to \(to): not allowed") }
        if until != clock + queue(of: row).offerTimeout { fault("offer of \(id): until \(until)") }
        for other in rows.values where turn(other) < turn(row) && mayTake(adviser, other) {
            fault("offer of \(id) to \(to): it is the turn of \(other.contact.id)")
        }
        for other in advisers.values where rank(other) < rank(adviser) && mayTake(other, row) {
            fault("offer of \(id) to \(to): \(other.id) comes first")
        }
        rows[id]?.stage = .offered(to: to, until: until)
        if newcomer == id { newcomer = nil }
    }

    private mutating func judgeMissed(_ id: Contact.ID, _ adviser: Adviser.ID) {
        guard case .offered(adviser, let until)? = rows[id]?.stage, until <= clock else {
            return fault("missed \(id) by \(adviser): not due")
        }
        rows[id]?.stage = .waiting
        advisers[adviser]?.availability = .missed
        takeBackOffers(of: adviser)
    }

    mutating func fault(_ text: String) { faults.append(text) }
}
