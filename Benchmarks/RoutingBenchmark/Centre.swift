import Histogram
import Routing
import Values

/// A seeded centre kept at the same load while random events are timed.
struct Centre {
    enum Profiles: String {
        /// Forty teams; all of a team know the same.
        case teams
        /// Everybody knows something else.
        case diverse
    }

    enum Kind: String, CaseIterable {
        case arrived, accepted, ended, wrappedUp, left, refused, status, skills, advance
    }

    private var chance: SeededChance
    private var router = Router()
    private var now = Moment(milliseconds: 1_800_000_000_000)
    private var advisers: [Adviser] = []
    private var needs: [[Need]] = []
    private var lastContact: Int64 = 0
    private let profiles: Profiles
    private let waiting: Int

    private var offered = Bag<(contact: Contact.ID, adviser: Adviser.ID)>()
    private var active = Bag<Contact.ID>()
    private var finishing = Bag<Contact.ID>()
    private var times = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
    private var byKind: [Kind: Histogram<UInt32>] = [:]

    init(seed: UInt64, advisers count: Int, profiles: Profiles, waiting: Int) {
        chance = SeededChance(seed: seed)
        self.profiles = profiles
        self.waiting = waiting
        for kind in Kind.allCases { byKind[kind] = Histogram(numberOfSignificantValueDigits: .three) }
        openQueues()
        signIn(count)
        fill()
    }

    /// Runs so many events and times each.
    mutating func measure(events: Int) -> Row {
        for _ in 0..<events / 10 { step() }
        times.reset()
        for kind in Kind.allCases { byKind[kind]?.reset() }
        var busy: UInt64 = 0
        for _ in 0..<events { busy += step() }
        return Row(
            profiles: profiles.rawValue, advisers: advisers.count, waiting: router.waitingCount,
            demands: router.demandCount, times: times,
            eventsPerSecond: Int(UInt64(events) * 1_000_000_000 / max(1, busy)))
    }

    var linesByKind: [String] {
        Kind.allCases.compactMap { kind in
            byKind[kind].map { pad(kind.rawValue, 10) + Row.times(of: $0) + pad("\($0.totalCount)", 10) + " events" }
        }
    }

    // MARK: - Opening

    private mutating func openQueues() {
        for number in 1...Int64(100) {
            var asked = [Need(skill: Skill.ID(Int64(1 + chance.below(20))), level: 1 + chance.below(3))]
            if chance.below(3) == 0 { asked.append(Need(skill: Skill.ID(Int64(1 + chance.below(20))), level: 1)) }
            needs.append(asked)
            let wider = OverflowStep(after: .minutes(10), needs: [Need(skill: asked[0].skill, level: 1)])
            let queue = Queue(id: Queue.ID(number), overflow: number % 4 == 0 ? [wider] : [], wrapUpLimit: .hours(1))
            _ = router.apply(.queueChanged(queue), at: now)
        }
    }

    private mutating func signIn(_ count: Int) {
        let teams = (0..<40).map { _ in someSkills() }
        for number in 1...Int64(count) {
            let skills = profiles == .teams ? teams[Int(number) % 40] : someSkills()
            let capacity = number % 3 == 0 ? Capacity(limits: [.chat: 3]) : .oneCall
            let idleSince = now - .milliseconds(Int64(chance.below(600_000)))
            let adviser = Adviser(id: Adviser.ID(number), skills: skills, capacity: capacity, idleSince: idleSince)
            advisers.append(adviser)
            _ = router.apply(.adviserChanged(adviser), at: now)
        }
    }

    /// Until 85 of 100 places are taken, or as many wait as should.
    private mutating func fill() {
        let places = advisers.count * 5 / 3
        let wanted = waiting == 0 ? places * 85 / 100 : Int.max
        var tries = 0
        while active.count < wanted, tries < 3 * places + waiting, waiting == 0 || router.waitingCount < waiting {
            tries += 1
            now = now + .milliseconds(1)
            run(.arrived, .arrived(someContact()))
            // With nobody to wait, whoever finds no free adviser turns round.
            let contact = Contact.ID(lastContact)
            if waiting == 0, router.work(of: contact) == .waiting { run(.left, .left(contact)) }
            if let offer = offered.removeLast() { accept(offer) }
        }
    }

    // MARK: - Running

