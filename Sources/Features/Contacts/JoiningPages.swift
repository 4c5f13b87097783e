import People
import Storage
import Synchronization
import Values
import Web

/// A conversation as the team leader sees it who has joined it.
struct JoiningPage: Page {
    static let template = "joining"
    let title: String
    let contact: Contact.ID
    let customerName, adviser, queue, language, helpers: String
    let messages: [Message]
    let notes: [Note]
    let most = Contact.longestNote
    let record: JoiningView

    struct Message: Encodable, Sendable {
        let number: Int; let author, name, text: String; let at: Moment; let time: String
    }
    struct Note: Encodable, Sendable { let number: Int; let at: Moment; let time, name, text: String }

    init(_ view: JoiningView, saying lines: [Conversations.Line]) {
        record = view
        title = "Beside \(view.adviser)"
        contact = view.contact
        (customerName, adviser, queue, language) = (view.customerName, view.adviser, view.queue, view.language)
        helpers = view.helpers.joined(separator: ", ")
        messages = lines.map {
            Message(
                number: $0.number, author: $0.author, name: $0.name, text: $0.text, at: $0.at,
                time: Wording.time($0.at, in: .staff))
        }
        notes = view.notes.map {
            Note(number: $0.number, at: $0.at, time: Wording.time($0.at, in: .staff), name: $0.name, text: $0.text)
        }
    }
}

/// How a conversation stands in which help was asked, apart from what is said in it.
struct JoiningView: Encodable, Equatable, Sendable {
    let contact: Contact.ID
    let customerName, adviser, queue, language: String
    let helpers: [String]
    let notes: [Beside.Note]
    /// Help is still asked for, and whoever looks has joined: otherwise there is no more to see.
    let isOpen: Bool

    init(_ id: Contact.ID, for leader: Person.ID, in transaction: Transaction) throws {
        guard let contact = try Contact.find(id, in: transaction) else { throw ContactRefusal.unknown }
        let queue = try Queue.find(contact.queue, in: transaction)
        let row = try transaction.row("SELECT name FROM person WHERE id = \(contact.adviser)")
        let beside = try Beside.of([id], in: transaction)[id] ?? Beside()
        self.contact = id
        customerName = contact.customerName
        adviser = try row?.value("name") ?? ""
        self.queue = queue?.name ?? ""
        language = queue?.language ?? Language.usual
        helpers = beside.helpers.map(\.name)
        notes = beside.notes
        isOpen =
            contact.state == .active && contact.helpAskedAt != nil && beside.helpers.contains { $0.id == leader }
    }
}

/// Reads what is new in a conversation that a team leader has joined, since the last look.
final class JoiningReader: Sendable {
    private struct Last: Sendable {
        var number: Int
        var told: JoiningView?
    }

    private let id: Contact.ID
    private let leader: Person.ID
    private let last: Mutex<Last>

    init(_ id: Contact.ID, for leader: Person.ID, after number: Int) {
        self.id = id
        self.leader = leader
        last = Mutex(Last(number: max(0, number)))
    }

    func look(_ conversations: Conversations, in transaction: Transaction) throws -> Web.News {
        var last = last.withLock { $0 }
        var events: [Event] = []
        let view = try JoiningView(id, for: leader, in: transaction)
        if view.isOpen {
            for line in try conversations.said([id: last.number], transaction) {
                last.number = max(last.number, line.number)
                events.append(try Event("message", id: "\(line.number)", line))
            }
        }
        if view != last.told { events.append(try Event("joining", view)) }
        last.told = view
        self.last.withLock { [last] in $0 = last }
        return view.isOpen ? .events(events) : .last(events)
    }
}
