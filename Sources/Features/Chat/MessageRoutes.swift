import Contacts
import Hummingbird
import People
import Storage
import Values
import Web

/// The addresses of what is said.
extension Chat {
    func addMessageRoutes(to router: Router<AppContext>) {
        router.get("api/v1/chats/:chat/messages", use: messages)
        router.post("api/v1/chats/:chat/messages", use: say)
    }

    private struct MessagesView: Encodable {
        let messages: [MessageView]
        let lastNumber: Int
    }

    /// GET api/v1/chats/:chat/messages?after=N
    private func messages(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        let after = try request.wholeNumber("after") ?? 0
        let view = try await look(asker) { talk, party, transaction in
            MessagesView(
                messages: try Message.all(of: asker.chat, after: after, in: transaction)
                    .map { MessageView($0, to: party) },
                lastNumber: talk.lastNumber)
        }
        return try .json(view)
    }

    /// POST api/v1/chats/:chat/messages: 201, or 200 with the same number when it was sent before.
    private func say(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        var form = try await Form(of: request, in: context)
        let (message, isNew, party) = try await say(&form, by: asker)
        return try .json(MessageView(message, to: party), status: isNew ? .created : .ok)
    }

    /// Stores what was said, once.
    func say(
        _ form: inout Form, by asker: Asker
    ) async throws -> (message: Message, isNew: Bool, by: Party) {
        let text = form.text("text", "a message", upTo: Message.longest)
        let clientId = form.optionalLine("clientId", "the client id", upTo: 100)
        try form.check()
        let id = asker.chat, now = now()
        let (said, party) = try await store.write { transaction in
            let (talk, party) = try asker.talk(in: transaction)
            let (author, sayer, name) = try party.author(in: talk)
            if talk.contact.endedAt != nil {
                // What was stored before the end and is sent again because the answer was lost is no mistake.
                guard let clientId, let before = try Message.find(id, clientId: clientId, in: transaction) else {
                    throw ContactRefusal.ended
                }
                return ((message: before, isNew: false), party)
            }
            let said = try Message.say(
                talk.queue.masksNumbers ? Masking.masked(text) : text, in: id, by: author, person: sayer, name: name,
                clientId: clientId, at: now, transaction: transaction)
            return (said, party)
        }
        if party.isCustomer { visits.use(id) }
        return (said.message, said.isNew, party)
    }
}