    @discardableResult
    private mutating func step() -> UInt64 {
        now = now + .milliseconds(1)
        if let due = router.nextDeadline, due <= now { return time(.advance) { [now] in $0.advance(to: now) } }
        switch chance.below(100) {
        case ..<24:
            guard needsMore else { return endSomething() }
            let taken = run(.arrived, .arrived(someContact()))
            let contact = Contact.ID(lastContact)
            if waiting == 0, router.work(of: contact) == .waiting { run(.left, .left(contact)) }
            return taken
        case ..<48:
            guard let offer = offered.removeAny(&chance) else { return step() }
            return accept(offer)
        case ..<70: return endSomething()
        case ..<92:
            guard let contact = finishing.removeAny(&chance) else { return step() }
            return run(.wrappedUp, .wrappedUp(contact))
        case ..<93:
            guard let offer = offered.removeAny(&chance) else { return step() }
            return run(.refused, .refused(offer.contact, by: offer.adviser))
        case ..<94:
            let waiting = router.waiting(in: Queue.ID(Int64(1 + chance.below(100))), limit: 20)
            guard let contact = waiting.last else { return step() }
            return run(.left, .left(contact))
        default: return changeSomebody()
        }
    }

    private var needsMore: Bool {
        waiting == 0
            ? active.count + offered.count + finishing.count < advisers.count * 5 / 3 * 85 / 100
            : router.waitingCount < waiting
    }

    @discardableResult
    private mutating func accept(_ offer: (contact: Contact.ID, adviser: Adviser.ID)) -> UInt64 {
        let taken = run(.accepted, .accepted(offer.contact, by: offer.adviser))
        if router.work(of: offer.contact) == .active(by: offer.adviser) { active.add(offer.contact) }
        return taken
    }

    private mutating func endSomething() -> UInt64 {
        guard let contact = active.removeAny(&chance) else { return step() }
        finishing.add(contact)
        return run(.ended, .ended(contact))
    }

    /// Nine times of ten a pause begins or ends; else she learns something.
    private mutating func changeSomebody() -> UInt64 {
        let index = chance.below(advisers.count)
        guard chance.below(10) > 0 else {
            advisers[index].skills[Skill.ID(Int64(1 + chance.below(20)))] = 1 + chance.below(5)
            return run(.skills, .adviserChanged(advisers[index]))
        }
        advisers[index].availability = advisers[index].isAvailable && chance.below(20) == 0 ? .paused : .available
        return run(.status, .adviserChanged(advisers[index]))
    }

    @discardableResult
    private mutating func run(_ kind: Kind, _ event: Event) -> UInt64 {
        time(kind) { [now] in $0.apply(event, at: now) }
    }

    private mutating func time(_ kind: Kind, _ call: (inout Router) -> [Decision]) -> UInt64 {
        let start = nanoseconds()
        let decisions = call(&router)
        let taken = nanoseconds() - start
        _ = times.record(taken)
        _ = byKind[kind]?.record(taken)
        for decision in decisions { note(decision) }
        return taken
    }

    private mutating func note(_ decision: Decision) {
        switch decision {
        case .offer(let contact, let adviser, _): offered.add((contact, adviser))
        case .withdrawn(let contact, _), .missed(let contact, _): offered.remove { $0.contact == contact }
        case .wrapUpEnded(let contact, _): finishing.remove { $0 == contact }
        case .turnedAway, .requeued: break
        }
    }

    // MARK: - Anybody

    private mutating func someSkills() -> [Skill.ID: Int] {
        var skills: [Skill.ID: Int] = [:]
        for skill in 1...Int64(20) where chance.below(3) > 0 { skills[Skill.ID(skill)] = 1 + chance.below(5) }
        return skills
    }

    private mutating func someContact() -> Contact {
        lastContact += 1
        let queue = chance.below(100)
        let preferred = Preference(
            adviser: Adviser.ID(Int64(1 + chance.below(advisers.count))), until: now + .seconds(30))
        return Contact(
            id: Contact.ID(lastContact), queue: Queue.ID(Int64(queue + 1)), needs: needs[queue],
            priority: chance.below(10) == 0 ? 1 : 0, arrivedAt: now, channel: queue % 5 < 3 ? .chat : .call,
            preferred: chance.below(50) == 0 ? preferred : nil)
    }
}
