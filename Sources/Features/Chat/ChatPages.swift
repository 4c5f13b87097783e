import Contacts
import Foundation
import Storage
import Values
import Web

/// A queue as customers and programs see it before they come.
struct QueueLine: Encodable, Sendable {
    let id: Queue.ID
    let key: String
    let name, language: String
    let isOpen: Bool
    let opensAt: Moment?
    let notice: String?
    /// What the notice is written in.
    let noticeLanguage: String?
    let waiting: Int
    let estimatedWaitSeconds: WaitEstimate

    static func all(at now: Moment, in transaction: Transaction) throws -> [QueueLine] {
        try Queue.all(in: transaction).map { try QueueLine($0, at: now, in: transaction) }
    }

    init(_ queue: Queue, at now: Moment, in transaction: Transaction) throws {
        id = queue.id
        key = queue.key
        name = queue.name
        language = queue.language
        waiting = try queue.waiting(in: transaction)
        estimatedWaitSeconds = WaitEstimate(queue.estimatedWait(at: waiting + 1))
        switch try queue.hours(at: now, in: transaction).answer(at: now) {
        case .open:
            isOpen = true
            opensAt = nil
            notice = nil
            noticeLanguage = nil
        case .closed(let because, let until):
            isOpen = false
            opensAt = until
            notice = because?.words
            noticeLanguage = because?.language
        }
    }

    /// `About 4 minutes`, for a heading. Without an adviser no time is promised.
    var wait: String {
        guard let seconds = estimatedWaitSeconds.seconds else { return "No adviser is there at the moment" }
        return "About \(Wording.about(.seconds(seconds)))"
    }
}

extension QueueLine {
    /// What stands beside its name in the list of subjects.
    fileprivate var waitSentence: String {
        guard let seconds = estimatedWaitSeconds.seconds else { return "\(wait)." }
        return "The wait is about \(Wording.about(.seconds(seconds)))."
    }

    /// What stands beside the time.
    fileprivate var waitDetail: String {
        let others = waiting == 0 ? "Nobody is waiting." : "\(waiting) waiting now."
        if estimatedWaitSeconds.seconds != nil { return others }
        return "We cannot say how long it will be.\(waiting == 0 ? "" : " \(others)")"
    }
}

/// The queues that a customer can choose from.
struct QueuesOpenPage: Page {
    static let template = "queues-open"
    let title = "Ask us"
    let open: [OpenTalk]
    let queues: [Line]

    struct Line: Encodable, Sendable {
        let key, name, language: String
        let isOpen: Bool
        let wait, opens, notice, noticeLanguage: String?
    }

    init(_ lines: [(Queue, QueueLine)], open: [OpenTalk], at now: Moment) {
        self.open = open
        queues = lines.map { queue, line in
            Line(
                key: line.key, name: line.name, language: line.language, isOpen: line.isOpen,
                wait: line.isOpen ? line.waitSentence : nil,
                opens: line.opensAt.map { "Opens on \(Wording.dayAndTime($0, in: queue.zone, seenAt: now))." },
                notice: line.notice,
                noticeLanguage: line.noticeLanguage)
        }
    }
}

/// The form by which a customer begins.
struct ChatStartPage: Page {
    static let template = "chat-start"
    let title: String
    let queue: Name
    let open: [OpenTalk]
    let errors: [Problem.Field]
    let problem: [String: String]
    let wait, waitDetail: String
    let name, message, reference: String
    let referenceLabel = "Your reference number"
    let privacy: String
    let clientId: String

    struct Name: Encodable, Sendable {
        let key, name, language: String

        init(_ queue: Queue) {
            key = queue.key
            name = queue.name
            language = queue.language
        }
    }

    init(
        _ queue: Queue, _ line: QueueLine, open: [OpenTalk], clientId: String, form: Form? = nil,
        refusal: (any Refusal)? = nil
    ) {
        self.open = open
        title = "Chat: \(queue.name)"
        self.queue = Name(queue)
        errors = refusal.map { ($0 as? FormRefusal)?.errors ?? [.init("start-form", $0.sentence)] } ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        wait = line.wait
        waitDetail = line.waitDetail
        name = form?.sent("name") ?? ""
        message = form?.sent("message") ?? ""
        reference = form?.sent("reference") ?? ""
        privacy = "We keep what is said for \(Wording.days(queue.retentionDays))."
        self.clientId = clientId
    }
}

