import Routing
import Values

/// A small centre in which anything happens: one seed, one story. Router and ledger live through it side by side.
struct World {
    var chance: SeededChance
    var router: Router
    var ledger: Ledger
    var now = at(0)
    var told = 0
    var decided = 0
    var lastContact: Int64 = 0
    /// Events that come again or only later.
    var mail: [Event] = []
    /// All events and when, with nil for `advance`: to be played again.
    var story: [(event: Event?, at: Moment)] = []
    var answers: [[Decision]] = []
    /// Changes the router's answers before they are judged, to show that the checks can fail.
    var forge: (@Sendable ([Decision]) -> [Decision])?
    /// Events that the router is not told of, for the same purpose.
    var isDeaf: (@Sendable (Event) -> Bool)?
    let advisers: Int
    let skills: Int
    let queues: Int

    init(seed: UInt64) {
        chance = SeededChance(seed: seed)
        advisers = 1 + chance.below(7)
        skills = 1 + chance.below(3)
        queues = 1 + chance.below(3)
        let settings = Settings(
            refusalPause: .seconds(Int64(chance.below(4) * 10)), demandsKept: [1, 2, 4, 512][chance.below(4)])
        router = Router(settings: settings)
        ledger = Ledger(settings: settings)
    }

    // MARK: - Living

    mutating func live(steps: Int) {
        for queue in 1..<Int64(1 + queues) where chance.happens(90) { tell(.queueChanged(someQueue(queue))) }
        for adviser in 1..<Int64(1 + advisers) where chance.happens(80) { tell(.adviserChanged(someAdviser(adviser))) }
        for _ in 0..<steps where ledger.faults.isEmpty { step() }
        if ledger.faults.isEmpty { close() }
    }

    private mutating func step() {
        told += 1
        if chance.happens(60) { now = now + .milliseconds(Int64(chance.below(9_000))) }
        if chance.happens(8), let due = router.nextDeadline { now = max(now, due) }
        if chance.happens(2) { return crash() }
        guard let event = someEvent() else { return }
        if chance.happens(5) {
            mail.append(event)
            return
        }
        if chance.happens(5) { mail.append(event) }
        tell(event)
    }

    /// Lets both know what is due first, then the event, and compares.
    mutating func tell(_ event: Event) {
        story.append((nil, now))
        let due = router.advance(to: now)
        take(due)
        story.append((event, now))
        let decisions = isDeaf?(event) == true ? [] : router.apply(event, at: now)
        ledger.note(event, at: now)
        take(decisions)
    }

    private mutating func take(_ decisions: [Decision]) {
        answers.append(decisions)
        decided += decisions.count
        ledger.judge(forge?(decisions) ?? decisions, at: now)
        ledger.check(router)
    }

    /// The process is gone; a new one is told what the tables hold. Meanwhile somebody may have gone.
    private mutating func crash() {
        now = now + .milliseconds(Int64(chance.below(30_000)))
        router = Router(settings: ledger.settings)
        for id in ledger.rows.keys { ledger.rows[id]?.refusals = [:] }
        let works = ledger.works
        if chance.happens(50) {
            let adviser = Adviser.ID(Int64(1 + chance.below(advisers)))
            ledger.note(.adviserGone(adviser), at: now)
        } else if chance.happens(50), var adviser = chance.pick(ledger.advisers.values.sorted { $0.id < $1.id }) {
            adviser.availability = .paused
            ledger.note(.adviserChanged(adviser), at: now)
        }
        for queue in ledger.queues.values.sorted(by: { $0.id < $1.id }) {
            _ = router.apply(.queueChanged(queue), at: now)
        }
        for adviser in ledger.advisers.values.sorted(by: { $0.id < $1.id }) {
            _ = router.apply(.adviserChanged(adviser), at: now)
        }
        for (contact, work) in works { router.restore(contact, as: work) }
        // A new router cannot be told what the old one was: the story begins here.
        story = []
        answers = []
        let decisions = router.advance(to: now)
        decided += decisions.count
        ledger.judge(decisions, at: now)
        ledger.check(router)
    }

    /// Closing time: everybody who still waits leaves, all else runs its course.
    private mutating func close() {
        for event in mail { tell(event) }
        for id in ledger.rows.keys.sorted() where ledger.rows[id]?.stage != .over { tell(.left(id)) }
        while let due = router.nextDeadline, ledger.faults.isEmpty {
            now = max(now, due)
            story.append((nil, now))
            take(router.advance(to: now))
        }
        for row in ledger.rows.values where row.endings != row.lives {
            ledger.fault("\(row.contact.id) came \(row.lives) times and ended \(row.endings) times")
        }
    }

    // MARK: - Whatever happens

