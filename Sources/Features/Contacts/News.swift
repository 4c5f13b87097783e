import People
import Storage
import Values

/// What has happened since the dispatcher last looked, with all the router has to know about it.
struct News: Sendable {
    enum Item: Sendable {
        case arrived(Contact)
        case left(Contact.ID)
        case accepted(Contact.ID, Person.ID)
        case refused(Contact.ID, Person.ID)
        case ended(Contact.ID)
        case wrappedUp(Contact.ID, Person.ID)
        case adviser(Desk, skills: [Skill.ID: Int])
        case queue(Queue)
    }

    let items: [Item]
    let ids: [Int64]
    /// There is more than fitted into one look.
    var isFull: Bool { ids.count >= 500 }

    static func read(today: Day, in transaction: Transaction) throws -> News {
        let events = try RoutingEvent.pending(in: transaction)
        let advisers = Set(events.filter { $0.kind == .adviser }.compactMap(\.adviser))
        let skills = advisers.isEmpty ? [:] : try SkillHeld.levels(of: Array(advisers), on: today, in: transaction)
        return News(
            items: try events.compactMap { try item($0, skills, in: transaction) }, ids: events.map(\.id))
    }

    private static func item(
        _ event: RoutingEvent, _ skills: [Person.ID: [Skill.ID: Int]], in transaction: Transaction
    ) throws -> Item? {
        switch (event.kind, event.contact, event.adviser, event.queue) {
        case (.arrived, let id?, _, _):
            // It may have left again or been taken since; then later news says so.
            guard let contact = try Contact.find(id, in: transaction), contact.state == .waiting else { return nil }
            return .arrived(contact)
        case (.left, let id?, _, _): return .left(id)
        case (.accepted, let id?, let adviser?, _): return .accepted(id, adviser)
        case (.refused, let id?, let adviser?, _): return .refused(id, adviser)
        case (.ended, let id?, _, _): return .ended(id)
        case (.wrappedUp, let id?, let adviser?, _): return .wrappedUp(id, adviser)
        case (.adviser, _, let adviser?, _):
            return try Desk.find(adviser, in: transaction).map { .adviser($0, skills: skills[adviser] ?? [:]) }
        case (.queue, _, _, let queue?): return try Queue.find(queue, in: transaction).map { .queue($0) }
        default: return nil
        }
    }
}
