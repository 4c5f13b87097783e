public import Values

/// Somebody who helps customers, as routing sees her.
public struct Adviser: Hashable, Sendable {
    public typealias ID = Identifier<Adviser>

    public let id: ID
    /// What she knows and how well; a skill that is not here has level 0. Levels outside 0...255 are clamped.
    public var skills: [Skill.ID: Int]
    public var availability: Availability
    public var capacity: Capacity
    /// Since when she has had nothing new to do. The router moves it on whenever work of hers is over, never back.
    public var idleSince: Moment

    public init(
        id: ID, skills: [Skill.ID: Int], availability: Availability = .available,
        capacity: Capacity = .oneCall, idleSince: Moment
    ) {
        self.id = id
        self.skills = skills
        self.availability = availability
        self.capacity = capacity
        self.idleSince = idleSince
    }

    /// Whether she takes new work, if she has room for it.
    public var isAvailable: Bool { availability == .available }
}

/// Whether an adviser takes new work, and why not.
public enum Availability: String, CaseIterable, Codable, Sendable {
    /// Takes new work, as far as her capacity goes.
    case available
    /// Keeps her present work, takes nothing new.
    case paused
    /// Let an offer run out: perhaps not at her desk. Takes nothing new until she says so.
    case missed
    /// Not signed in.
    case offline
}

/// How much an adviser can do at once.
public struct Capacity: Hashable, Sendable {
    /// How many contacts of a channel at once; a channel that is not here is none. Calls and callbacks
    /// need the same ear, so they count together: she takes one while both make less than its channel's limit.
    public var limits: [Channel: Int]
    /// Whether she may chat while on the phone. Otherwise a call or callback excludes chats, and the reverse.
    public var mixes: Bool

    public init(limits: [Channel: Int], mixes: Bool = false) {
        self.limits = limits
        self.mixes = mixes
    }

    /// One call or callback, and no chats.
    public static let oneCall = Capacity(limits: [.call: 1, .callback: 1])
}