/// Out of hours: says when it opens.
struct ChatClosedPage: Page {
    static let template = "chat-closed"
    let title: String
    let queue: ChatStartPage.Name
    let heading = "Closed now"
    let opens: String
    let message, messageLanguage: String?
    let hours: [Line]

    struct Line: Encodable, Sendable { let day, times: String }

    init(_ queue: Queue, _ line: QueueLine, hours: OpeningHours, at now: Moment) {
        title = "\(queue.name): closed"
        self.queue = .init(queue)
        opens =
            line.opensAt.map { "We open on \(Wording.dayAndTime($0, in: queue.zone, seenAt: now))." }
            ?? "We do not know yet when we open again."
        message = line.notice
        messageLanguage = line.noticeLanguage
        self.hours = hours.worded.map { Line(day: $0.days, times: $0.times) }
    }
}

/// The conversation.
struct ChatPage: Page {
    static let template = "chat"
    let title: String
    let queue: ChatStartPage.Name
    let clientId: String
    let isWriting: Bool
    let errors: [Problem.Field]
    let chat: Shown

    struct Shown: Encodable, Sendable {
        let id: Contact.ID
        let status, customerName, sentence: String
        let isEnded, isRated: Bool
        let messages: [Line]
    }

    struct Line: Encodable, Sendable {
        let number: Int
        let author, name: String
        let isMine: Bool
        let text: String
        let at: Moment
        let time: String
    }

    init(
        _ talk: Talk, _ view: TalkView, _ messages: [Message], clientId: String, isWriting: Bool,
        errors: [Problem.Field]
    ) {
        title = "Chat: \(talk.queue.name)"
        queue = .init(talk.queue)
        self.clientId = clientId
        self.isWriting = isWriting
        self.errors = errors
        chat = Shown(
            id: view.id, status: view.status, customerName: view.customerName, sentence: ChatPage.sentence(view),
            isEnded: view.status == "ended", isRated: view.rating != nil,
            messages: messages.map { message in
                Line(
                    number: message.number, author: message.author.rawValue,
                    name: message.author == .customer ? "You" : message.name, isMine: message.author == .customer,
                    text: ChatPage.toCustomer(message), at: message.at,
                    time: Wording.time(message.at, in: talk.queue.zone))
            })
    }

    /// What the chat says of its customer, as the customer reads it.
    fileprivate static func toCustomer(_ message: Message) -> String {
        message.author == .system && message.text == Talk.endedByCustomer ? "You have ended the chat." : message.text
    }

    static func sentence(_ view: TalkView) -> String {
        switch view.status {
        case "active" where view.adviserIsAway:
            return "The line of \(view.adviser?.name ?? "your adviser") is interrupted. What you write is kept."
        case "active": return "You are talking to \(view.adviser?.name ?? "an adviser")."
        case "ended": return "This chat has ended."
        default:
            let place = view.position.map { $0 == 1 ? "You are next." : "You are number \($0) in the queue." } ?? ""
            guard view.position != nil else { return place }
            let wait =
                view.estimatedWaitSeconds.seconds.map { " The wait is about \(Wording.about(.seconds($0)))." }
                ?? " No adviser is there at the moment, so we cannot say how long it will be."
            return place + wait
        }
    }
}

/// Asks before the end, for those without JavaScript.
struct ChatEndingPage: Page {
    static let template = "chat-ending"
    let title = "End this chat?"
    let chat: Which

    struct Which: Encodable, Sendable { let id: Contact.ID }
}

/// A chat to print or save.
struct TranscriptPage: Page {
    static let template = "transcript"
    let title: String
    let queue: ChatStartPage.Name
    let chat: Shown

    struct Shown: Encodable, Sendable {
        let id: Contact.ID
        let customerName: String
        let reference: String?
        let began: String
        let ended, adviser: String?
        let messages: [ChatPage.Line]
    }

    init(_ transcript: Transcript) {
        let talk = transcript.talk
        let contact = talk.contact
        title = "Chat \(contact.id)"
        queue = .init(talk.queue)
        chat = Shown(
            id: contact.id, customerName: contact.customerName, reference: contact.reference,
            began: Wording.stamp(contact.arrivedAt, in: talk.queue.zone),
            ended: contact.endedAt.map { Wording.stamp($0, in: talk.queue.zone) }, adviser: talk.adviserName,
            messages: transcript.messages.map { message in
                ChatPage.Line(
                    number: message.number, author: message.author.rawValue, name: message.name, isMine: false,
                    text: ChatPage.toCustomer(message), at: message.at,
                    time: Wording.time(message.at, in: talk.queue.zone))
            })
    }
}
