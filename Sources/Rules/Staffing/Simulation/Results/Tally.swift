/// What became of the contacts that came to one queue in one interval. Times are sums in milliseconds.
struct Tally: Hashable, Sendable {
    var offered = 0
    var answered = 0
    var answeredInTarget = 0
    var abandoned = 0
    var abandonedInTarget = 0
    /// Turned away because the queue was full.
    var turnedAway = 0
    /// Still waiting when the last adviser had gone.
    var unserved = 0
    /// Took the offer of a callback; of them, reached and not reached in the end.
    var callbacks = 0
    var callbacksKept = 0
    var callbacksFailed = 0
    /// Of those offered: not for the first time.
    var retrials = 0
    /// Conversations that a dropped line cut, and customers who then did not wait for another.
    var drops = 0
    var lostAfterDrop = 0
    var waitOfAnswered: Int64 = 0
    var waitForCallback: Int64 = 0
    var longestWait: Int64 = 0
    /// Conversation and wrap-up, of answered contacts and callbacks.
    var handling: Int64 = 0
    /// How many conversations or wrap-ups that is, by contact.
    var handled = 0

    static func += (left: inout Self, right: Self) {
        left.offered += right.offered
        left.answered += right.answered
        left.answeredInTarget += right.answeredInTarget
        left.abandoned += right.abandoned
        left.abandonedInTarget += right.abandonedInTarget
        left.turnedAway += right.turnedAway
        left.unserved += right.unserved
        left.callbacks += right.callbacks
        left.callbacksKept += right.callbacksKept
        left.callbacksFailed += right.callbacksFailed
        left.retrials += right.retrials
        left.drops += right.drops
        left.lostAfterDrop += right.lostAfterDrop
        left.waitOfAnswered += right.waitOfAnswered
        left.waitForCallback += right.waitForCallback
        left.longestWait = max(left.longestWait, right.longestWait)
        left.handling += right.handling
        left.handled += right.handled
    }
}

/// The time of one team in one interval, in milliseconds of advisers.
struct StaffTally: Hashable, Sendable {
    /// Free or busy.
    var staffed: Int64 = 0
    /// With an offer, a conversation or a wrap-up in hand.
    var busy: Int64 = 0

    /// So long, with so many there and so many of them busy.
    mutating func add(_ length: Int64, staffed: Int, busy: Int) {
        self.staffed += length * Int64(staffed)
        self.busy += length * Int64(busy)
    }

    static func += (left: inout Self, right: Self) {
        left.staffed += right.staffed
        left.busy += right.busy
    }
}

/// What one day came to.
struct DayTally: Hashable, Sendable {
    /// By queue, then by interval.
    var cells: [[Tally]]
    /// By team, then by interval.
    var staff: [[StaffTally]]
    /// Work after the end of shifts, in milliseconds of advisers.
    var overtime: Int64 = 0
    /// How often the router was told something.
    var events = 0
}
