internal import Routing

/// One adviser through her day.
struct Seat: Sendable {
    enum Duty: UInt8, Sendable {
        case off, on, onBreak
    }

    /// What the router was told last.
    enum Told: UInt8, Sendable {
        case gone, paused, missed, available
    }

    let team: Int
    let shift: Int
    let draws: Draws
    /// By how much longer than on average she takes.
    let factor: Double
    var duty = Duty.off
    var told = Told.gone
    /// The next break of her shift, by number; after the last comes the end.
    var nextBreak = 0
    /// How many breaks are due as soon as she has nothing in hand.
    var breaksDue = 0
    var isLeaving = false
    var hasMissed = false
    var hasLineDropped = false
    /// Moves on when she comes back after a missed offer by another way.
    var missMark: UInt32 = 0
    var misses: UInt64 = 0
    var drops: UInt64 = 0
    /// Offers, conversations and wrap-ups.
    var inHand = 0
    /// The customers she chats with, where chats slow each other.
    var chats: [Int32] = []
    /// How she is counted in her team.
    var isStaffed = false
    var isBusy = false

    init(team: Int, shift: Int, draws: Draws, factor: Double) {
        self.team = team
        self.shift = shift
        self.draws = draws
        self.factor = factor
    }

    /// What the router should know of her.
    var standing: Told {
        if duty == .off || hasLineDropped { return .gone }
        if duty == .onBreak || breaksDue > 0 || isLeaving { return .paused }
        return hasMissed ? .missed : .available
    }
}