    private mutating func someEvent() -> Event? {
        if !mail.isEmpty, chance.happens(20) { return mail.remove(at: chance.below(mail.count)) }
        if chance.happens(5) { return nonsense() }
        let rows = ledger.rows.values.sorted { $0.contact.id < $1.contact.id }
        switch chance.below(100) {
        case ..<32: return .arrived(someContact())
        case ..<52:
            guard let row = chance.pick(rows.filter { if case .offered = $0.stage { true } else { false } }),
                case .offered(let adviser, _) = row.stage
            else { return nil }
            return chance.happens(75) ? .accepted(row.contact.id, by: adviser) : .refused(row.contact.id, by: adviser)
        case ..<66:
            return chance.pick(rows.filter { if case .active = $0.stage { true } else { false } }).map {
                .ended($0.contact.id)
            }
        case ..<76:
            guard let row = chance.pick(rows.filter { !$0.wrapUps.isEmpty }) else { return nil }
            return .wrappedUp(row.contact.id, by: chance.happens(50) ? nil : chance.pick(row.wrapUps)?.adviser)
        case ..<81: return chance.pick(rows.filter { $0.stage != .over }).map { .left($0.contact.id) }
        case ..<85:
            // Passed on: the same contact again, while its adviser finishes up.
            guard let row = chance.pick(rows.filter { $0.stage == .over && !$0.wrapUps.isEmpty }) else { return nil }
            var contact = someContact()
            contact = Contact(
                id: row.contact.id, queue: contact.queue, needs: contact.needs, priority: contact.priority,
                arrivedAt: row.contact.arrivedAt, channel: contact.channel, preferred: contact.preferred)
            return .arrived(contact)
        case ..<96: return .adviserChanged(someAdviser(Int64(1 + chance.below(advisers))))
        case ..<98: return .adviserGone(Adviser.ID(Int64(1 + chance.below(advisers))))
        default: return .queueChanged(someQueue(Int64(1 + chance.below(queues))))
        }
    }

    private mutating func nonsense() -> Event {
        let contact = Contact.ID(Int64(chance.below(Int(lastContact) + 2)))
        let adviser = Adviser.ID(Int64(chance.below(advisers + 2)))
        switch chance.below(6) {
        case 0: return .accepted(contact, by: adviser)
        case 1: return .refused(contact, by: adviser)
        case 2: return .ended(contact)
        case 3: return .wrappedUp(contact, by: adviser)
        case 4: return .left(contact)
        default: return .adviserGone(adviser)
        }
    }

    private mutating func someNeeds() -> [Need] {
        (0..<chance.below(3)).map { _ in Need(skill: Skill.ID(Int64(1 + chance.below(skills))), level: chance.below(3))
        }
    }

    private mutating func someContact() -> Contact {
        lastContact += 1
        let preferred = Preference(
            adviser: Adviser.ID(Int64(1 + chance.below(advisers))), until: now + .seconds(Int64(chance.below(60)) - 5))
        return Contact(
            id: Contact.ID(lastContact), queue: Queue.ID(Int64(1 + chance.below(queues))), needs: someNeeds(),
            priority: chance.happens(20) ? chance.below(4) - 1 : 0,
            arrivedAt: now - .seconds(chance.happens(20) ? Int64(chance.below(60)) : 0),
            channel: [.call, .call, .chat, .callback][chance.below(4)], preferred: chance.happens(25) ? preferred : nil)
    }

    private mutating func someAdviser(_ id: Int64) -> Adviser {
        var skillsHeld: [Skill.ID: Int] = [:]
        for skill in 1..<Int64(1 + skills) where chance.happens(70) {
            skillsHeld[Skill.ID(skill)] = 1 + chance.below(2)
        }
        var limits: [Channel: Int] = [:]
        for channel in Channel.allCases where chance.happens(75) {
            limits[channel] = chance.below(channel == .chat ? 4 : 3)
        }
        let availability = chance.happens(75) ? Availability.available : Availability.allCases[chance.below(4)]
        return Adviser(
            id: Adviser.ID(id), skills: skillsHeld, availability: availability,
            capacity: Capacity(limits: limits, mixes: chance.happens(25)),
            idleSince: now - .seconds(Int64(chance.below(100))))
    }

    private mutating func someQueue(_ id: Int64) -> Routing.Queue {
        let overflow = (0..<chance.below(3)).map { _ in
            OverflowStep(after: .seconds(Int64(chance.below(40))), needs: someNeeds())
        }
        return Queue(
            id: Queue.ID(id), headStart: .seconds(Int64(chance.below(3) * 15)), overflow: overflow,
            longest: chance.happens(30) ? chance.below(5) : nil, offerTimeout: .seconds(Int64(5 + chance.below(20))),
            wrapUpLimit: .seconds(Int64(chance.below(4) * 10)))
    }
}
