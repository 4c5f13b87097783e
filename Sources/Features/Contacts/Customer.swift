import Foundation
import People
import Storage
import Values
import Web

/// A customer as far as her contacts tell: those under one reference, or one contact alone.
struct Customer: Sendable {
    /// Nil when she is known by one contact alone.
    let reference: String?
    let contacts: [Contact]

    /// What a customer is found by.
    enum Key: Equatable, Sendable {
        case reference(String)
        case contact(Contact.ID)
    }

    var isOpen: Bool { contacts.contains { $0.state != .ended } }
    var ids: [Contact.ID] { contacts.map(\.id) }
    /// The names under which she is known, the oldest first; more than one may mean more than one person.
    var names: [String] {
        var folded: Set<String> = []
        return contacts.map(\.customerName).filter { name in
            folded.insert(name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()).inserted
        }
    }
}

/// A copy or an erasure of a customer's data is refused.
enum CustomerRefusal: Refusal, Equatable {
    case unknown, open
    /// So many of her contacts were chosen, and no more than so many can be at once.
    case tooMany(Int, most: Int)

    var sentence: String {
        switch self {
        case .unknown: "Nothing is kept under this reference or number, or not any more."
        case .open: "One of this customer's contacts has not ended yet. Erase them when it has ended and is wrapped up."
        case .tooMany(let count, let most): "You have chosen \(count) contacts. Choose \(most) at most at a time."
        }
    }

    var kind: RefusalKind { self == .unknown ? .notFound : .conflict }
}

extension Customer {
    /// - Throws: `CustomerRefusal.unknown` when nothing is kept under this key.
    static func find(_ key: Key, in transaction: Transaction) throws -> Customer {
        let (condition, reference): (SQL, String?) =
            switch key {
            case .reference(let reference): ("reference = \(reference)", reference)
            case .contact(let id): ("id = \(id)", nil)
            }
        let contacts = try transaction.rows(
            """
            SELECT \(Contact.columns) FROM contact WHERE \(condition) AND erased_at IS NULL ORDER BY arrived_at, id
            """
        ).map(Contact.init(row:))
        guard !contacts.isEmpty else { throw CustomerRefusal.unknown }
        return Customer(reference: reference, contacts: contacts)
    }

    /// Those of her contacts that were chosen. Without a choice all of them, unless they may be of different people.
    func only(_ chosen: [Contact.ID]?) throws(FormRefusal) -> Customer {
        let sentence: String
        if let chosen {
            let kept = contacts.filter { Set(chosen).contains($0.id) }
            if !kept.isEmpty, kept.count == Set(chosen).count { return Customer(reference: reference, contacts: kept) }
            sentence =
                kept.isEmpty ? "Choose one contact at least." : "Some of these contacts are not among those found."
        } else {
            if names.count < 2 { return self }
            sentence = "Different names stand under this reference. Choose the contacts that are this customer's."
        }
        throw FormRefusal(errors: [.init("contacts", sentence)])
    }

    /// Everything that is kept about her. Whoever takes it notes it in the audit trail first.
    func copy(
        at now: Moment, through conversations: Conversations, in transaction: Transaction
    ) throws -> CustomerCopy {
        let records = try ids.map { try ContactRecord($0, through: conversations, in: transaction) }
        return CustomerCopy(madeAt: now, contacts: records)
    }

    /// By numbers only: the trail outlives what was erased.
    func note(_ action: Action, _ purpose: String?, by act: Act, in transaction: Transaction) throws {
        var detail = ["contacts": ids.prefix(200).map { "\($0)" }.joined(separator: " "), "count": "\(ids.count)"]
        detail["purpose"] = purpose
        try Audit.append(act.entry(action, Subject("contact", ids.first?.number), detail), in: transaction)
    }

    /// Whether this text tells who she is.
    func isNamed(in text: String) -> Bool {
        let folded = text.lowercased()
        return contacts.contains { contact in
            [contact.customerName, contact.reference ?? ""].contains { !$0.isEmpty && folded.contains($0.lowercased()) }
        }
    }
}

extension Customer {
    /// By a reference or, where there is none like that, by the number of a contact.
    static func sought(_ text: String, in transaction: Transaction) throws -> Customer? {
        let text = text.trimmingCharacters(in: .whitespaces)
        do {
            return try find(.reference(text), in: transaction)
        } catch CustomerRefusal.unknown {
            guard let id = Contact.ID(text) else { return nil }
            do {
                return try find(.contact(id), in: transaction)
            } catch CustomerRefusal.unknown {
                return nil
            }
        }
    }
}

/// A copy of everything that is kept about a customer.
struct CustomerCopy: Encodable, Sendable {
    let madeAt: Moment
    let contacts: [ContactRecord]
}
