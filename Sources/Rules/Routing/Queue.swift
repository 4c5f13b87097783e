public import Values

/// One kind of demand that waits together: "Self Assessment calls". Its rules, not its contacts.
public struct Queue: Hashable, Sendable {
    public typealias ID = Identifier<Queue>

    public let id: ID
    /// How much earlier a contact counts as arrived per point of its priority; negative counts as zero.
    public var headStart: Duration
    /// The wait within which the body promises to answer. Routing does not read it; boards and reports do.
    public var serviceTarget: Duration
    /// Whom else a contact may go to once it has waited; in any order, each step adds to those before.
    public var overflow: [OverflowStep]
    /// How many may wait at once; whoever finds no free adviser beyond that is turned away. Nil is no limit.
    public var longest: Int?
    /// How long an offer stands before it counts as missed; at least a millisecond.
    public var offerTimeout: Duration
    /// How long an adviser may take to finish up after a contact; zero is no wrap-up at all.
    public var wrapUpLimit: Duration

    /// A queue; all but its number have the values that an unknown queue is treated with.
    public init(
        id: ID, headStart: Duration = .seconds(60), serviceTarget: Duration = .minutes(5),
        overflow: [OverflowStep] = [], longest: Int? = nil,
        offerTimeout: Duration = .seconds(20), wrapUpLimit: Duration = .minutes(2)
    ) {
        self.id = id
        self.headStart = headStart
        self.serviceTarget = serviceTarget
        self.overflow = overflow
        self.longest = longest
        self.offerTimeout = offerTimeout
        self.wrapUpLimit = wrapUpLimit
    }
}

/// Who else may take a contact that has waited a while. Its own needs stay an alternative.
public struct OverflowStep: Hashable, Sendable {
    /// The wait, counted from the contact's arrival, from which the step holds.
    public let after: Duration
    /// What an adviser must know to help from then on; empty is everybody.
    public let needs: [Need]

    public init(after: Duration, needs: [Need]) {
        self.after = after
        self.needs = needs
    }
}

/// A skill and the least level of it that a contact asks for.
public struct Need: Hashable, Comparable, Sendable {
    public let skill: Skill.ID
    /// One of `Skill.levels`; zero and less is met by everybody.
    public let level: Int

    public init(skill: Skill.ID, level: Int = 1) {
        self.skill = skill
        self.level = level
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.skill, left.level) < (right.skill, right.level)
    }
}
