import People
import Storage
import Values

/// A customer as far as her contacts tell: those under one reference, or one contact alone.
struct Customer: Sendable {
    let contacts: [Contact]

    /// What a customer is found by.
    enum Key: Equatable, Sendable {
        case reference(String)
        case contact(Contact.ID)
    }

    var isOpen: Bool { contacts.contains { $0.state != .ended } }
    var ids: [Contact.ID] { contacts.map(\.id) }
}

/// A copy or an erasure of a customer's data is refused.
enum CustomerRefusal: Refusal, Equatable {
    case unknown, open

    var sentence: String {
        switch self {
        case .unknown: "Nothing is kept under this reference or number, or not any more."
        case .open: "One of this customer's contacts has not ended yet. Erase them when it has ended and is wrapped up."
        }
    }

    var kind: RefusalKind { self == .unknown ? .notFound : .conflict }
}

extension Customer {
    /// - Throws: `CustomerRefusal.unknown` when nothing is kept under this key.
    static func find(_ key: Key, in transaction: Transaction) throws -> Customer {
        let condition: SQL =
            switch key {
            case .reference(let reference): "reference = \(reference)"
            case .contact(let id): "id = \(id)"
            }
        let contacts = try transaction.rows(
            """
            SELECT \(Contact.columns) FROM contact WHERE \(condition) AND erased_at IS NULL ORDER BY arrived_at, id
            """
        ).map(Contact.init(row:))
        guard !contacts.isEmpty else { throw CustomerRefusal.unknown }
        return Customer(contacts: contacts)
    }

    /// Everything that is kept about her; the audit trail says who took a copy and why.
    func export(
        because purpose: String, through conversations: Conversations, by act: Act, in transaction: Transaction
    ) throws -> CustomerCopy {
        let records = try ids.map { try ContactRecord($0, through: conversations, in: transaction) }
        try note("customer copied", purpose, by: act, in: transaction)
        return CustomerCopy(madeAt: act.at, contacts: records)
    }

    /// Erases names, references and words for good.
    ///
    /// - Throws: `CustomerRefusal.open` while one of her contacts has not ended.
    func erase(
        because purpose: String, through conversations: Conversations, by act: Act, in transaction: Transaction
    ) throws {
        if isOpen { throw CustomerRefusal.open }
        for start in stride(from: 0, to: ids.count, by: 200) {
            let some = Array(ids[start..<min(start + 200, ids.count)])
            try Contact.forget(some, through: conversations, at: act.at, in: transaction)
        }
        try note("customer erased", purpose, by: act, in: transaction)
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

/// A copy of everything that is kept about a customer.
struct CustomerCopy: Encodable, Sendable {
    let madeAt: Moment
    let contacts: [ContactRecord]
}
