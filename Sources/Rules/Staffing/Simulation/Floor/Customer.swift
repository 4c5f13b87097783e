internal import Routing
internal import Values

/// Somebody who came, and where she stands. Her place in memory is given to another when she is done.
struct Customer: Sendable {
    enum State: UInt8, Sendable {
        /// Not in any queue: she will come, or be called, again.
        case away
        case waiting, offered, talking, wrapUp, done
    }

    /// What is drawn for her, and where in her branch: repeated draws stand `stride` apart.
    enum Draw: UInt64 {
        case gap, work, wrapUp, patience, offer, answering, retrial, retrialAfter, callback, reached

        static let stride: UInt64 = 16
    }

    let draws: Draws
    let line: Int
    /// Which try this is, from 1.
    var attempt = 1
    /// The router's number for this try.
    var id: Contact.ID = 0
    var arrivedAt: Int64 = 0
    /// Where this try is counted; -1 is nowhere.
    var cell = -1
    var state = State.away

    /// Moves on when she waits no more, or waits anew: what was planned for the wait before is void.
    var stay: UInt32 = 0
    /// Moves on with every offer and all that follows from it.
    var step: UInt32 = 0
    var offers: UInt64 = 0
    var stays: UInt64 = 0

    /// The seat that has her.
    var seat = -1
    /// Milliseconds of an average adviser's undivided time that her conversation still takes; below 0 is not drawn yet.
    var remaining = -1.0
    /// Since when the conversation goes at that pace, and since when it, or the wrap-up, goes at all.
    var pace = 1.0
    var pacedSince: Int64 = 0
    var since: Int64 = 0

    /// Somebody has talked to her in this try.
    var isAnswered = false
    var isCallback = false
    /// How often she was called back.
    var calls: UInt64 = 0
    /// The present call back is not answered.
    var isUnreached = false

    init(_ draws: Draws, line: Int) {
        self.draws = draws
        self.line = line
    }

    func uniform(_ draw: Draw, _ turn: UInt64 = 0) -> Double {
        draws.uniform(draw.rawValue &+ turn &* Draw.stride)
    }
}
