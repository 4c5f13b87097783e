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

    /// Takes the place of somebody who is done; what was planned for that one stays void.
    mutating func come(_ draws: Draws, line: Int) {
        let (stay, step) = (stay, step)
        self = Customer(draws, line: line)
        self.stay = stay &+ 1
        self.step = step &+ 1
    }

    mutating func begin(_ id: Contact.ID, at now: Int64, countedIn cell: Int) {
        self.id = id
        arrivedAt = now
        self.cell = cell
    }

    mutating func wait() {
        state = .waiting
        stay &+= 1
        stays += 1
    }

    mutating func ring(at seat: Int) {
        state = .offered
        step &+= 1
        offers += 1
        self.seat = seat
    }

    mutating func talk(since now: Int64) {
        state = .talking
        stay &+= 1
        step &+= 1
        since = now
    }

    mutating func finishUp(since now: Int64) {
        state = .wrapUp
        step &+= 1
        since = now
    }

    mutating func go() {
        state = .done
        stay &+= 1
        step &+= 1
    }

    func uniform(_ draw: Draw, _ turn: UInt64 = 0) -> Double {
        draws.uniform(draw.rawValue &+ turn &* Draw.stride)
    }
}
