import Foundation
import People
import Routing
import Storage
import Values
import Web

/// The contacts that somebody looked for.
struct ContactsPage: Page {
    static let template = "contacts"
    let title = "Contacts"
    let search, from, to, adviser: String
    let queues, states: [Choice]
    let contacts: [Line]
    /// What is said when there are none.
    let nothing: String
    let pager: Pager?

    struct Line: Encodable, Sendable {
        let id: Contact.ID
        let arrivedAt: Moment
        let arrived, customerName, queue, language, state, tone: String
        let reference, wrapUp, adviser, waited, handled: String?
        let found: Found
    }
    /// A contact as programs are told of it.
    struct Found: Encodable, Sendable {
        let id: Contact.ID
        let arrivedAt: Moment
        let customerName, queue, state: String
        let reference, outcome, wrapUp, adviser: String?
        let waitedSeconds, handledSeconds: Double?
        let isErased: Bool
    }
    struct Record: Encodable, Sendable { let contacts: [Found]; let next: String? }
    struct Pager: Encodable, Sendable { let range: String; let next: String? }

    init(_ question: ContactQuestion, at place: ListPlace, in transaction: Transaction) throws {
        try place.check(in: transaction)
        let (found, next) = try FoundContact.page(
            question, before: place.before, limit: place.limit, in: transaction)
        search = question.text
        from = place.from
        to = place.to
        adviser = question.adviser.map { "\($0)" } ?? ""
        queues = Choice.queues(
            try Queue.all(retired: true, in: transaction), chosen: question.queue.map { "\($0)" } ?? "", all: "All")
        states =
            [Choice(value: "", label: "All", isChosen: question.state == nil)]
            + ContactQuestion.State.allCases.map {
                Choice(value: $0.rawValue, label: $0.label, isChosen: $0 == question.state)
            }
        contacts = found.map(Line.init)
        nothing =
            next == nil ? "No contact fits this search." : "None of the newest contacts fits. There are older ones."
        pager =
            next == nil && place.before == nil
            ? nil : Pager(range: "\(found.count) shown", next: next.map { "\(place.address)before=\($0)" })
    }
}

extension ContactsPage {
    var record: Record {
        Record(contacts: contacts.map(\.found), next: pager?.next.map { "/api/v1\($0)" })
    }
}

extension ContactsPage.Found {
    init(_ found: FoundContact) {
        id = found.id
        arrivedAt = found.arrivedAt
        customerName = found.customerName
        queue = found.queue
        state = found.state.rawValue
        reference = found.reference
        outcome = found.outcome
        wrapUp = found.wrapUp
        adviser = found.adviser
        waitedSeconds = found.waited?.inTenths
        handledSeconds = found.handled?.inTenths
        isErased = found.isErased
    }
}

extension ContactsPage.Line {
    init(_ found: FoundContact) {
        self.found = ContactsPage.Found(found)
        id = found.id
        arrivedAt = found.arrivedAt
        arrived = Wording.stamp(found.arrivedAt, in: .staff)
        customerName = found.isErased ? "Erased" : found.customerName
        reference = found.reference
        queue = found.queue
        language = found.language
        (state, tone) = found.outcome == "abandoned" ? ("Abandoned", "warn") : found.state.worded
        wrapUp = found.wrapUp
        adviser = found.adviser
        waited = found.waited.map(Wording.length)
        handled = found.handled.map(Wording.length)
    }
}

extension ContactPage.Help {
    /// Nil when help is not asked for, or not of this reader.
    init?(_ contact: Contact, for reader: Person, in transaction: Transaction) throws {
        guard contact.state == .active, let since = contact.helpAskedAt, reader.may(.leadTeam) else { return nil }
        let helpers = try Beside.of([contact.id], in: transaction)[contact.id]?.helpers ?? []
        let names = helpers.map { $0.id == reader.id ? "You" : $0.name }.joined(separator: ", ")
        let here = names.isEmpty ? "Nobody has joined yet." : "Has joined: \(names)."
        sentence = "The adviser asked for help on \(Wording.stamp(since, in: .staff)). \(here)"
        button = helpers.contains { $0.id == reader.id } ? "Go back to the chat" : "Join the chat"
    }
}

