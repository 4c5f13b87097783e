import Hummingbird
import People
import Storage
import Values
import Web

/// Help for an adviser who has asked for it: joining the conversation, following it, writing notes beside it.
extension Contacts {
    func addJoiningRoutes(to router: Router<AppContext>) {
        router.delete("api/v1/contacts/:contact/help", use: withdrawHelp)
        router.get("contacts/:contact/joining", use: joining)
        router.post("contacts/:contact/joining", use: join)
        router.post("contacts/:contact/notes", use: writeNote)
        router.get("api/v1/contacts/:contact/joining", use: joining)
        router.post("api/v1/contacts/:contact/joining", use: join)
        router.get("api/v1/contacts/:contact/joining/live", use: joiningLive)
        router.post("api/v1/contacts/:contact/notes", use: writeNote)
    }

    /// DELETE api/v1/contacts/:contact/help
    private func withdrawHelp(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let now = now()
        try await store.write { transaction in
            try Contact.held(id, by: person.id, in: transaction).withdrawHelp(by: person.id, at: now, in: transaction)
        }
        return try .json(["helpAsked": false])
    }

    /// POST contacts/:contact/joining, POST api/v1/contacts/:contact/joining
    private func join(request: Request, context: AppContext) async throws -> Response {
        let leader = try context.person(allowedTo: .leadTeam)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let act = context.act(at: now())
        try await store.write { try Contact.join(id, by: act, as: leader.id, in: $0) }
        return request.prefersJSON ? try .json(["joined": true]) : .seeOther("/contacts/\(id)/joining")
    }

    /// GET contacts/:contact/joining, GET api/v1/contacts/:contact/joining
    private func joining(request: Request, context: AppContext) async throws -> Response {
        let leader = try context.person(allowedTo: .leadTeam)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let act = context.act(at: now())
        do {
            let page = try await store.write { [conversations] transaction in
                try Contact.read(id, beside: leader.id, by: act, in: transaction)
                let lines = try conversations.said([id: 0], transaction)
                return JoiningPage(try JoiningView(id, for: leader.id, in: transaction), saying: lines)
            }
            return try pages.answer(page, to: request, in: context)
        } catch is JoiningRefusal where !request.prefersJSON {
            // The contact's own page says how it stands, and lets a leader join.
            return .seeOther("/contacts/\(id)")
        }
    }

    /// GET api/v1/contacts/:contact/joining/live: how it stands and what is said, now and whenever that changes.
    private func joiningLive(request: Request, context: AppContext) async throws -> Response {
        let leader = try context.person(allowedTo: .leadTeam)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let act = context.act(at: now()), after = request.headers[.lastEventID] ?? request.query("after") ?? ""
        try await store.write { try Contact.read(id, beside: leader.id, by: act, in: $0) }
        let reader = JoiningReader(id, for: leader.id, after: Int(after) ?? 0)
        return .events(
            for: request, from: store.bells, about: [.contact(id)], while: { try await context.mayStill(.leadTeam) },
            news: { [store, conversations] in try await store.read { try reader.look(conversations, in: $0) } })
    }

    /// POST contacts/:contact/notes, POST api/v1/contacts/:contact/notes
    private func writeNote(request: Request, context: AppContext) async throws -> Response {
        let leader = try context.person(allowedTo: .leadTeam)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        var form = try await Form(of: request, in: context)
        let text = form.text("text", "the note", upTo: Contact.longestNote)
        try form.check()
        let act = context.act(at: now())
        try await store.write { try Contact.write(text, on: id, by: act, as: leader.id, in: $0) }
        return request.prefersJSON
            ? try .json(["written": true], status: .created) : .seeOther("/contacts/\(id)/joining")
    }
}

extension Contact {
    /// Notes in the audit trail that the leader who has joined looks at the conversation.
    fileprivate static func read(
        _ id: ID, beside leader: Person.ID, by act: Act, in transaction: Transaction
    ) throws {
        _ = try joined(id, by: leader, in: transaction)
        try Audit.append(act.entry("contact read", Subject("contact", id.number)), in: transaction)
    }
}
