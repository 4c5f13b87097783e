import Contacts
import Hummingbird
import People
import Storage
import Values
import Web

/// Who takes part in a chat, by what they show: the customer by the chat's own token, staff by their session.
enum Party: Sendable {
    case customer
    case adviser(Person)
    /// May read, because the role allows it, but not write.
    case reader(Person)

    /// - Throws: `TalkRefusal.unknown`, and for staff `.notYours`, when there is no such chat or it is none of their business.
    init(
        of talk: Talk, showing token: String?, signedIn person: @autoclosure () throws -> Person?
    ) throws {
        if Party.isCustomer(of: talk, showing: token) {
            self = .customer
            return
        }
        let person = try person()
        if let person, talk.contact.adviser == person.id, talk.contact.state != .offered {
            self = .adviser(person)
        } else if let person, person.may(.readContacts) {
            self = .reader(person)
        } else {
            throw person == nil ? TalkRefusal.unknown : .notYours
        }
    }

    /// Whether this token opens the chat as its customer.
    static func isCustomer(of talk: Talk, showing token: String?) -> Bool {
        token.map { token in talk.tokenHashes.contains { Secret.matches(token, hash: $0) } } ?? false
    }

    var isCustomer: Bool {
        if case .customer = self { true } else { false }
    }

    /// Whether whoever shows this takes part, by now.
    static func takesPart(in talk: Talk, showing token: String?, _ person: Person?) throws -> Bool {
        do {
            _ = try Party(of: talk, showing: token, signedIn: person)
            return true
        } catch is TalkRefusal {
            return false
        }
    }

    /// Who writes under which name, or a refusal.
    func author(in talk: Talk) throws -> (author: Message.Author, person: Person.ID?, name: String) {
        switch self {
        case .customer: return (.customer, nil, talk.contact.customerName)
        case .adviser(let person): return (.adviser, person.id, person.name)
        case .reader: throw AccessRefusal.notAllowed
        }
    }
}
