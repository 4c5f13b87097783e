import People
import Routing
import Storage
import Values

/// The router, and what it takes to keep it true to the tables.
struct Picture: Sendable {
    private(set) var router = Router()
    private var queues: [Queue.ID: Queue] = [:]
    /// News that the first look at the tables has already taken in.
    var consumed: [Int64] = []
    private(set) var contacts = 0

    /// Reads everything that has not ended.
    static func drawn(from store: Store, today: @escaping @Sendable () -> Day) async throws -> Picture {
        try await store.read { transaction in
            var picture = Picture()
            picture.consumed = try RoutingEvent.pending(in: transaction).map(\.id)
            for queue in try Queue.all(retired: true, in: transaction) {
                picture.queues[queue.id] = queue
                _ = picture.router.apply(.queueChanged(queue.routed), at: .earliest)
            }
            let desks = try Desk.present(in: transaction)
            let skills = try SkillHeld.levels(of: desks.map(\.adviser), on: today(), in: transaction)
            for desk in desks where desk.status != .lineLost {
                _ = picture.router.apply(
                    .adviserChanged(desk.routed(skills: skills[desk.adviser] ?? [:])), at: .earliest)
            }
            let offers = try Offer.open(in: transaction)
            let until = Dictionary(offers.map { ($0.contact, $0.until) }, uniquingKeysWith: { first, _ in first })
            let open = try Contact.open(in: transaction)
            for contact in open { picture.restore(contact, offeredUntil: until[contact.id]) }
            picture.contacts = open.count
            return picture
        }
    }

    /// Puts one contact where the tables say it stands.
    private mutating func restore(_ contact: Contact, offeredUntil: Moment?) {
        let routed = contact.routed(through: queues[contact.queue])
        guard let work = contact.work(offeredUntil: offeredUntil) else { return }
        router.restore(routed, as: work)
    }

    /// Takes the news in and says what follows.
    mutating func take(_ news: News, at now: Moment) -> [Decision] {
        var decisions: [Decision] = []
        for item in news.items {
            for event in events(of: item) { decisions += router.apply(event, at: now) }
        }
        return decisions + router.advance(to: now)
    }

    private mutating func events(of item: News.Item) -> [Routing.Event] {
        switch item {
        case .arrived(let contact): return [.arrived(contact.routed(through: queues[contact.queue]))]
        case .left(let contact): return [.left(contact)]
        case .accepted(let contact, let adviser): return [.accepted(contact, by: Adviser.ID(adviser.number))]
        case .refused(let contact, let adviser): return [.refused(contact, by: Adviser.ID(adviser.number))]
        case .ended(let contact): return [.ended(contact)]
        case .wrappedUp(let contact, let adviser): return [.wrappedUp(contact, by: Adviser.ID(adviser.number))]
        case .adviser(let desk, let skills):
            if desk.status == .lineLost || desk.status == .offline {
                return [.adviserGone(Adviser.ID(desk.adviser.number))]
            }
            return [.adviserChanged(desk.routed(skills: skills))]
        case .queue(let queue):
            queues[queue.id] = queue
            return [.queueChanged(queue.routed)]
        }
    }

    /// How long each queue takes to move up one place: nothing when somebody is free, nil when nobody is there.
    mutating func paces(at now: Moment) -> [Queue.ID: Duration?] {
        var paces: [Queue.ID: Duration?] = [:]
        for queue in queues.values where !queue.isRetired {
            router.expect(queue.firstNeeds, on: .chat)
            let wait = router.estimatedWait(
                forNewIn: queue.id, needs: queue.firstNeeds, channel: .chat, priority: queue.priority, at: now)
            paces.updateValue(wait.map { $0 / (router.waitingCount(in: queue.id) + 1) }, forKey: queue.id)
        }
        return paces
    }

    /// Draws anew what the tables did not agree to.
    mutating func correct(_ truths: [Truth], at now: Moment) {
        for truth in truths {
            _ = router.apply(.left(truth.id), at: now)
            if let adviser = truth.adviser {
                _ = router.apply(.wrappedUp(truth.id, by: Adviser.ID(adviser.number)), at: now)
            }
            if let contact = truth.contact { restore(contact, offeredUntil: truth.offeredUntil) }
        }
    }
}

/// Where a contact stands by the tables.
struct Truth: Sendable {
    let id: Contact.ID
    let contact: Contact?
    let offeredUntil: Moment?
    var adviser: Person.ID? { contact?.adviser }

    static func read(of decisions: [Decision], in transaction: Transaction) throws -> [Truth] {
        let offers = try Offer.open(in: transaction)
        return try Set(decisions.map(\.contact)).sorted().map { id in
            Truth(
                id: id, contact: try Contact.find(id, in: transaction),
                offeredUntil: offers.first { $0.contact == id }?.until)
        }
    }
}

extension Contact {
    /// What the router is told of it after a restart.
    func work(offeredUntil: Moment?) -> Work? {
        let adviser = adviser.map { Adviser.ID($0.number) }
        switch (state, adviser) {
        case (.waiting, _), (.offered, nil): return .waiting
        case (.offered, let adviser?): return .offered(to: adviser, until: (offeredUntil ?? .earliest) + Queue.grace)
        case (.active, let adviser?): return .active(by: adviser)
        case (.wrapUp, let adviser?): return .wrapUp(by: adviser, until: wrapUpUntil ?? .earliest)
        default: return nil
        }
    }
}

extension Decision {
    /// The contact it is about.
    var contact: Contact.ID {
        switch self {
        case .offer(let contact, _, _), .missed(let contact, _), .withdrawn(let contact, _),
            .wrapUpEnded(let contact, _), .turnedAway(let contact), .requeued(let contact, _):
            contact
        }
    }
}
