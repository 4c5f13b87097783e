public import Values

/// Decides which adviser is offered which contact: events in, decisions out, with no clock and no chance of its own.
///
/// - The contact whose turn it is has the smallest `arrivedAt - headStart * priority` (ties: smallest number).
/// - It goes to the qualified adviser with room who has the least work in hand, then the longest idle (ties: smallest number).
/// - After every call no contact waits while somebody may take it, and the same calls give the same decisions.
///
/// Cost: an event takes time in proportion to the logarithm of advisers and waiting contacts, and to the distinct demands
/// (needs and channel) that an adviser meets and somebody waits for. Proof and measurements:
/// `RoutingTests/SimulationTests`, `RoutingBenchmark`.
///
/// After a restart: give it the queues, the advisers, then each contact by `restore`, then call `advance`.
public struct Router: Sendable {
    public let settings: Settings

    /// When `advance` has something to do next, if no event comes before; nil is never.
    public private(set) var nextDeadline: Moment?

    /// The latest moment it was told of; it never goes back.
    var clock = Moment(milliseconds: .min)
    var decisions: [Decision] = []

    var queues: [QueueState] = []
    var queueOf = Register<Queue>()
    var tickets: [Ticket] = []
    var ticketOf = Register<Contact>()
    /// Places in `tickets` that can be given again.
    var emptyTickets: [Int] = []
    var deadlines = Line<Deadline>()

    var desks: [Desk] = []
    var deskOf = Register<Adviser>()
    var emptyDesks: [Int] = []
    /// One bit a desk: who is available.
    var available: [UInt64] = []
    var abilities = Abilities()
    /// By channel. None is optional: to look into one that is would copy all of it.
    var rankings = [Ranking](repeating: Ranking(), count: Channel.count)
    /// Who waits with a preference for whom, whether held for her or not.
    var wishes: [Adviser.ID: Set<Contact.ID>] = [:]

    var skillIndex: [Skill.ID: Int] = [:]
    var demands: [Demand] = []
    var demandOf: [Demand.Key: Int] = [:]
    var heads = Heads()
    var demandsAsked = 0

    /// What the present call touched and `settle` has to look at: contacts that wait anew or may go to more advisers
    /// than before, and desks whose room or work has changed.
    var touched: [Contact.ID] = []
    var stirred: [Int] = []

    /// Given by `restore` and not yet looked at.
    var restored: [Contact.ID] = []

    public init(settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Takes note of what happened, after whatever was due before, and says what is to be done.
    ///
    /// An event that does not fit the present state (unknown, doubled, late) changes nothing. A moment before an
    /// earlier one counts as the earlier one's.
    public mutating func apply(_ event: Event, at now: Moment) -> [Decision] {
        var taken: [Decision] = []
        apply(event, at: now, into: &taken)
        return taken
    }

    /// The same for whoever calls it a million times a second: the decisions are put after those that are in the array.
    public mutating func apply(_ event: Event, at now: Moment, into taken: inout [Decision]) {
        swap(&taken, &decisions)
        catchUp(to: now)
        switch event {
        case .arrived(let contact): arrive(contact)
        case .left(let contact): leave(contact)
        case .accepted(let contact, let adviser): accept(contact, by: adviser)
        case .refused(let contact, let adviser): refuse(contact, by: adviser)
        case .ended(let contact): end(contact)
        case .wrappedUp(let contact, let adviser): wrapUp(contact, by: adviser)
        case .adviserChanged(let adviser): change(adviser)
        case .adviserGone(let adviser): remove(adviser)
        case .queueChanged(let queue): change(queue)
        }
        settle()
        noteNextDeadline()
        swap(&taken, &decisions)
    }

    /// Does everything that is due by then: offers and wrap-ups that ran out, overflow steps, preferences and
    /// refusal pauses that are over, and what was restored.
    public mutating func advance(to now: Moment) -> [Decision] {
        var taken: [Decision] = []
        advance(to: now, into: &taken)
        return taken
    }

    /// The same, the decisions put after those that are in the array.
    public mutating func advance(to now: Moment, into taken: inout [Decision]) {
        swap(&taken, &decisions)
        catchUp(to: now)
        noteNextDeadline()
        swap(&taken, &decisions)
    }

    /// Looks up when `advance` has something to do next.
    mutating func noteNextDeadline() {
        nextDeadline = restored.isEmpty ? deadlines.first?.at : max(clock, .earliest)
    }
}
