import People
import Storage
import TestKit
import Values

@testable import Contacts

/// What happens at a desk, one step at a time, as the handlers write it.
extension House {
    /// Amina comes to work.
    func come(
        _ person: Person = .amina, status: Desk.Status = .available, reason: String? = nil, place: Place = .home
    ) async throws {
        let now = clock.now
        try await store.write { transaction in
            try Desk.of(person, at: now, in: transaction).change(
                to: status, reason: reason, place: place, team: person.team, at: now, in: transaction)
        }
    }

    func accept(_ offer: Offer.ID, by person: Person = .amina) async throws {
        let now = clock.now
        _ = try await store.write { try Offer.accept(offer, by: person.id, at: now, in: $0) }
    }

    /// A contact that has come and that she has answered.
    func answered(_ name: String, by person: Person = .amina) async throws -> Contact.ID {
        let id = try await arrived(name, nil)
        try await accept(try await offer(id, to: person), by: person)
        return id
    }

    func end(_ contact: Contact.ID, by ender: Contact.Ender = .customer) async throws {
        let now = clock.now
        try await store.write { try Contact.end(contact, by: ender, at: now, in: $0) }
    }

    func wrapUp(_ contact: Contact.ID, by person: Person = .amina) async throws {
        let now = clock.now
        try await store.write {
            try Contact.wrapUp(contact, code: "answered", note: nil, by: person.id, at: now, in: $0)
        }
    }

    func desk(of person: Person = .amina) async throws -> Desk? {
        try await store.read { try Desk.find(person.id, in: $0) }
    }
}
