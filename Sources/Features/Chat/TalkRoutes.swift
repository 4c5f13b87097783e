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
        let (id, token, person) = try await access(request, context)
        let now = now()
        return try .json(
            try await store.read { transaction in
                let talk = try Talk.find(id, in: transaction)
                _ = try Party(of: talk, showing: token, signedIn: person)
                return try TalkView(talk, at: now, in: transaction)
            })
    }

    /// GET api/v1/chats/:chat/live: what is said and how the chat stands, now and whenever that changes.
    private func live(request: Request, context: AppContext) async throws -> Response {
        let (id, token, person) = try await access(request, context)
        let party = try await store.read { try Party(of: Talk.find(id, in: $0), showing: token, signedIn: person) }
        let after = request.headers[.lastEventID] ?? request.query("after")
        let reader = TalkReader(id: id, after: after.flatMap(Int.init) ?? 0)
        var isCustomer = false
        if case .customer = party { isCustomer = true }
        if isCustomer { visits.open(id) }
        return .events(
            for: request, from: store.bells, about: [.contact(id)],
            while: { [self] in
                // A contact that was handed on is no longer the adviser's, and a session ends.
                let person = try await context.personStill()
                return try await store.read { try Party.takesPart(in: Talk.find(id, in: $0), showing: token, person) }
            },
            onLeave: { [visits, isCustomer] in if isCustomer { visits.close(id) } },
            news: { [self] in
                let now = now()
                return try await store.read { try reader.look(at: now, in: $0) }
            })
    }

    /// POST api/v1/chats/:chat/typing
    private func type(request: Request, context: AppContext) async throws -> Response {
        let (id, token, person) = try await access(request, context)
        let until = now() + .seconds(6)
        try await store.write { transaction in
            let talk = try Talk.find(id, in: transaction)
            let (author, _, _) = try Party(of: talk, showing: token, signedIn: person).author(in: talk)
            guard talk.contact.endedAt == nil else { return }
            let column: SQL = author == .customer ? "customer_typing_until" : "adviser_typing_until"
            try transaction.run("UPDATE chat SET \(column) = \(until) WHERE contact_id = \(id)")
            transaction.ring(.contact(id))
            if author == .customer, let adviser = talk.contact.adviser {
                try DeskRevision.raise(adviser, in: transaction)
            }
        }
        return .noContent
    }

    /// POST api/v1/chats/:chat/reading
    private func read(request: Request, context: AppContext) async throws -> Response {
        let (id, token, person) = try await access(request, context)
        var form = try await Form(of: request, in: context)
        let number = form.number("number", "the number of the last message read", in: 0...1_000_000_000) ?? 0
        try form.check()
        try await store.write { transaction in
            let talk = try Talk.find(id, in: transaction)
            let (author, reader, _) = try Party(of: talk, showing: token, signedIn: person).author(in: talk)
            let column: SQL = author == .customer ? "customer_read" : "adviser_read"
            let changed = try transaction.run(
                """
                UPDATE chat SET \(column) = \(min(number, talk.lastNumber))
                WHERE contact_id = \(id) AND \(column) < \(min(number, talk.lastNumber))
                """)
            if changed > 0, let reader { try DeskRevision.raise(reader, in: transaction) }
        }
        return .noContent
    }

    /// POST api/v1/chats/:chat/ending
    private func endTalk(request: Request, context: AppContext) async throws -> Response {
        let (id, token, person) = try await access(request, context)
        return try .json(try await end(id, token: token, person: person))
    }

    /// Ends the chat for whoever may; one that has ended stays as it is.
    func end(_ id: Contact.ID, token: String?, person: Person?) async throws -> TalkView {
        let now = now()
        return try await store.write { transaction in
            let talk = try Talk.find(id, in: transaction)
            let (author, _, _) = try Party(of: talk, showing: token, signedIn: person).author(in: talk)
            if talk.contact.endedAt == nil {
                try Talk.end(id, by: author == .customer ? .customer : .adviser, at: now, in: transaction)
            }
            return try TalkView(Talk.find(id, in: transaction), at: now, in: transaction)
        }
    }

    /// PUT api/v1/chats/:chat/rating
    private func rate(request: Request, context: AppContext) async throws -> Response {
        let (id, token, _) = try await access(request, context)
        var form = try await Form(of: request, in: context)
        try await rate(id, &form, token: token)
        return try .json(["rated": true])
    }

    /// Notes what the customer thought of it.
    func rate(_ id: Contact.ID, _ form: inout Form, token: String?) async throws {
        let stars = form.number("stars", "a rating", in: 1...5)
        let comment = form.optionalText("comment", "your comment", upTo: 1_000)
        try form.check()
        try await store.write { transaction in
            let talk = try Talk.find(id, in: transaction)
            guard case .customer = try Party(of: talk, showing: token, signedIn: nil) else {
                throw ContactRefusal.unknown
            }
            guard talk.contact.endedAt != nil else { throw TalkRefusal.notEnded }
            try transaction.run(
                """
                UPDATE chat SET rating = \(stars), rating_comment = \(comment) WHERE contact_id = \(id)
                """)
        }
    }

    /// GET api/v1/chats/:chat/transcript
    private func transcript(request: Request, context: AppContext) async throws -> Response {
        let (id, token, person) = try await access(request, context)
        let text = try await store.read { transaction in
            let talk = try Talk.find(id, in: transaction)
            _ = try Party(of: talk, showing: token, signedIn: person)
            return try Transcript(of: talk, in: transaction).asText
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"chat-\(id).txt\"",
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// The chat that is asked for and what the asker shows.
    func access(
        _ request: Request, _ context: AppContext
    ) async throws -> (Contact.ID, token: String?, person: Person?) {
        let id = try context.parameters.require("chat", as: Contact.ID.self)
        let token = context.signedIn == nil || context.credential == .cookie ? request.chatToken(of: id) : nil
        return (id, token, context.signedIn?.person)
    }
}

/// A chat says no.
enum TalkRefusal: Refusal, Equatable {
    case notEnded

    var sentence: String { "You can rate this chat when it has ended." }
    var kind: RefusalKind { .conflict }
}
