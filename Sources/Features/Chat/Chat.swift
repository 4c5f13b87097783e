import Contacts
import Hummingbird
import People
import ServiceLifecycle
import Storage
import Values
import Web
import Logging

/// Customers' chats: the page they write on, the messages, the stream that brings the answers.
package struct Chat: Feature {
    let store: Store
    let pages: Pages
    let now: @Sendable () -> Moment
    let secrets: Secret.Source
    let visits: Attendance<Visits>
    let starts: StartLimit
    let isSecure: Bool

    package init(
        store: Store, pages: Pages, now: @escaping @Sendable () -> Moment, secrets: Secret.Source, isSecure: Bool,
        startsPerMinute: Int, logger: Logger
    ) {
        self.store = store
        self.pages = pages
        self.now = now
        self.secrets = secrets
        self.isSecure = isSecure
        visits = Attendance(store: store, now: now, logger: logger)
        starts = StartLimit(perMinute: startsPerMinute)
    }

    package func addRoutes(to router: Router<AppContext>) {
        addPageRoutes(to: router)
        addTalkRoutes(to: router)
        addMessageRoutes(to: router)
    }

    package var services: [any Service] { [visits] }

    static func cookie(_ id: Contact.ID) -> String { "chat-\(id)" }

    /// The chat whose token a cookie of this name carries, if it is such a one.
    static func contact(ofCookie name: Substring) -> Contact.ID? {
        name.hasPrefix("chat-") ? Contact.ID(String(name.dropFirst("chat-".count))) : nil
    }

    /// What the desk is told about chats.
    package static let conversations = Conversations(
        said: { seen, transaction in
            try Message.said(after: seen, in: transaction).map { message in
                Conversations.Line(
                    contact: message.contact, number: message.number, author: message.author.rawValue,
                    name: message.name, text: message.text, at: message.at,
                    clientId: message.author == .customer ? nil : message.clientId)
            }
        },
        states: { contacts, now, transaction in try states(of: contacts, at: now, in: transaction) },
        erase: { contacts, transaction in
            try transaction.run("DELETE FROM message WHERE contact_id IN \(anyOf: contacts)")
            try transaction.run(
                """
                UPDATE chat SET rating_comment = NULL, token_hash = '', start_id = NULL WHERE contact_id IN \(anyOf: contacts)
                """)
        },
        tell: { sentence, contact, now, transaction in
            _ = try Message.say(
                sentence, in: contact, by: .system, name: "Notice", clientId: nil, at: now, transaction: transaction)
        },
        held: { contacts, transaction in try ratings(of: contacts, in: transaction) })

    private static func ratings(
        of contacts: [Contact.ID], in transaction: Transaction
    ) throws -> [Contact.ID: [String: String]] {
        var held: [Contact.ID: [String: String]] = [:]
        let rows = try transaction.rows(
            """
            SELECT contact_id, rating, rating_comment FROM chat WHERE contact_id IN \(anyOf: contacts) AND rating IS NOT NULL
            """)
        for row in rows {
            let stars: Int = try row.value("rating")
            held[try row.value("contact_id")] = ["rating": "\(stars)", "comment": try row.optional("rating_comment")]
                .compactMapValues(\.self)
        }
        return held
    }

    private static func states(
        of contacts: [Contact.ID], at now: Moment, in transaction: Transaction
    ) throws -> [Contact.ID: Conversations.State] {
        if contacts.isEmpty { return [:] }
        let rows = try transaction.rows(
            """
            SELECT chat.contact_id, chat.last_number, chat.adviser_read, chat.customer_typing_until, chat.away_since,
                message.text AS first
            FROM chat LEFT JOIN message ON message.contact_id = chat.contact_id AND message.number = 1
            WHERE chat.contact_id IN \(anyOf: contacts)
            """)
        return Dictionary(
            try rows.map { row in
                let typing: Moment? = try row.optional("customer_typing_until")
                let away: Moment? = try row.optional("away_since")
                return (
                    try row.value("contact_id"),
                    Conversations.State(
                        first: try row.optional("first") ?? "", lastNumber: try row.value("last_number"),
                        readNumber: try row.value("adviser_read"), customerIsTyping: typing.map { $0 > now } ?? false,
                        absence: away.map { .init(since: $0, until: $0 + Visits.patienceActive) })
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
