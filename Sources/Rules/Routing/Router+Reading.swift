public import Values

// What boards, pages and tests may know.
extension Router {
    /// Its place among those who wait in the same queue: 1 is next. Nil when it does not wait.
    public func position(of contact: Contact.ID) -> Int? {
        guard let ticket = ticketOf[contact], tickets[ticket].isFiled else { return nil }
        return queues[tickets[ticket].queue].line.rank(of: tickets[ticket].turn) + 1
    }

    /// Where the contact stands; nil when the router does not know it. Of several wrap-ups the oldest counts.
    public func work(of contact: Contact.ID) -> Work? {
        guard let ticket = ticketOf[contact] else { return nil }
        switch tickets[ticket].stage {
        case .waiting: return .waiting
        case .offered(let desk, let until): return .offered(to: desks[desk].adviser, until: until)
        case .active(let desk): return .active(by: desks[desk].adviser)
        case .over: return tickets[ticket].wrapUps.first.map { .wrapUp(by: desks[$0.desk].adviser, until: $0.until) }
        }
    }

    /// The queue of a contact that the router knows.
    public func queue(of contact: Contact.ID) -> Queue.ID? { ticketOf[contact].map { tickets[$0].contact.queue } }

    /// How many wait in a queue, those offered to somebody not counted.
    public func waitingCount(in queue: Queue.ID) -> Int { queueOf[queue].map { queues[$0].line.count } ?? 0 }

    /// How many wait in all queues.
    public var waitingCount: Int {
        var sum = 0
        for queue in queues.indices { sum += queues[queue].line.count }
        return sum
    }

    /// How many distinct demands (needs and channel) are indexed: what the cost of an event grows with.
    public var demandCount: Int { demandOf.count }

    /// Who waits in a queue, next one first; at most `limit` of them.
    public func waiting(in queue: Queue.ID, limit: Int = .max) -> [Contact.ID] {
        queueOf[queue].map { queues[$0].line.first(limit).map(\.contact) } ?? []
    }

    /// How long the one who came first has waited in a queue; nil when nobody waits.
    public func longestWait(in queue: Queue.ID, at now: Moment) -> Duration? {
        guard let first = queueOf[queue].flatMap({ queues[$0].oldest }) else { return nil }
        return .milliseconds(now.wait(since: Moment(milliseconds: first.key)))
    }

    /// How many contacts an adviser has in hand: offers, active ones, wrap-ups. 0 for somebody unknown.
    public func load(of adviser: Adviser.ID) -> Int {
        deskOf[adviser].map { desks[$0].work.count } ?? 0
    }

    /// The contacts an adviser has in hand, oldest first.
    public func contacts(of adviser: Adviser.ID) -> [Contact.ID] {
        deskOf[adviser].map { desks[$0].work.map(\.contact) } ?? []
    }

    /// Whether she takes new work, as the router knows it; nil for somebody unknown. `missed` is its own finding.
    public func availability(of adviser: Adviser.ID) -> Availability? {
        guard let desk = deskOf[adviser], desks[desk].isKnown else { return nil }
        return desks[desk].room.availability
    }
}
