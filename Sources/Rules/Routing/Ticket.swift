import Values

/// A contact as the router holds it: where it stands and who may take it.
struct Ticket: Sendable {
    enum Stage: Equatable, Sendable {
        case waiting
        case offered(desk: Int, until: Moment)
        case active(desk: Int)
        /// Only wrap-ups are left.
        case over
    }

    var contact: Contact
    /// Its queue's place.
    var queue: Int
    var stage: Stage
    /// Who finishes up after it, oldest first; several only after it was passed on.
    var wrapUps: [WrapUp] = []
    /// Who must not be offered it again yet.
    var refusals: [Refused] = []
    /// The preferred adviser has refused.
    var isPreferenceOver = false

    // What follows says how it waits; it is made anew each time it comes to wait.

    var turn: Turn
    /// It stands in the lines below and its deadlines are set.
    var isFiled = false
    /// The demands it has.
    var demands = Choices()
    /// It waits for this desk alone.
    var heldFor: Int?
    /// When the next overflow step comes.
    var nextStep: Moment?

    init(_ contact: Contact, queue: Int, stage: Stage) {
        self.contact = contact
        self.queue = queue
        self.stage = stage
        turn = Turn(key: contact.arrivedAt.milliseconds, contact: contact.id)
    }

    /// Comes to wait, in the place of one that is over.
    mutating func come(_ contact: Contact, to queue: Int) {
        self.contact = contact
        self.queue = queue
        stage = .waiting
        if !refusals.isEmpty { refusals = [] }
        isPreferenceOver = false
    }

    /// Waits for nobody any more but for an answer.
    mutating func goOut(to desk: Int, until: Moment) {
        stage = .offered(desk: desk, until: until)
        demands = Choices()
    }

    /// Is to wait like this.
    mutating func stand(_ turn: Turn, among demands: Choices, heldFor desk: Int?, nextStep: Moment?, at now: Moment) {
        self.turn = turn
        self.demands = demands
        self.heldFor = desk
        self.nextStep = nextStep
        if !refusals.isEmpty { refusals.removeAll { $0.until <= now } }
    }

    struct WrapUp: Sendable {
        let desk: Int
        let until: Moment
    }

    struct Refused: Sendable {
        let adviser: Adviser.ID
        let until: Moment
    }

    /// The preference, if it may still bind at that moment.
    func preference(at now: Moment) -> Preference? {
        guard let preferred = contact.preferred, !isPreferenceOver, preferred.until > now else { return nil }
        return preferred
    }

    func isRefused(by adviser: Adviser.ID, at now: Moment) -> Bool {
        refusals.contains { $0.adviser == adviser && $0.until > now }
    }

    /// Its place by arrival alone, for the longest wait.
    var arrival: Turn { Turn(key: contact.arrivedAt.milliseconds, contact: contact.id) }
}

/// The demands of a contact, by index: its own needs, then each overflow step that has come.
///
/// Most have but the first, which takes no memory of its own.
struct Choices: Sendable {
    private var first = -1
    private var rest: [Int] = []

    var count: Int { first < 0 ? 0 : 1 + rest.count }
    var indices: Range<Int> { 0..<count }

    subscript(_ index: Int) -> Int { index == 0 ? first : rest[index - 1] }

    mutating func append(_ demand: Int) {
        if first < 0 { first = demand } else { rest.append(demand) }
    }

    func contains(where isMeant: (Int) -> Bool) -> Bool {
        first >= 0 && (isMeant(first) || rest.contains(where: isMeant))
    }
}
