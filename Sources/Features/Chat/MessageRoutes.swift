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
        let (id, token, person) = try await access(request, context)
        let after = try request.wholeNumber("after") ?? 0
        let view = try await store.read { transaction in
            let talk = try Talk.find(id, in: transaction)
            _ = try Party(of: talk, showing: token, signedIn: person)
            return MessagesView(
                messages: try Message.all(of: id, after: after, in: transaction).map(MessageView.init),
                lastNumber: talk.lastNumber)
        }
        if context.signedIn == nil { visits.use(id) }
        return try .json(view)
    }

    /// POST api/v1/chats/:chat/messages: 201, or 200 with the same number when it was sent before.
    private func say(request: Request, context: AppContext) async throws -> Response {
        let (id, token, person) = try await access(request, context)
        var form = try await Form(of: request, in: context)
        let (message, isNew) = try await say(id, &form, token: token, person: person)
        return try .json(MessageView(message), status: isNew ? .created : .ok)
    }

    /// Stores what was said, once.
    func say(
        _ id: Contact.ID, _ form: inout Form, token: String?, person: Person?
    ) async throws -> (message: Message, isNew: Bool) {
        let text = form.text("text", "a message", upTo: Message.longest)
        let clientId = form.optionalLine("clientId", "the client id", upTo: 100)
        try form.check()
        let now = now()
        let said = try await store.write { transaction in
            let talk = try Talk.find(id, in: transaction)
            let (author, sayer, name) = try Party(of: talk, showing: token, signedIn: person).author(in: talk)
            if talk.contact.endedAt != nil {
                // What was stored before the end and is sent again because the answer was lost is no mistake.
                guard let clientId, let before = try Message.find(id, clientId: clientId, in: transaction) else {
                    throw ContactRefusal.ended
                }
                return (message: before, isNew: false)
            }
            return try Message.say(
                talk.queue.masksNumbers ? Masking.masked(text) : text, in: id, by: author, person: sayer, name: name,
                clientId: clientId, at: now, transaction: transaction)
        }
        if person == nil { visits.use(id) }
        return said
    }
}
