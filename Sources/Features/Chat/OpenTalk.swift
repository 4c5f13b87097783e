import Contacts
import Hummingbird
import Storage
import Values
import Web

/// A chat that goes on and that this browser has begun: whoever closed its page by accident is led back to it.
struct OpenTalk: Encodable, Sendable {
    let id: Contact.ID
    let queue: ChatStartPage.Name
    let sentence: String
}

extension OpenTalk {
    /// No more of a browser's chats are looked at, the newest first.
    fileprivate static let most = 10

    /// - Parameter tokens: what the browser shows, chat by chat; one that is not its chat's is passed over.
    static func all(
        of tokens: [Contact.ID: String], at now: Moment, in transaction: Transaction
    ) throws -> [OpenTalk] {
        let open = try transaction.rows(
            """
            SELECT id FROM contact
            WHERE id IN \(anyOf: tokens.keys.sorted()) AND state IN ('waiting', 'offered', 'active')
            ORDER BY id DESC
            """)
        return try open.compactMap { row in
            let talk = try Talk.find(try row.value("id"), in: transaction)
            guard Party.isCustomer(of: talk, showing: tokens[talk.contact.id]) else { return nil }
            let view = try TalkView(talk, at: now, in: transaction)
            let begun = "Begun at \(Wording.time(talk.contact.arrivedAt, in: talk.queue.zone))."
            return OpenTalk(id: view.id, queue: .init(talk.queue), sentence: "\(ChatPage.sentence(view)) \(begun)")
        }
    }
}

extension Request {
    /// The tokens of the newest chats that this browser was given one for. Whatever was sent, it is read once.
    var chatTokens: [Contact.ID: String] {
        var tokens: [Contact.ID: String] = [:]
        for cookie in headers[values: .cookie].lazy.flatMap({ $0.split(separator: ";") }) {
            let halves = cookie.drop(while: \.isWhitespace).split(separator: "=", maxSplits: 1)
            guard halves.count == 2, let id = Chat.contact(ofCookie: halves[0]) else { continue }
            tokens[id] = String(halves[1])
        }
        let newest = Set(tokens.keys.sorted().suffix(OpenTalk.most))
        return tokens.filter { newest.contains($0.key) }
    }
}
