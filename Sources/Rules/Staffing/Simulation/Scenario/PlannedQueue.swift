public import Values

/// One kind of demand in a scenario: how much of it comes when, how long it takes, and how customers behave.
public struct PlannedQueue: Hashable, Sendable {
    public var name: String
    /// Calls or chats; callbacks come of calls.
    public var channel: Channel
    /// When contacts may come. Who waits at closing is still answered while somebody is there.
    public var open: Range<Duration>
    /// How many are expected when: a Poisson process, even within each stretch. In order, without overlaps.
    public var arrivals: [ArrivalStretch]
    /// By how much this queue's days differ, beyond `Scenario.dayVariation`.
    public var dayVariation: Double
    /// The conversation, by an adviser of average speed who does nothing else.
    public var handling: Times
    /// What she does after it; nil is nothing.
    public var wrapUp: Times?
    /// When the router ends a wrap-up that takes longer; nil is never.
    public var wrapUpLimit: Duration?
    /// How long a customer waits before she gives up.
    public var patience: Times
    /// The wait within which the body promises to answer.
    public var target: Duration
    /// What an adviser must know.
    public var needs: SkillLevels
    /// What the router makes of the queue; see `Routing.Queue` and `Routing.Contact`.
    public var priority: Int
    public var headStart: Duration
    public var overflow: [PlannedOverflow]
    public var longest: Int?
    public var offerTimeout: Duration
    public var retrials: Retrials?
    public var callbacks: CallbackOffer?

    public init(
        name: String, channel: Channel = .call, open: Range<Duration>, arrivals: [ArrivalStretch], handling: Times,
        patience: Times, target: Duration = .minutes(5), needs: SkillLevels = [:]
    ) {
        self.name = name
        self.channel = channel
        self.open = open
        self.arrivals = arrivals
        dayVariation = 0
        self.handling = handling
        self.patience = patience
        self.target = target
        self.needs = needs
        priority = 0
        headStart = .seconds(60)
        overflow = []
        offerTimeout = .seconds(20)
    }

    /// How many contacts are expected, without those who come again.
    public var expected: Double { arrivals.reduce(0) { $0 + $1.expected } }
}

/// So many contacts are expected between two times, evenly.
public struct ArrivalStretch: Hashable, Sendable {
    public var time: Range<Duration>
    public var expected: Double

    public init(_ time: Range<Duration>, expected: Double) {
        self.time = time
        self.expected = expected
    }
}

/// Whom else a contact may go to once it has waited that long.
public struct PlannedOverflow: Hashable, Sendable {
    public var after: Duration
    /// Empty is everybody.
    public var needs: SkillLevels

    public init(after: Duration, needs: SkillLevels) {
        self.after = after
        self.needs = needs
    }
}

/// How many of those who gave up, or were turned away, come again.
public struct Retrials: Hashable, Sendable {
    /// From 0 to 1.
    public var share: Double
    public var after: Times
    /// How often somebody tries at most, the first time counted.
    public var most: Int

    public init(share: Double, after: Times, most: Int = 10) {
        self.share = share
        self.after = after
        self.most = most
    }
}

/// The offer to be called back without losing the place in the queue.
public struct CallbackOffer: Hashable, Sendable {
    /// After what wait it is made; nil is only at closing.
    public var after: Duration?
    /// Whether it is made to those who wait at closing.
    public var atClosing: Bool
    /// What share takes it.
    public var accepted: Double
    /// What share answers when called.
    public var reached: Double
    /// What an adviser loses with a customer who does not answer.
    public var dialling: Duration
    /// When such a customer is called again, and how often she is called at most.
    public var again: Duration
    public var tries: Int

    public init(
        after: Duration?, atClosing: Bool = true, accepted: Double, reached: Double = 1,
        dialling: Duration = .seconds(30), again: Duration = .minutes(15), tries: Int = 2
    ) {
        self.after = after
        self.atClosing = atClosing
        self.accepted = accepted
        self.reached = reached
        self.dialling = dialling
        self.again = again
        self.tries = tries
    }
}
