import Values
import People
import Routing
import Storage
import TestKit

@testable import Contacts

/// What the router decides, written as the dispatcher writes it.
extension House {
    /// Puts a contact to her.
    func offer(_ contact: Routing.Contact.ID, to person: Person = .amina) async throws -> Offer.ID {
        let now = clock.now
        return try await store.write { transaction in
            let decision = Decision.offer(contact, to: Adviser.ID(person.id.number), until: now + .seconds(20))
            guard try Claim.make(decision, at: now, in: transaction),
                let offer = try Offer.open(to: person.id, in: transaction).first(where: { $0.contact == contact })
            else { throw ContactRefusal.offerGone }
            return offer.id
        }
    }

    /// Her time for it has run out. Says whether that is written.
    func miss(_ contact: Routing.Contact.ID, by person: Person = .amina) async throws -> Bool {
        let now = clock.now
        return try await store.write {
            try Claim.make(.missed(contact, by: Adviser.ID(person.id.number)), at: now, in: $0)
        }
    }
}
