import Contacts
import Hummingbird
import People
import Storage
import Values
import Web

/// Who asks for a chat: what they show, and the request in which they do.
struct Asker: Sendable {
    let chat: Contact.ID
    private let token: String?
    private let context: AppContext

    init(_ request: Request, _ context: AppContext) throws {
        chat = try context.parameters.require("chat", as: Contact.ID.self)
        token = context.signedIn == nil || context.credential == .cookie ? request.chatToken(of: chat) : nil
        self.context = context
    }

    /// The chat and as whom they take part in it.
    ///
    /// - Throws: `TalkRefusal.unknown` when it is none of theirs; `AccessRefusal.passwordGiven` for a session whose
    ///   password somebody else has set, unless the chat's own token is shown.
    func talk(in transaction: Transaction) throws -> (talk: Talk, party: Party) {
        let talk = try Talk.find(chat, in: transaction)
        let person = { try context.signedIn.map { _ in try context.person() } }
        return (talk, try Party(of: talk, showing: token, signedIn: try person()))
    }

    /// Whether they take part by now, in a live view, which outlasts its request.
    func takesPartStill(in store: Store) async throws -> Bool {
        let person = try await context.personStill()
        return try await store.read { try Party.takesPart(in: Talk.find(chat, in: $0), showing: token, person) }
    }

    /// What the audit trail says of a look at somebody else's chat.
    func reading(at now: Moment) -> AuditEntry {
        context.act(at: now).entry("contact read", Subject("contact", chat.number))
    }
}

extension Chat {
    /// Looks at the chat for whoever takes part. A customer's look is a sign of life; that somebody read who is neither
    /// customer nor adviser is noted in the audit trail.
    func look<View: Sendable>(
        _ asker: Asker, _ view: @escaping @Sendable (Talk, Party, Transaction) throws -> View
    ) async throws -> View {
        let (seen, party, isAway) = try await store.read { transaction in
            let (talk, party) = try asker.talk(in: transaction)
            return (try view(talk, party, transaction), party, talk.customerAwaySince != nil)
        }
        switch party {
        case .customer where isAway: try await back(asker.chat)
        case .customer: visits.use(asker.chat)
        case .adviser: break
        case .reader:
            let entry = asker.reading(at: now())
            try await store.write { try Audit.append(entry, in: $0) }
        }
        return seen
    }

    /// Who was away is there again: the desk shows it at once.
    private func back(_ chat: Contact.ID) async throws {
        let now = now()
        try await store.write { try Visits.note([chat], at: now, in: $0) }
    }
}

extension Request {
    /// The token of this chat, from the header or from the cookie that its page was given.
    fileprivate func chatToken(of id: Contact.ID) -> String? {
        bearerToken ?? cookies[Chat.cookie(id)]?.value
    }
}
