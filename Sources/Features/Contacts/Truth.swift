import People
import Routing
import Storage
import Values

/// Where the contacts and advisers of some decisions stand by the tables.
struct Truth: Sendable {
    let contacts: [Known]
    let desks: [Desk]
    let skills: [Person.ID: [Skill.ID: Int]]

    /// A contact, as far as there is one, and until when somebody may accept it.
    struct Known: Sendable {
        let id: Contact.ID
        let contact: Contact?
        let offeredUntil: Moment?
    }

    static func read(of decisions: [Decision], today: Day, in transaction: Transaction) throws -> Truth {
        let offers = try Offer.open(in: transaction)
        let contacts = try Set(decisions.map(\.contact)).sorted().map { id in
            Known(
                id: id, contact: try Contact.find(id, in: transaction),
                offeredUntil: offers.first { $0.contact == id }?.until)
        }
        let advisers = Set(decisions.compactMap(\.adviser)).sorted()
        return Truth(
            contacts: contacts, desks: try advisers.compactMap { try Desk.find($0, in: transaction) },
            skills: try SkillHeld.levels(of: advisers, on: today, in: transaction))
    }
}

extension Decision {
    /// The contact it is about.
    var contact: Contact.ID {
        switch self {
        case .offer(let contact, _, _), .missed(let contact, _), .withdrawn(let contact, _),
            .wrapUpEnded(let contact, _), .turnedAway(let contact), .requeued(let contact, _):
            contact
        }
    }

    /// The adviser it is about.
    fileprivate var adviser: Person.ID? {
        switch self {
        case .offer(_, let adviser, _), .missed(_, let adviser), .withdrawn(_, let adviser),
            .wrapUpEnded(_, let adviser), .requeued(_, let adviser):
            Person.ID(adviser.number)
        case .turnedAway: nil
        }
    }
}
