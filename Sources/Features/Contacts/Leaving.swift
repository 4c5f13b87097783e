import People
import Storage
import Values

/// What becomes of a desk whose adviser is none any more.
///
/// Who loses the role in the middle of a chat finishes what she has and is offered nothing new; with the last wrap-up
/// she is offline. Who has left the body cannot sign in, so her contacts wait again at their old places, at once.
extension Desk {
    /// Brings the desk in line with what its adviser may do and knows now.
    func follow(_ adviser: Person, at now: Moment, in transaction: Transaction) throws {
        if adviser.may(.workDesk) {
            // Given back in time: she says herself when she is ready for more.
            if status == .leaving { return try fall(to: .onBreak, at: now, in: transaction) }
            try Desk.learn(adviser.id, at: now, in: transaction)
            return try RoutingEvent.append(.adviser, adviser: adviser.id, in: transaction)
        }
        let isFree = try Contact.at(adviser.id, in: transaction).isEmpty
        if isFree || !adviser.isActive { return try fall(to: .offline, at: now, in: transaction) }
        // A lost line takes her contacts away by itself.
        if status != .leaving, status != .lineLost { try fall(to: .leaving, at: now, in: transaction) }
    }

    /// She has one contact less: if it was her last, and she is no adviser any more, she is done.
    static func leaveWhenDone(_ adviser: Person.ID, at now: Moment, in transaction: Transaction) throws {
        guard let desk = try find(adviser, in: transaction), [.leaving, .lineLost].contains(desk.status),
            try Contact.at(adviser, in: transaction).isEmpty
        else { return }
        let person = try Person.find(adviser, on: Day(now), in: transaction)
        if !person.may(.workDesk) { try desk.fall(to: .offline, at: now, in: transaction) }
    }
}
