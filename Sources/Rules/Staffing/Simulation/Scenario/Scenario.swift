public import Values

/// A day to be tried out: who comes, who is there, and how both behave. All times of day count from midnight.
///
/// A value that anybody may make; `Simulation` refuses one that makes no sense. `ScenarioFile` reads one from YAML.
public struct Scenario: Hashable, Sendable {
    public var name: String
    public var queues: [PlannedQueue]
    public var teams: [PlannedTeam]
    /// By how much whole days differ, all queues alike: the coefficient of variation of a gamma factor with mean 1. 0 is not at all.
    public var dayVariation: Double
    /// How long an adviser is spared a contact that she refused; see `Routing.Settings`.
    public var refusalPause: Duration
    /// What the day is cut into for the figures.
    public var interval: Duration
    /// Only contacts that come in this time are counted, and only this time of advisers. Nil is the whole day. Leave out
    /// the beginning where the figures of a steady state are wanted: a centre opens empty.
    public var measured: Range<Duration>?

    public init(
        name: String, queues: [PlannedQueue], teams: [PlannedTeam], dayVariation: Double = 0,
        refusalPause: Duration = .minutes(1), interval: Duration = .minutes(15), measured: Range<Duration>? = nil
    ) {
        self.name = name
        self.queues = queues
        self.teams = teams
        self.dayVariation = dayVariation
        self.refusalPause = refusalPause
        self.interval = interval
        self.measured = measured
    }

    /// How many advisers there are in all shifts together.
    public var advisers: Int { teams.reduce(0) { $0 + $1.advisers } }

    /// How many contacts are expected, without those who come again.
    public var expected: Double { queues.reduce(0) { $0 + $1.expected } }
}

/// A level by the name of each skill; see `Skill.levels`.
public typealias SkillLevels = [String: Int]
