import People
import Storage
import Values

/// What a channel tells the desk about the contacts it carries: `App` hands it over, so that the desk knows no channel.
package struct Conversations: Sendable {
    /// Something said in a contact.
    package struct Line: Encodable, Sendable {
        package let contact: Contact.ID
        package let number: Int
        package let author: String
        package let name: String
        package let text: String
        package let at: Moment
        package let clientId: String?

        package init(
            contact: Contact.ID, number: Int, author: String, name: String, text: String, at: Moment, clientId: String?
        ) {
            self.contact = contact
            self.number = number
            self.author = author
            self.name = name
            self.text = text
            self.at = at
            self.clientId = clientId
        }
    }

    /// A customer who has not been seen for a while: since when, and until when the channel waits for a sign.
    package struct Absence: Encodable, Equatable, Sendable {
        package let since, until: Moment

        package init(since: Moment, until: Moment) {
            self.since = since
            self.until = until
        }
    }

    /// How far a contact's conversation is.
    package struct State: Sendable {
        package let first: String
        package let lastNumber: Int
        package let readNumber: Int
        package let customerIsTyping: Bool
        package let absence: Absence?

        package init(
            first: String, lastNumber: Int, readNumber: Int, customerIsTyping: Bool, absence: Absence? = nil
        ) {
            self.first = first
            self.lastNumber = lastNumber
            self.readNumber = readNumber
            self.customerIsTyping = customerIsTyping
            self.absence = absence
        }

        static let none = State(first: "", lastNumber: 0, readNumber: 0, customerIsTyping: false)
    }

    /// What was said in these contacts after the numbers given.
    let said: @Sendable ([Contact.ID: Int], Transaction) throws -> [Line]
    let states: @Sendable ([Contact.ID], Moment, Transaction) throws -> [Contact.ID: State]
    /// Removes what customers said in these contacts.
    let erase: @Sendable ([Contact.ID], Transaction) throws -> Void

    /// Says something in a contact that neither side has said.
    let tell: @Sendable (String, Contact.ID, Moment, Transaction) throws -> Void

    /// What else is kept about these contacts, by name: a rating, a comment.
    let held: @Sendable ([Contact.ID], Transaction) throws -> [Contact.ID: [String: String]]

    package init(
        said: @escaping @Sendable ([Contact.ID: Int], Transaction) throws -> [Line],
        states: @escaping @Sendable ([Contact.ID], Moment, Transaction) throws -> [Contact.ID: State],
        erase: @escaping @Sendable ([Contact.ID], Transaction) throws -> Void,
        tell: @escaping @Sendable (String, Contact.ID, Moment, Transaction) throws -> Void = { _, _, _, _ in },
        held: @escaping @Sendable ([Contact.ID], Transaction) throws -> [Contact.ID: [String: String]] = { _, _ in [:] }
    ) {
        self.said = said
        self.states = states
        self.erase = erase
        self.tell = tell
        self.held = held
    }

    /// For a body without channels, and for tests.
    package static let none = Conversations(said: { _, _ in [] }, states: { _, _, _ in [:] }, erase: { _, _ in })
}
