import Values

/// A queue as the router holds it.
struct QueueState: Sendable {
    var queue: Queue { didSet { terms = Terms(queue) } }
    private(set) var terms: Terms
    /// Who waits, by turn.
    private(set) var line = Line<Turn>()
    /// Who waits, by arrival alone; nil as long as that is the same.
    private var arrivals: Line<Turn>?
    var handling: MovingMean
    var patience = Patience()
    /// What its contacts asked for last: mostly the next one asks for the same, and need not be looked up.
    var asked: Asked?

    init(_ queue: Queue, handlingTime: Duration) {
        self.queue = queue
        terms = Terms(queue)
        handling = MovingMean(handlingTime)
    }

    mutating func insert(_ turn: Turn, arrival: Turn) {
        if arrivals == nil, arrival != turn { arrivals = line }
        line.insert(turn)
        arrivals?.insert(arrival)
    }

    mutating func remove(_ turn: Turn, arrival: Turn) {
        line.remove(turn)
        arrivals?.remove(arrival)
        if line.isEmpty { arrivals = nil }
    }

    /// Who has waited longest.
    var oldest: Turn? { (arrivals ?? line).first }

    struct Asked: Sendable {
        let needs: [Need]
        let channel: Channel
        /// The demand that this is, by index.
        let demand: Int
    }
}

/// A queue's times in milliseconds: to work them out from durations at each event took a tenth of its time.
struct Terms: Sendable {
    let headStart: Int64
    let offerTimeout: Int64
    let wrapUpLimit: Int64
    let overflow: [(after: Int64, needs: [Need])]

    init(_ queue: Queue) {
        headStart = queue.headStart.bounded
        offerTimeout = max(1, queue.offerTimeout.bounded)
        wrapUpLimit = queue.wrapUpLimit.bounded
        overflow = queue.overflow.map { ($0.after.bounded, $0.needs) }
    }
}
