import Contacts
import People
import Storage
import Values

/// Something said in a chat. Numbers start at 1 and have no gaps.
struct Message: Equatable, Sendable {
    let contact: Contact.ID
    let number: Int
    let author: Author
    let name: String
    let text: String
    let at: Moment
    let clientId: String?

    enum Author: String, SQLConvertible {
        case customer, adviser, system
    }

    /// Characters a message may have.
    static let longest = 4_000
}

extension Message {
    private static let columns: SQL = "contact_id, number, author, name, text, at, client_id"

    init(row: Row) throws {
        contact = try row.value("contact_id")
        number = try row.value("number")
        author = try row.value("author")
        name = try row.value("name")
        text = try row.value("text")
        at = try row.value("at")
        clientId = try row.optional("client_id")
    }

    static func all(of contact: Contact.ID, after number: Int = 0, in transaction: Transaction) throws -> [Message] {
        try transaction.rows(
            """
            SELECT \(columns) FROM message WHERE contact_id = \(contact) AND number > \(number) ORDER BY number LIMIT 1000
            """
        ).map(Message.init(row:))
    }

    /// What was said in several chats after the numbers given, a statement for all that have something new.
    static func said(after seen: [Contact.ID: Int], in transaction: Transaction) throws -> [Message] {
        if seen.isEmpty { return [] }
        let conditions = seen.sorted { $0.key < $1.key }.map { contact, number -> SQL in
            "(contact_id = \(contact) AND number > \(number))"
        }
        return try transaction.rows(
            """
            SELECT \(columns) FROM message WHERE \(SQL.list(conditions, separator: " OR ")) ORDER BY contact_id, number
            """
        ).map(Message.init(row:))
    }

    /// Stores what was said under the next number, or gives what is stored under this client id already.
    ///
    /// - Returns: the message, and whether it is new.
    static func say(
        _ text: String, in contact: Contact.ID, by author: Author, person: Person.ID? = nil, name: String,
        clientId: String?, at now: Moment, transaction: Transaction
    ) throws -> (message: Message, isNew: Bool) {
        if let clientId, let before = try find(contact, clientId: clientId, in: transaction) { return (before, false) }
        let typing: SQL = author == .customer ? "customer_typing_until" : "adviser_typing_until"
        let row = try transaction.row(
            """
            UPDATE chat SET last_number = last_number + 1, \(typing) = NULL WHERE contact_id = \(contact)
            RETURNING last_number
            """)
        guard let row else { throw TalkRefusal.unknown }
        let message = Message(
            contact: contact, number: try row.value("last_number"), author: author, name: name, text: text, at: now,
            clientId: clientId)
        try transaction.run(
            """
            INSERT INTO message (contact_id, number, author, person_id, name, text, at, client_id)
            VALUES (\(contact), \(message.number), \(author), \(person), \(name), \(text), \(now), \(clientId))
            """)
        transaction.ring(.contact(contact))
        if let adviser = try Contact.find(contact, in: transaction)?.adviser { transaction.ring(.desk(adviser)) }
        return (message, true)
    }

    static func find(_ contact: Contact.ID, clientId: String, in transaction: Transaction) throws -> Message? {
        try transaction.row(
            """
            SELECT \(columns) FROM message WHERE contact_id = \(contact) AND client_id = \(clientId)
            """
        ).map(Message.init(row:))
    }
}

/// A message as the outside sees it.
struct MessageView: Encodable, Sendable {
    let number: Int
    let author: String
    let name: String
    let text: String
    let at: Moment
    let clientId: String?

    /// Whoever holds the client id with which a chat began gets a token for it, so a customer's ids are the customer's.
    init(_ message: Message, to party: Party) {
        number = message.number
        author = message.author.rawValue
        name = message.name
        text = message.text
        at = message.at
        clientId = message.author == .customer && !party.isCustomer ? nil : message.clientId
    }
}
