import People
import Routing
import Storage
import Values

/// The desk as its adviser sees it: the whole state, whenever it changes.
struct DeskView: Encodable, Equatable, Sendable {
    let adviser: Who
    let status: String
    let reason: String?
    let place: Place
    let since: Moment
    let capacity: [String: Int]
    let offers: [OfferLine]
    var contacts: [ContactLine]
    let breakReasons: [String]
    let wrapUpCodes: [Code]
    let queues: [QueueName]
    let readyReplies: [Reply]
    /// The server's clock, by which the browser counts down.
    var now: Moment

    struct Who: Encodable, Equatable, Sendable { let id: Person.ID; let name: String }
    struct Code: Encodable, Equatable, Sendable { let code, title: String }
    /// Words ready to be sent; those without a queue are for every chat, the others for chats of their queue.
    struct Reply: Encodable, Equatable, Sendable {
        let id: ReadyReply.ID; let queue: Queue.ID?; let title, text: String
    }

    /// A contact that is put to her.
    struct OfferLine: Encodable, Equatable, Sendable {
        let id: Offer.ID
        let contact: Contact.ID
        let channel: Channel
        let queue: QueueName?
        let customerName: String
        let reference: String?
        let arrivedAt: Moment
        let until: Moment
        let note: String?
        let firstMessage: String
        let earlierContacts: Int
        let customerAway: Conversations.Absence?
    }

    /// A contact that is with her.
    struct ContactLine: Encodable, Equatable, Sendable {
        let id: Contact.ID
        let channel: Channel
        let queue: QueueName?
        let customerName: String
        let reference: String?
        let state: String
        let arrivedAt: Moment
        let answeredAt: Moment?
        let endedAt: Moment?
        let endedBy: String?
        /// When this desk was told; messages tell themselves.
        var lastNumber: Int
        let readNumber: Int
        let customerIsTyping: Bool
        let customerAway: Conversations.Absence?
        let helpAsked: Bool
        /// The team leaders who have joined since.
        let helpers: [String]
        /// What was written for advisers alone.
        let notes: [Beside.Note]
        let wrapUpUntil: Moment?
        let note: String?
        let earlier: [EarlierContact]
    }
}

/// A contact that the same customer had before.
struct EarlierContact: Encodable, Equatable, Sendable {
    let id: Contact.ID
    let at: Moment
    let queue: String
    /// What the queue's name is written in.
    let language: String
    let outcome: String?
    let wrapUpCode: String?
    /// The title of the code, also of one that is not offered any more.
    let wrapUp: String?
}

extension DeskView {
    init(
        of person: Person, through conversations: Conversations, at now: Moment, in transaction: Transaction
    ) throws {
        let desk = try Desk.find(person.id, in: transaction)
        let all = try Queue.all(retired: true, in: transaction)
        // A contact may still be in a queue that has been retired since.
        let names = Dictionary(uniqueKeysWithValues: all.map { ($0.id, QueueName($0)) })
        let open = try Offer.open(to: person.id, in: transaction)
        let held = try Contact.at(person.id, in: transaction)
        let states = try conversations.states(open.map(\.contact) + held.map(\.id), now, transaction)
        adviser = Who(id: person.id, name: person.name)
        status = (desk?.status ?? .offline).rawValue
        reason = desk?.reason
        place = desk?.place ?? person.contractedPlace
        since = desk?.since ?? now
        capacity = ["chat": desk?.chats ?? 3, "call": 1]
        offers = try open.compactMap { offer in
            guard let contact = try Contact.find(offer.contact, in: transaction) else { return nil }
            return OfferLine(
                id: offer.id, contact: contact.id, channel: contact.channel, queue: names[contact.queue],
                customerName: contact.customerName, reference: contact.reference, arrivedAt: contact.arrivedAt,
                until: offer.until, note: contact.note, firstMessage: states[contact.id]?.first ?? "",
                earlierContacts: try contact.earlier(in: transaction).count,
                customerAway: states[contact.id]?.absence)
        }
        let beside = try Beside.of(held.map(\.id), in: transaction)
        contacts = try held.map { contact in
            let state = states[contact.id] ?? .none
            return ContactLine(
                id: contact.id, channel: contact.channel, queue: names[contact.queue],
                customerName: contact.customerName, reference: contact.reference,
                state: contact.state == .wrapUp ? "wrapUp" : "active", arrivedAt: contact.arrivedAt,
                answeredAt: contact.answeredAt, endedAt: contact.endedAt, endedBy: contact.endedBy?.rawValue,
                lastNumber: state.lastNumber, readNumber: state.readNumber, customerIsTyping: state.customerIsTyping,
                customerAway: contact.state == .active ? state.absence : nil,
                helpAsked: contact.helpAskedAt != nil,
                helpers: contact.helpAskedAt == nil ? [] : beside[contact.id]?.helpers.map(\.name) ?? [],
                notes: beside[contact.id]?.notes ?? [], wrapUpUntil: contact.wrapUpUntil, note: contact.note,
                earlier: try contact.earlier(in: transaction))
        }
        breakReasons = try transaction.rows("SELECT title FROM break_reason ORDER BY position, title").map {
            try $0.value("title")
        }
        wrapUpCodes = try WrapUpCode.all(in: transaction).map { Code(code: $0.code, title: $0.title) }
        queues = all.filter { !$0.isRetired }.compactMap { names[$0.id] }
        readyReplies = try ReadyReply.all(forQueues: held.map(\.queue), in: transaction).map { id, reply in
            Reply(id: id, queue: reply.queue, title: reply.title, text: reply.text)
        }
        self.now = now
    }
}

extension Contact {
    /// Whether this person may read all of a contact: the role allows it, or it is an earlier one of a customer who is
    /// at this adviser's desk, so that nobody need say everything again.
    static func isOpen(_ id: ID, to person: Person, in transaction: Transaction) throws -> Bool {
        if person.may(.readContacts) { return true }
        guard person.may(.workDesk), let one = try find(id, in: transaction), let reference = one.reference else {
            return false
        }
        return try at(person.id, in: transaction).contains { held in
            held.reference == reference && one.arrivedAt < held.arrivedAt && held.id != id
        }
    }

    /// Earlier contacts under the same reference, the last ones first. Without a reference nobody can say.
    func earlier(in transaction: Transaction) throws -> [EarlierContact] {
        guard let reference else { return [] }
        return try transaction.rows(
            """
            SELECT contact.id, contact.arrived_at, queue.name, queue.language, contact.outcome, contact.wrap_up_code,
                wrap_up_code.title AS wrap_up
            FROM contact JOIN queue ON queue.id = contact.queue_id
            LEFT JOIN wrap_up_code ON wrap_up_code.code = contact.wrap_up_code
            WHERE contact.reference = \(reference) AND contact.arrived_at < \(arrivedAt) AND contact.id <> \(id)
            ORDER BY contact.arrived_at DESC LIMIT 5
            """
        ).map { row in
            EarlierContact(
                id: try row.value("id"), at: try row.value("arrived_at"), queue: try row.value("name"),
                language: try row.value("language"), outcome: try row.optional("outcome"),
                wrapUpCode: try row.optional("wrap_up_code"),
                wrapUp: try row.optional("wrap_up"))
        }
    }
}
