internal import Routing
internal import Values

/// One day in a centre: discrete events around the router that production runs, told what the dispatcher would tell it.
///
/// The floor plays the customers and the advisers. Who is offered what, whose turn it is, what is missed, requeued or
/// turned away, only the router says.
struct Floor {
    let layout: Layout
    /// Everything that is drawn for this day hangs from here.
    let draws: Draws

    var router: Router
    var agenda = Agenda()
    /// Milliseconds since midnight.
    var now: Int64 = 0

    var customers: [Customer] = []
    /// Places in `customers` that can be given again.
    var empty: [Int32] = []
    /// By the router's number of a contact, from 1.
    var placeOf: [Int32] = [-1]
    var sources: [Source] = []

    var seats: [Seat] = []
    var seatsToCome: Int
    var openLines: Int
    var isOver = false

    var day: DayTally
    var counters: [TeamCounter]
    /// What the router decided and nobody has followed yet, with what has been followed before it.
    private var inbox: [Decision] = []
    private var isReading = false

    init(_ layout: Layout, draws: Draws) {
        self.layout = layout
        self.draws = draws
        router = Router(settings: layout.settings)
        seatsToCome = layout.places.count
        openLines = layout.lines.count
        day = DayTally(
            cells: layout.lines.map { _ in [Tally](repeating: Tally(), count: layout.intervals) },
            staff: layout.teams.map { _ in [StaffTally](repeating: StaffTally(), count: layout.intervals) })
        counters = layout.teams.map { _ in TeamCounter() }
    }

    /// Lives the day to its end: until everybody has been answered or has gone.
    static func live(_ layout: Layout, draws: Draws) throws -> DayTally {
        var floor = Floor(layout, draws: draws)
        floor.open()
        var happenings = 0
        while floor.goOn() {
            happenings &+= 1
            if happenings & 0xfff == 0 { try Task.checkCancellation() }
        }
        return floor.day
    }

    private mutating func open() {
        for line in layout.lines.indices { openLine(line) }
        for place in layout.places.indices { openSeat(place) }
        for interval in 0...layout.intervals {
            agenda.plan(.tick, interval, at: layout.start + Int64(interval) * layout.interval)
        }
    }

    /// Whatever comes next, the router's own deadlines first. Says whether there was anything.
    private mutating func goOn() -> Bool {
        if let due = router.nextDeadline {
            let time = due.milliseconds - Self.midnight
            if time <= agenda.next {
                now = max(now, time)
                router.advance(to: moment, into: &inbox)
                followAll()
                return true
            }
        }
        guard let entry = agenda.takeNext() else { return false }
        now = entry.at
        let subject = Int(entry.subject)
        switch entry.kind {
        case .arrival: someoneArrives(on: subject)
        case .comingAgain: comeAgain(subject)
        case .callbackAgain: callAgain(subject)
        case .patienceEnds: if isStaying(subject, entry) { giveUp(subject) }
        case .callbackIsOffered: if isStaying(subject, entry) { offerCallback(subject) }
        case .answer: if isAtStep(subject, entry) { answer(subject) }
        case .refusal: if isAtStep(subject, entry) { refuse(subject) }
        case .talkEnds: if isAtStep(subject, entry) { endTalk(subject) }
        case .wrapUpEnds: if isAtStep(subject, entry) { endWrapUp(subject) }
        case .step: takeStep(subject)
        case .breakEnds: endBreak(subject)
        case .missIsOver: if entry.isMeant(for: seats[subject].missMark) { comeBackFromMiss(subject) }
        case .lineDrops: dropLine(subject)
        case .lineIsBack: bringLineBack(subject)
        case .closing: closeLine(subject)
        case .tick: for team in counters.indices { settle(team) }
        }
        return true
    }

    private func isStaying(_ customer: Int, _ entry: Agenda.Entry) -> Bool {
        entry.isMeant(for: customers[customer].stay)
    }

    private func isAtStep(_ customer: Int, _ entry: Agenda.Entry) -> Bool {
        entry.isMeant(for: customers[customer].step)
    }

    // MARK: - The router

    /// The router's moment for midnight: late enough for whoever has been idle since before.
    static let midnight: Int64 = 86_400_000

    var moment: Moment { Moment(milliseconds: now + Self.midnight) }

    /// Tells the router what happened and does what it decides.
    mutating func tell(_ event: Event) {
        day.events += 1
        router.apply(event, at: moment, into: &inbox)
        followAll()
    }

    /// Decisions are followed in the order in which they were taken, also those that came of following one.
    private mutating func followAll() {
        if isReading || inbox.isEmpty { return }
        isReading = true
        var next = 0
        while next < inbox.count {
            follow(inbox[next])
            next += 1
        }
        inbox.removeAll(keepingCapacity: true)
        isReading = false
    }

    private mutating func follow(_ decision: Decision) {
        switch decision {
        case .offer(let contact, let adviser, _): ring(place(of: contact), at: seat(of: adviser))
        case .missed(let contact, let adviser): miss(place(of: contact), at: seat(of: adviser))
        case .withdrawn(let contact, let adviser): withdraw(place(of: contact), from: seat(of: adviser))
        case .wrapUpEnded(let contact, _): finish(place(of: contact))
        case .turnedAway(let contact): turnAway(place(of: contact))
        case .requeued(let contact, let adviser): cutOff(place(of: contact), from: seat(of: adviser))
        }
    }

    private func place(of contact: Contact.ID) -> Int { Int(placeOf[Int(contact.number)]) }
    private func seat(of adviser: Adviser.ID) -> Int { Int(adviser.number) - 1 }
    func adviser(_ seat: Int) -> Adviser.ID { Adviser.ID(Int64(seat + 1)) }

    // MARK: - Counting

    /// Counts something for a customer, where her try is counted at all.
    mutating func count(_ customer: Int, _ change: (inout Tally) -> Void) {
        let cell = customers[customer].cell
        if cell >= 0 { change(&day.cells[customers[customer].line][cell]) }
    }
}
