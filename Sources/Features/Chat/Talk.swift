import Contacts
import People
import Storage
import Values

/// A chat as it stands: its contact, how far it is, who types.
struct Talk: Sendable {
    let contact: Contact
    let queue: Queue
    let adviserName: String?
    /// The hashes of the tokens that open it: one for each time that its start was answered.
    let tokenHashes: [String]
    let lastNumber: Int
    let adviserRead: Int
    let customerTypingUntil: Moment?
    let adviserTypingUntil: Moment?
    let rating: Int?
    /// When its customer was seen last, once that is a while ago.
    let customerAwaySince: Moment?
    /// When the desk of its adviser was heard of last.
    let adviserSeenAt: Moment?
}

extension Talk {
    private static let columns: SQL = """
        chat.token_hash, chat.last_number, chat.adviser_read, chat.customer_typing_until, chat.adviser_typing_until,
        chat.rating, chat.away_since, person.name AS adviser_name, desk.seen_at AS adviser_seen_at
        """

    static func find(_ id: Contact.ID, in transaction: Transaction) throws -> Talk {
        guard let contact = try Contact.find(id, in: transaction),
            let queue = try Queue.find(contact.queue, in: transaction),
            let row = try transaction.row(
                """
                SELECT \(columns) FROM chat JOIN contact ON contact.id = chat.contact_id
                LEFT JOIN person ON person.id = contact.adviser_id
                LEFT JOIN desk ON desk.adviser_id = contact.adviser_id WHERE chat.contact_id = \(id)
                """)
        else { throw TalkRefusal.unknown }
        return Talk(
            contact: contact, queue: queue, adviserName: try row.optional("adviser_name"),
            tokenHashes: try row.value("token_hash", as: String.self).split(separator: " ").map(String.init),
            lastNumber: try row.value("last_number"),
            adviserRead: try row.value("adviser_read"),
            customerTypingUntil: try row.optional("customer_typing_until"),
            adviserTypingUntil: try row.optional("adviser_typing_until"), rating: try row.optional("rating"),
            customerAwaySince: try row.optional("away_since"),
            adviserSeenAt: try row.optional("adviser_seen_at"))
    }

    /// Begins a chat: the contact arrives, and its first message with it.
    static func begin(
        _ start: ChatStart, tokenHash: String, at now: Moment, in transaction: Transaction
    ) throws -> Contact.ID {
        if let startId = start.clientId, let id = try begun(startId, since: now - .minutes(10), in: transaction) {
            // The answer to the first try was lost, or comes later than this one: who holds the start's own secret gets one more key
            // to the same chat.
            let hashes = ([tokenHash] + (try find(id, in: transaction).tokenHashes)).prefix(mostTokens)
            try transaction.run(
                "UPDATE chat SET token_hash = \(hashes.joined(separator: " ")) WHERE contact_id = \(id)")
            return id
        }
        // A start of long ago has been and gone; its secret may serve again.
        try transaction.run("UPDATE chat SET start_id = NULL WHERE start_id = \(start.clientId)")
        let queue = try Queue.find(named: start.queue, in: transaction)
        // The reference stays: people are known by it, and for taxes it is the National Insurance number itself.
        let hide = queue.masksNumbers ? Masking.masked : { $0 }
        let name = hide(start.name)
        let contact = try Contact.arrive(
            by: .chat, in: queue, name: name, reference: start.reference, at: now, transaction: transaction)
        try transaction.run(
            """
            INSERT INTO chat (contact_id, token_hash, start_id, seen_at)
            VALUES (\(contact.id), \(tokenHash), \(start.clientId), \(now))
            """)
        _ = try Message.say(
            hide(start.message), in: contact.id, by: .customer, name: name, clientId: start.clientId, at: now,
            transaction: transaction)
        return contact.id
    }

    /// A start that is repeated more often is nobody's who has lost an answer.
    private static let mostTokens = 30

