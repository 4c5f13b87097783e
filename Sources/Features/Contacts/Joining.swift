import People
import Storage
import Values
import Web

/// Nobody can stand beside an adviser just now.
enum JoiningRefusal: Refusal, Equatable {
    case notAsked, notJoined

    var sentence: String {
        switch self {
        case .notAsked: "Nobody asks for help in this contact, or not any more."
        case .notJoined: "You have not joined this chat since help was asked. Join it first."
        }
    }

    var kind: RefusalKind { .conflict }
}

/// A team leader beside a colleague who has asked for help: reads the conversation as it goes on, and writes notes that
/// only advisers see. Both are events of the contact, so its history says who did what, and when.
extension Contact {
    /// So many characters a note may have.
    static let longestNote = 2_000

    /// The contact in which its adviser asks for help now.
    static func askingForHelp(_ id: ID, in transaction: Transaction) throws -> Contact {
        guard let contact = try find(id, in: transaction) else { throw ContactRefusal.unknown }
        guard contact.state == .active, contact.helpAskedAt != nil else { throw JoiningRefusal.notAsked }
        return contact
    }

    /// The contact in which help is asked for and this leader has joined.
    static func joined(_ id: ID, by leader: Person.ID, in transaction: Transaction) throws -> Contact {
        let contact = try askingForHelp(id, in: transaction)
        guard try Beside.of([id], in: transaction)[id]?.helpers.contains(where: { $0.id == leader }) == true else {
            throw JoiningRefusal.notJoined
        }
        return contact
    }

    /// The leader joins. Who has joined already has.
    static func join(_ id: ID, by act: Act, as leader: Person.ID, in transaction: Transaction) throws {
        let contact = try askingForHelp(id, in: transaction)
        let helpers = try Beside.of([id], in: transaction)[id]?.helpers ?? []
        if helpers.contains(where: { $0.id == leader }) { return }
        try contact.note(.joined, by: leader, at: act.at, in: transaction)
        try Audit.append(act.entry("contact joined", Subject("contact", id.number)), in: transaction)
    }

    /// Writes what only advisers see. The audit trail, which outlives an erasure, says that it was written, and not what.
    static func write(
        _ note: String, on id: ID, by act: Act, as leader: Person.ID, in transaction: Transaction
    ) throws {
        try joined(id, by: leader, in: transaction).note(
            .noted, by: leader, at: act.at, saying: note, in: transaction)
        try Audit.append(act.entry("contact noted", Subject("contact", id.number)), in: transaction)
    }

    /// The adviser does without help after all.
    func withdrawHelp(by adviser: Person.ID, at now: Moment, in transaction: Transaction) throws {
        let withdrawn = try transaction.run(
            "UPDATE contact SET help_asked_at = NULL WHERE id = \(id) AND help_asked_at IS NOT NULL")
        if withdrawn == 1 { try note(.helpWithdrawn, by: adviser, at: now, in: transaction) }
    }

    /// An event, of which the adviser's desk and whoever stands beside it hear at once.
    private func note(
        _ kind: ContactEvent.Kind, by person: Person.ID, at now: Moment, saying text: String? = nil,
        in transaction: Transaction
    ) throws {
        try ContactEvent.append(kind, to: id, at: now, by: person, cause: text, in: transaction)
        if let adviser { try DeskRevision.raise(adviser, in: transaction) }
        transaction.ring(.contact(id))
    }
}

/// What stands beside a conversation, for advisers' eyes: who has joined since help was last asked, and all notes.
struct Beside: Equatable, Sendable {
    private(set) var helpers: [Helper] = []
    private(set) var notes: [Note] = []

    struct Helper: Equatable, Sendable { let id: Person.ID; let name: String }
    /// A note, by the number of its event.
    struct Note: Encodable, Equatable, Sendable { let number: Int; let at: Moment; let name, text: String }

    static func of(_ contacts: [Contact.ID], in transaction: Transaction) throws -> [Contact.ID: Beside] {
        if contacts.isEmpty { return [:] }
        let rows = try transaction.rows(
            """
            SELECT contact_event.contact_id, contact_event.number, contact_event.at, contact_event.kind,
                contact_event.cause, contact_event.adviser_id, person.name
            FROM contact_event LEFT JOIN person ON person.id = contact_event.adviser_id
            WHERE contact_event.contact_id IN \(anyOf: contacts)
                AND contact_event.kind IN ('help_asked', 'joined', 'noted')
            ORDER BY contact_event.contact_id, contact_event.number
            """)
        return try rows.reduce(into: [:]) { all, row in
            try all[row.value("contact_id"), default: Beside()].take(row)
        }
    }

    private mutating func take(_ row: Row) throws {
        let name = try row.optional("name") ?? "A colleague"
        switch try row.value("kind", as: ContactEvent.Kind.self) {
        case .helpAsked: helpers = []
        case .joined:
            if let id: Person.ID = try row.optional("adviser_id") { helpers.append(Helper(id: id, name: name)) }
        default:
            guard let text: String = try row.optional("cause") else { return }
            notes.append(
                Note(number: try row.value("number"), at: try row.value("at"), name: name, text: text))
        }
    }
}