extension Contact.State {
    var worded: (word: String, tone: String) {
        switch self {
        case .waiting: ("Waiting", "warn")
        case .offered: ("Offered", "warn")
        case .active: ("Active", "good")
        case .wrapUp: ("Wrap-up", "")
        case .ended: ("Ended", "")
        }
    }
}

/// One contact: what happened, what was said, what came of it.
struct ContactPage: Page {
    static let template = "contact"
    let title: String
    let id: Contact.ID
    let customerName, state, tone: String
    let facts: [Fact]
    let events: [Step]
    let messages: [Message]
    let noMessages: String
    let earlier: [Earlier]
    /// While help is asked for.
    let help: Help?
    let record: ContactRecord

    struct Help: Encodable, Sendable { let sentence, button: String }
    struct Fact: Encodable, Sendable { let label, value: String; var language: String? }
    struct Step: Encodable, Sendable { let at: Moment; let time, sentence: String; let note: String? }
    struct Message: Encodable, Sendable {
        let author, name: String; let isMine = false; let text: String; let at: Moment; let time: String
    }
    struct Earlier: Encodable, Sendable { let id: Contact.ID; let at, queue, language, sentence: String }

    init(_ record: ContactRecord, earlier before: [EarlierContact], help: Help? = nil) {
        self.help = help
        self.record = record
        id = record.id
        title = "Contact \(record.id)"
        customerName = record.erasedAt == nil ? record.customerName : "Erased"
        let worded = Contact.State(rawValue: record.state)?.worded ?? (record.state, "")
        (state, tone) = record.outcome == "abandoned" ? ("Abandoned", "warn") : worded
        facts = ContactPage.facts(of: record)
        events = record.events.map {
            Step(at: $0.at, time: Wording.stamp($0.at, in: .staff), sentence: $0.sentence, note: $0.note)
        }
        messages = record.messages.map {
            Message(author: $0.author, name: $0.name, text: $0.text, at: $0.at, time: Wording.stamp($0.at, in: .staff))
        }
        noMessages =
            record.erasedAt.map { "The words were erased on \(Wording.stamp($0, in: .staff))." } ?? "Nothing was said."
        earlier = before.map {
            Earlier(
                id: $0.id, at: Wording.stamp($0.at, in: .staff), queue: $0.queue, language: $0.language,
                sentence: [$0.outcome, $0.wrapUp ?? $0.wrapUpCode].compactMap(\.self).map { ", \($0)" }.joined())
        }
    }

    private static let enders = [
        "customer": "The customer", "adviser": "The adviser", "absence": "The customer did not come back",
        "system": "Touchdown",
    ]

    private static func facts(of record: ContactRecord) -> [Fact] {
        let stamp = { (moment: Moment?) in moment.map { Wording.stamp($0, in: .staff) } }
        let facts: [(String, String?)] = [
            ("Queue", record.queue), ("Channel", record.channel.rawValue.capitalized), ("Reference", record.reference),
            ("Arrived", stamp(record.arrivedAt)), ("Answered", stamp(record.answeredAt)),
            ("Ended", stamp(record.endedAt)),
            ("Ended by", record.endedBy.map { ContactPage.enders[$0] ?? $0 }), ("Adviser", record.adviser),
            ("Wrap-up", record.wrapUp ?? record.wrapUpCode),
            ("Wrap-up note", record.wrapUpNote), ("Note for the next adviser", record.note),
            ("Rating", record.other["rating"].map { "\($0) of 5" }), ("Comment", record.other["comment"]),
            (
                record.erasedAt == nil ? "Words are kept until" : "Words were erased",
                stamp(record.erasedAt ?? record.keptUntil)
            ),
        ]
        return facts.compactMap { label, value in
            value.map { Fact(label: label, value: $0, language: label == "Queue" ? record.queueLanguage : nil) }
        }
    }
}