    private static func begun(_ startId: String, since: Moment, in transaction: Transaction) throws -> Contact.ID? {
        try transaction.row(
            """
            SELECT chat.contact_id FROM chat JOIN contact ON contact.id = chat.contact_id
            WHERE chat.start_id = \(startId) AND contact.arrived_at >= \(since) AND contact.state <> 'ended'
            """)?.value("contact_id")
    }

    /// Counts somebody who found the queue full.
    static func turnAway(_ start: ChatStart, at now: Moment, in transaction: Transaction) throws {
        try Contact.turnAway(by: .chat, from: Queue.find(named: start.queue, in: transaction), at: now, in: transaction)
    }

    /// What the chat says when its customer ends it; pages tell the customer so in the second person.
    static let endedByCustomer = "The customer has ended the chat."

    /// Ends the chat and says so in it.
    static func end(_ id: Contact.ID, by ender: Contact.Ender, at now: Moment, in transaction: Transaction) throws {
        try Contact.end(id, by: ender, at: now, in: transaction)
        let sentence =
            switch ender {
            case .customer: endedByCustomer
            case .adviser: "The adviser has ended the chat."
            case .absence: "The chat has ended, because nothing was heard from the customer for a while."
            case .system: preconditionFailure("Who was turned away has no chat that could end.")
            }
        _ = try Message.say(
            sentence, in: id, by: .system, name: "Notice", clientId: nil, at: now, transaction: transaction)
    }
}

/// What a customer sends to begin.
struct ChatStart: Sendable {
    let queue: String
    let name: String
    let message: String
    let reference: String?
    /// Chosen by the browser, hard to guess: the same one again is the same chat.
    let clientId: String?
}

/// A chat as customer and adviser see it from outside.
struct TalkView: Encodable, Sendable {
    let id: Contact.ID
    let queue: QueueName
    let status: String
    let position: Int?
    let estimatedWaitSeconds: WaitEstimate
    let adviser: Name?
    let customerName: String
    let reference: String?
    let arrivedAt: Moment
    let answeredAt: Moment?
    let endedAt: Moment?
    let endedBy: String?
    let lastNumber: Int
    let adviserReadNumber: Int
    let adviserIsTyping: Bool
    /// Nothing has been heard of the adviser's desk for a while: the line is interrupted.
    let adviserIsAway: Bool
    let customerIsTyping: Bool
    let rating: Int?
    /// Given once, to whoever began it.
    var token: String?

    struct Name: Encodable, Sendable { let name: String }

    init(_ talk: Talk, token: String? = nil, at now: Moment, in transaction: Transaction) throws {
        let contact = talk.contact
        id = contact.id
        queue = QueueName(talk.queue)
        switch contact.state {
        case .waiting, .offered: status = "waiting"
        case .active: status = "active"
        case .wrapUp, .ended: status = "ended"
        }
        // Whoever begins is told a position in any case: 0 when a repeated start finds the chat answered already.
        position = try contact.position(in: transaction) ?? (token == nil ? nil : 0)
        estimatedWaitSeconds = WaitEstimate(position.flatMap { talk.queue.estimatedWait(at: $0) })
        adviser = status == "active" ? talk.adviserName.map(Name.init) : nil
        customerName = contact.customerName
        reference = contact.reference
        arrivedAt = contact.arrivedAt
        answeredAt = contact.answeredAt
        endedAt = contact.endedAt
        endedBy = contact.endedBy?.rawValue
        lastNumber = talk.lastNumber
        adviserReadNumber = talk.adviserRead
        adviserIsTyping = talk.adviserTypingUntil.map { $0 > now } ?? false
        adviserIsAway = status == "active" && Presence.isSilent(since: talk.adviserSeenAt, at: now)
        customerIsTyping = talk.customerTypingUntil.map { $0 > now } ?? false
        rating = talk.rating
        self.token = token
    }
}
