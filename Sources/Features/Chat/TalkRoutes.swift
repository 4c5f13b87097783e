import Contacts
import HTTPTypes
import Hummingbird
import NIOCore
import People
import Storage
import Values
import Web

/// The addresses of one chat for programs and for the page's script.
extension Chat {
    func addTalkRoutes(to router: Router<AppContext>) {
        router.get("api/v1/queues", use: queues)
        router.post("api/v1/chats", use: beginTalk)
        router.get("api/v1/chats/:chat", use: talk)
        router.get("api/v1/chats/:chat/live", use: live)
        router.post("api/v1/chats/:chat/typing", use: type)
        router.post("api/v1/chats/:chat/reading", use: read)
        router.post("api/v1/chats/:chat/ending", use: endTalk)
        router.put("api/v1/chats/:chat/rating", use: rate)
        router.get("api/v1/chats/:chat/transcript", use: transcript)
    }

    /// GET api/v1/queues
    private func queues(request: Request, context: AppContext) async throws -> Response {
        let now = now()
        let lines = try await store.read { try QueueLine.all(at: now, in: $0) }
        return try .json(["queues": lines])
    }

    /// POST api/v1/chats
    private func beginTalk(request: Request, context: AppContext) async throws -> Response {
        var form = try await Form(of: request, in: context)
        let start = try ChatStart(&form, queue: nil)
        let (view, _) = try await begin(start, from: context.address)
        return try .json(view, status: .created)
    }

    /// Begins a chat and gives its view, with the token that opens it.
    func begin(_ start: ChatStart, from address: String) async throws -> (view: TalkView, token: String) {
        let now = now()
        try starts.note(address, at: now)
        let secret = secrets.make()
        let view: TalkView
        do {
            view = try await store.write { transaction in
                let id = try Talk.begin(start, tokenHash: Secret.hash(of: secret), at: now, in: transaction)
                return try TalkView(Talk.find(id, in: transaction), token: secret, at: now, in: transaction)
            }
        } catch let refusal as QueueRefusal {
            if case .full = refusal { try await store.write { try Talk.turnAway(start, at: now, in: $0) } }
            throw refusal
        }
        visits.use(view.id)
        return (view, secret)
    }

    /// GET api/v1/chats/:chat
    private func talk(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context), now = now()
        return try .json(try await look(asker) { talk, _, transaction in try TalkView(talk, at: now, in: transaction) })
    }

    /// GET api/v1/chats/:chat/live: what is said and how the chat stands, now and whenever that changes.
    private func live(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        let party = try await look(asker) { _, party, _ in party }
        let after = request.headers[.lastEventID] ?? request.query("after")
        let reader = TalkReader(id: asker.chat, for: party, after: after.flatMap(Int.init) ?? 0)
        return .events(
            for: request, from: store.bells, about: [.contact(asker.chat)],
            // A contact that was handed on is no longer the adviser's, and a session ends.
            while: { [store] in try await asker.takesPartStill(in: store) },
            onLeave: attend(asker.chat, as: party),
            news: { [store, now] in
                let now = now()
                return try await store.read { try reader.look(at: now, in: $0) }
            })
    }

    /// A customer's live line is a sign of life until it goes: gives what is to be done then.
    private func attend(_ id: Contact.ID, as party: Party) -> @Sendable () -> Void {
        guard case .customer = party else { return {} }
        visits.open(id)
        return { [visits] in visits.close(id) }
    }

    /// POST api/v1/chats/:chat/typing
    private func type(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context), until = now() + .seconds(6)
        try await store.write { transaction in
            let (talk, party) = try asker.talk(in: transaction)
            try talk.noteTyping(by: party.author(in: talk).author, until: until, in: transaction)
        }
        return .noContent
    }

    /// POST api/v1/chats/:chat/reading
    private func read(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        var form = try await Form(of: request, in: context)
        let number = form.number("number", "the number of the last message read", in: 0...1_000_000_000) ?? 0
        try form.check()
        try await store.write { transaction in
            let (talk, party) = try asker.talk(in: transaction)
            let (author, adviser, _) = try party.author(in: talk)
            try talk.noteReading(to: number, by: author, adviser: adviser, in: transaction)
        }
        return .noContent
    }

    /// POST api/v1/chats/:chat/ending
    private func endTalk(request: Request, context: AppContext) async throws -> Response {
        try .json(try await end(try Asker(request, context)))
    }

    /// Ends the chat for whoever may; one that has ended stays as it is.
    func end(_ asker: Asker) async throws -> TalkView {
        let now = now()
        return try await store.write { transaction in
            let (talk, party) = try asker.talk(in: transaction)
            let author = try party.author(in: talk).author
            if talk.contact.endedAt == nil {
                try Talk.end(asker.chat, by: author == .customer ? .customer : .adviser, at: now, in: transaction)
            }
            return try TalkView(Talk.find(asker.chat, in: transaction), at: now, in: transaction)
        }
    }

    /// PUT api/v1/chats/:chat/rating
    private func rate(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        var form = try await Form(of: request, in: context)
        try await rate(asker, &form)
        return try .json(["rated": true])
    }

    /// Notes what the customer thought of it.
    func rate(_ asker: Asker, _ form: inout Form) async throws {
        let stars = form.number("stars", "a rating", in: 1...5)
        let comment = form.optionalText("comment", "your comment", upTo: 1_000)
        try form.check()
        try await store.write { transaction in
            let (talk, party) = try asker.talk(in: transaction)
            guard case .customer = party else { throw TalkRefusal.unknown }
            try talk.rate(stars, comment, in: transaction)
        }
    }

    /// GET api/v1/chats/:chat/transcript
    private func transcript(request: Request, context: AppContext) async throws -> Response {
        let asker = try Asker(request, context)
        let text = try await look(asker) { talk, _, transaction in try Transcript(of: talk, in: transaction).asText }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"chat-\(asker.chat).txt\"",
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

/// A chat says no.
enum TalkRefusal: Refusal, Equatable {
    case unknown, notYours, notEnded

    var sentence: String {
        switch self {
        case .unknown:
            "There is no such chat here. Either it was begun in another browser, or its time is over and it was deleted."
        case .notYours: "There is no such chat, or it is not at your desk any more."
        case .notEnded: "You can rate this chat when it has ended."
        }
    }

    var kind: RefusalKind {
        switch self {
        case .unknown, .notYours: .notFound
        case .notEnded: .conflict
        }
    }
}
