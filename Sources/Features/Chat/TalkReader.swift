import Contacts
import Storage
import Synchronization
import Values
import Web

/// Reads what is new in one chat since its last look.
final class TalkReader: Sendable {
    private struct Last: Sendable {
        var number: Int
        var sign: TalkSign?
        var told = ""
    }

    private let id: Contact.ID
    private let party: Party
    private let last: Mutex<Last>

    init(id: Contact.ID, for party: Party, after number: Int) {
        self.id = id
        self.party = party
        last = Mutex(Last(number: max(0, number)))
    }

    func look(at now: Moment, in transaction: Transaction) throws -> News {
        var last = last.withLock { $0 }
        let (sign, lastNumber) = try TalkSign.read(of: id, at: now, in: transaction)
        let messages = lastNumber > last.number ? try Message.all(of: id, after: last.number, in: transaction) : []
        var events = try messages.map { try Event("message", id: String($0.number), MessageView($0, to: party)) }
        last.number = messages.last?.number ?? last.number
        if sign != last.sign || sign.isInLine {
            let view = try TalkView(Talk.find(id, in: transaction), at: now, in: transaction)
            let state = try JSON.text(of: view)
            if state != last.told { events.append(Event("chat", json: state)) }
            last.sign = sign
            last.told = state
        }
        self.last.withLock { [last] in $0 = last }
        return sign.isOver && messages.count < 1_000 ? .last(events) : .events(events)
    }
}

/// By what one small row shows whether a chat stands as it did, apart from what is said in it.
private struct TalkSign: Equatable {
    let state: Contact.State
    let lastEvent: Int
    let adviserRead: Int
    let customerIsTyping: Bool
    let adviserIsTyping: Bool
    let adviserIsAway: Bool
    let rating: Int?

    static func read(
        of id: Contact.ID, at now: Moment, in transaction: Transaction
    ) throws -> (sign: TalkSign, lastNumber: Int) {
        let row = try transaction.row(
            """
            SELECT contact.state, contact.last_event, chat.last_number, chat.adviser_read, chat.customer_typing_until,
                chat.adviser_typing_until, chat.rating, desk.seen_at AS adviser_seen_at
            FROM chat JOIN contact ON contact.id = chat.contact_id
            LEFT JOIN desk ON desk.adviser_id = contact.adviser_id WHERE chat.contact_id = \(id)
            """)
        guard let row else { throw TalkRefusal.unknown }
        let customer: Moment? = try row.optional("customer_typing_until")
        let adviser: Moment? = try row.optional("adviser_typing_until")
        let sign = TalkSign(
            state: try row.value("state"), lastEvent: try row.value("last_event"),
            adviserRead: try row.value("adviser_read"), customerIsTyping: customer.map { $0 > now } ?? false,
            adviserIsTyping: adviser.map { $0 > now } ?? false,
            adviserIsAway: Presence.isSilent(since: try row.optional("adviser_seen_at"), at: now),
            rating: try row.optional("rating"))
        return (sign, try row.value("last_number"))
    }

    /// While it waits its place changes without a sign of its own.
    var isInLine: Bool { state == .waiting || state == .offered }
    var isOver: Bool { state == .wrapUp || state == .ended }
}
