import Contacts
import HTTPTypes
import Hummingbird
import People
import Storage
import Values
import Web

/// The pages that customers see. They work as forms; the script makes them quicker.
extension Chat {
    func addPageRoutes(to router: Router<AppContext>) {
        router.get("", use: queuesPage)
        router.get("chat/:queue", use: startPage)
        router.post("chat/:queue", use: startForm)
        router.get("chats/:chat", use: chatPage)
        router.post("chats/:chat/messages", use: messageForm)
        for part in ["messages", "rating"] { router.get("chats/:chat/\(part)", use: backToChat) }
        router.get("chats/:chat/ending", use: endingPage)
        router.post("chats/:chat/ending", use: endingForm)
        router.post("chats/:chat/rating", use: ratingForm)
        router.get("chats/:chat/transcript", use: transcriptPage)
    }

    /// GET /
    private func queuesPage(request: Request, context: AppContext) async throws -> Response {
        let now = now(), tokens = request.chatTokens
        let page = try await store.read { transaction in
            let lines = try Queue.all(in: transaction).map { ($0, try QueueLine($0, at: now, in: transaction)) }
            return QueuesOpenPage(lines, open: try OpenTalk.all(of: tokens, at: now, in: transaction), at: now)
        }
        return try pages.html(page, to: request, in: context)
    }

    /// GET chat/:queue
    private func startPage(request: Request, context: AppContext) async throws -> Response {
        try await start(request, context, form: nil, refusal: nil)
    }

    /// The form, or when the queue is closed the page that says when it opens.
    private func start(
        _ request: Request, _ context: AppContext, form: Form?, refusal: (any Refusal)?
    ) async throws -> Response {
        let name = try context.parameters.text("queue")
        let now = now(), tokens = request.chatTokens
        let (queue, line, hours, open) = try await store.read { transaction in
            let queue = try Queue.find(named: name, in: transaction)
            return (
                queue, try QueueLine(queue, at: now, in: transaction), try queue.hours(at: now, in: transaction),
                try OpenTalk.all(of: tokens, at: now, in: transaction)
            )
        }
        guard line.isOpen else {
            return try pages.html(ChatClosedPage(queue, line, hours: hours, at: now), to: request, in: context)
        }
        let page = ChatStartPage(queue, line, open: open, clientId: secrets.make(), form: form, refusal: refusal)
        return try pages.html(page, to: request, in: context, status: refusal?.kind.status ?? .ok)
    }

    /// POST chat/:queue
    private func startForm(request: Request, context: AppContext) async throws -> Response {
        var form = try await Form(of: request, in: context)
        do {
            let start = try ChatStart(&form, queue: try context.parameters.text("queue"))
            let (view, token) = try await begin(start, from: context.address)
            var response = Response.seeOther("/chats/\(view.id)")
            response.setCookie(
                Cookie(
                    name: Chat.cookie(view.id), value: token, maxAge: 86_400 * 7, path: "/", secure: isSecure,
                    httpOnly: true, sameSite: .lax))
            return response
        } catch let refusal as any Refusal {
            return try await self.start(request, context, form: form, refusal: refusal)
        }
    }

    /// GET chats/:chat
    private func chatPage(request: Request, context: AppContext) async throws -> Response {
        try await show(request, context, errors: [])
    }

    private func show(
        _ request: Request, _ context: AppContext, errors: [Problem.Field]
    ) async throws -> Response {
        let asker = try Asker(request, context), now = now()
        // Whoever is told what is wrong goes on writing.
        let isWriting = request.query("writing") != nil || !errors.isEmpty
        let clientId = secrets.make()
        if isWriting {
            try await store.write { transaction in
                guard try asker.talk(in: transaction).party.isCustomer else { return }
                try Visits.note([asker.chat], at: now + Visits.patienceForWriting, in: transaction)
            }
        }
        let page = try await look(asker) { talk, _, transaction in
            ChatPage(
                talk, try TalkView(talk, at: now, in: transaction), try Message.all(of: asker.chat, in: transaction),
                clientId: clientId, isWriting: isWriting, errors: errors)
        }
        return try pages.html(page, to: request, in: context, status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    /// POST chats/:chat/messages
    private func messageForm(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        var form = try await Form(of: request, in: context)
        do {
            _ = try await say(&form, by: asker)
        } catch let refusal as FormRefusal {
            return try await show(request, context, errors: refusal.errors)
        }
        return .seeOther("/chats/\(asker.chat)")
    }

    /// GET chats/:chat/messages, GET chats/:chat/rating: where a form was refused, the page may be loaded anew.
    private func backToChat(request: Request, context: AppContext) throws -> Response {
        .seeOther("/chats/\(try Asker(request, context).chat)")
    }

    /// GET chats/:chat/ending
    private func endingPage(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        _ = try await store.read { try asker.talk(in: $0) }
        return try pages.html(ChatEndingPage(chat: .init(id: asker.chat)), to: request, in: context)
    }

    /// POST chats/:chat/ending
    private func endingForm(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        _ = try await end(asker)
        return .seeOther("/chats/\(asker.chat)")
    }

    /// POST chats/:chat/rating
    private func ratingForm(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        var form = try await Form(of: request, in: context)
        do {
            try await rate(asker, &form)
        } catch let refusal as FormRefusal {
            return try await show(request, context, errors: refusal.errors)
        }
        return .seeOther("/chats/\(asker.chat)")
    }

    /// GET chats/:chat/transcript
    private func transcriptPage(request: Request, context: AppContext) async throws -> Response {
        let page = try await look(try Asker(request, context)) { talk, _, transaction in
            TranscriptPage(try Transcript(of: talk, in: transaction))
        }
        return try pages.html(page, to: request, in: context)
    }
}

extension ChatStart {
    /// - Parameter queue: the queue that the address names, if it names one.
    init(_ form: inout Form, queue: String?) throws {
        self.queue = queue ?? form.line("queue", "a queue", upTo: 100)
        name = form.line("name", "your name", upTo: 100)
        message = form.text("message", "your question", upTo: Message.longest)
        reference = form.optionalLine("reference", "the reference", upTo: 50)
        let id = form.optionalLine("clientId", "the client id", upTo: 100)
        // A short one can be guessed, and would open somebody else's chat.
        clientId = id.flatMap { $0.count >= 20 ? $0 : nil }
        try form.check()
    }
}
