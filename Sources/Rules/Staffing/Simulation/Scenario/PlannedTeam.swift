public import Routing
public import Values

/// Advisers in a scenario who know the same and behave alike.
public struct PlannedTeam: Hashable, Sendable {
    public var name: String
    public var shifts: [Shift]
    public var skills: SkillLevels
    /// How much one of them does at once, as the router has it. Who takes calls takes callbacks.
    public var capacity: Capacity
    /// By how much each further chat slows all chats of an adviser: at 0.3, two take 1.3 times as long each.
    public var slowdown: Double
    /// How much advisers differ: the coefficient of variation of a lognormal factor with mean 1 on all their times.
    public var spread: Double
    public var place: Place
    /// Nil is a line that holds.
    public var line: HomeLine?
    /// From the offer to the first word.
    public var answering: Times
    /// What share of offers runs out, and what share is refused.
    public var missed: Double
    public var refused: Double
    /// How long who missed an offer stays away.
    public var missedPause: Duration

    public init(
        name: String, shifts: [Shift], skills: SkillLevels = [:], capacity: Capacity = .oneCall, slowdown: Double = 0,
        spread: Double = 0, place: Place = .office, line: HomeLine? = nil,
        answering: Times = .constant(.zero), missed: Double = 0, refused: Double = 0,
        missedPause: Duration = .minutes(2)
    ) {
        self.name = name
        self.shifts = shifts
        self.skills = skills
        self.capacity = capacity
        self.slowdown = slowdown
        self.spread = spread
        self.place = place
        self.line = line
        self.answering = answering
        self.missed = missed
        self.refused = refused
        self.missedPause = missedPause
    }

    public var advisers: Int { shifts.reduce(0) { $0 + $1.advisers } }
}

/// So many advisers work from then to then. At the end they finish what they have in hand.
public struct Shift: Hashable, Sendable {
    public var time: Range<Duration>
    public var advisers: Int
    /// In order. Each begins when the work in hand is done, and lasts its full length.
    public var breaks: [Break]

    public init(_ time: Range<Duration>, advisers: Int, breaks: [Break] = []) {
        self.time = time
        self.advisers = advisers
        self.breaks = breaks
    }

    /// What one adviser is paid for, in seconds: the shift without its unpaid breaks.
    public var paidSeconds: Double {
        breaks.reduce((time.upperBound - time.lowerBound).inSeconds) {
            $0 - ($1.isPaid ? 0 : $1.length.inSeconds)
        }
    }
}

/// A pause in a shift: lunch, training, a rest from the screen.
public struct Break: Hashable, Sendable {
    public var at: Duration
    public var length: Duration
    public var isPaid: Bool

    public init(at start: Duration, length: Duration, isPaid: Bool) {
        at = start
        self.length = length
        self.isPaid = isPaid
    }
}

/// A line at home that drops now and then. Whoever was talking waits again, first in line, and goes on where they were.
public struct HomeLine: Hashable, Sendable {
    /// The mean signed-in time between two drops.
    public var dropsEvery: Duration
    public var backAfter: Times

    public init(dropsEvery: Duration, backAfter: Times) {
        self.dropsEvery = dropsEvery
        self.backAfter = backAfter
    }
}
