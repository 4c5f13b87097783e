import People
import Routing
import Storage
import Values

/// The router, and what it takes to keep it true to the tables.
struct Picture: Sendable {
    private(set) var router = Router()
    private var queues: [Queue.ID: Queue] = [:]
    /// What followed when the picture was corrected: decisions like any other, to be written in the next round.
    private var following: [Decision] = []
    private(set) var contacts = 0

    /// Reads everything that has not ended.
    static func drawn(from store: Store, today: @escaping @Sendable () -> Day) async throws -> Picture {
        try await store.read { transaction in
            var picture = Picture()
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

    /// Takes the news in and says what follows. What a new picture knows already changes nothing when it is told again.
    mutating func take(_ news: News, at now: Moment) -> [Decision] {
        var decisions = following
        following = []
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
        case .adviser(let desk, let skills): return [desk.event(skills: skills)]
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

    /// Draws anew what the tables did not agree to: first without these contacts, then with them where they stand.
    /// Meanwhile advisers become free for others, and deadlines come; that is decided like everything else.
    mutating func correct(_ truth: Truth, at now: Moment) {
        var decisions: [Decision] = []
        for contact in truth.contacts {
            decisions += router.apply(.left(contact.id), at: now)
            guard let adviser = contact.contact?.adviser else { continue }
            decisions += router.apply(.wrappedUp(contact.id, by: Adviser.ID(adviser.number)), at: now)
        }
        for desk in truth.desks {
            decisions += router.apply(desk.event(skills: truth.skills[desk.adviser] ?? [:]), at: now)
        }
        let corrected = Set(truth.contacts.map(\.id))
        following += decisions.filter { !corrected.contains($0.contact) }
        for known in truth.contacts {
            if let contact = known.contact { restore(contact, offeredUntil: known.offeredUntil) }
        }
        following += router.advance(to: now)
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

extension Desk {
    /// What the router is told of her.
    func event(skills: [Skill.ID: Int]) -> Routing.Event {
        switch status {
        case .lineLost, .offline: .adviserGone(Adviser.ID(adviser.number))
        case .available, .onBreak, .training, .missed, .leaving: .adviserChanged(routed(skills: skills))
        }
    }
}
