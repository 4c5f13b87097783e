import Hummingbird
import People
import Storage
import Values
import Web

/// The addresses of the desk.
extension Contacts {
    func addDeskRoutes(to router: Router<AppContext>) {
        router.get("desk", use: deskPage)
        router.get("api/v1/desk", use: desk)
        router.put("api/v1/desk/status", use: changeStatus)
        router.get("api/v1/desk/live", use: deskLive)
        router.post("api/v1/offers/:offer/acceptance", use: accept)
        router.post("api/v1/offers/:offer/refusal", use: refuse)
        router.post("api/v1/contacts/:contact/transfer", use: transfer)
        router.post("api/v1/contacts/:contact/help", use: askForHelp)
        router.post("api/v1/contacts/:contact/wrap-up", use: wrapUp)
        router.post("api/v1/contacts/:contact/wrap-up/time", use: moreTime)
        router.get("api/v1/advisers", use: advisers)
    }

    /// GET desk
    private func deskPage(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        return try pages.html(DeskPage(name: person.name), to: request, in: context)
    }

    /// GET api/v1/desk
    private func desk(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        presence.use(person.id)
        return try .json(try await deskView(of: person))
    }

    /// PUT api/v1/desk/status
    private func changeStatus(request: Request, context: AppContext) async throws -> Response {
        let person = try context.person(allowedTo: .workDesk)
        var form = try await Form(of: request, in: context)
        let change = try StatusChange(&form)
        let now = now()
        try await store.write { transaction in
            let desk = try Desk.of(person, at: now, in: transaction)
            try desk.change(
                to: change.status, reason: try change.noted(at: desk, in: transaction), place: change.place,
                team: person.team, at: now, in: transaction)
        }
        presence.use(person.id)
        return try .json(try await deskView(of: person))
    }

    /// GET api/v1/desk/live: my desk now, then whatever changes, with what is said in my contacts.
    private func deskLive(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        let seen = Seen(request.headers[.lastEventID] ?? request.query("after") ?? "")
        let reader = DeskReader(person: person, seen: seen)
        presence.open(person.id)
        return Response.events(
            for: request, from: store.bells, about: [.desk(person.id)],
            while: { [self] in try await isStillAtWork(context) },
            onLeave: { [presence] in presence.close(person.id) },
            news: { [self] in
                let now = now()
                return .events(
                    try await store.read { [conversations] in try reader.look(conversations, at: now, in: $0) })
            })
    }

    /// POST api/v1/offers/:offer/acceptance
    private func accept(request: Request, context: AppContext) async throws -> Response {
        let person = try context.person(allowedTo: .workDesk)
        let offer = try context.parameters.require("offer", as: Offer.ID.self)
        let now = now()
        let contact = try await store.write { try Offer.accept(offer, by: person.id, at: now, in: $0) }
        return try .json(["contact": contact])
    }

    /// POST api/v1/offers/:offer/refusal
    private func refuse(request: Request, context: AppContext) async throws -> Response {
        let person = try context.person(allowedTo: .workDesk)
        let offer = try context.parameters.require("offer", as: Offer.ID.self)
        var form = try await Form(of: request, in: context)
        let reason = form.line("reason", "a reason", upTo: 200)
        try form.check()
        let now = now()
        try await store.write { try Offer.refuse(offer, by: person.id, because: reason, at: now, in: $0) }
        return try .json(["refused": true])
    }

    /// POST api/v1/contacts/:contact/transfer
    private func transfer(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        var form = try await Form(of: request, in: context)
        let note = form.optionalText("note", "the note", upTo: 2_000)
        let goal = try TransferGoal(&form)
        let now = now()
        try await store.write { [conversations] transaction in
            let contact = try Contact.held(id, by: person.id, in: transaction)
            let goal = try contact.transfer(to: goal, note: note, by: person.id, at: now, in: transaction)
            try conversations.tell("\(person.name) has passed you on to \(goal).", id, now, transaction)
        }
        return try .json(["transferred": true])
    }

    /// POST api/v1/contacts/:contact/help
    private func askForHelp(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let now = now()
        try await store.write { transaction in
            let contact = try Contact.held(id, by: person.id, in: transaction)
            try contact.askForHelp(by: person.id, at: now, in: transaction)
        }
        return try .json(["helpAsked": true])
    }

    /// POST api/v1/contacts/:contact/wrap-up
    private func wrapUp(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        var form = try await Form(of: request, in: context)
        let code = form.line("code", "a wrap-up code", upTo: 40)
        let note = form.optionalText("note", "the note", upTo: 4_000)
        try form.check()
        let now = now()
        try await store.write {
            try Contact.wrapUp(id, code: code, note: note, by: person.id, at: now, in: $0)
        }
        return try .json(["wrappedUp": true])
    }

    /// POST api/v1/contacts/:contact/wrap-up/time: as much more time as there was.
    private func moreTime(request: Request, context: AppContext) async throws -> Response {
        let person = try await worker(context)
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let now = now()
        let until = try await store.write { try Contact.giveMoreTime(id, to: person.id, at: now, in: $0) }
        return try .json(["wrapUpUntil": until])
    }

    /// GET api/v1/advisers: colleagues at work, to transfer to.
    private func advisers(request: Request, context: AppContext) async throws -> Response {
        _ = try await worker(context)
        let search = try request.text("search", upTo: 200) ?? ""
        let number = try request.number("queue", as: Queue.ID.self), today = Day(now())
        let found = try await store.read { transaction in
            let queue = try number.map { id in
                guard let queue = try Queue.find(id, in: transaction) else { throw QueueRefusal.neverThere(id) }
                return queue
            }
            return try AdvisersPage(matching: search, for: queue?.firstNeeds ?? [], on: today, in: transaction)
        }
        return try .json(found)
    }

    /// Who works at a desk.
    func worker(_ context: AppContext) async throws -> Person {
        let person = try context.person()
        guard try await works(person) else { throw AccessRefusal.notAllowed }
        return person
    }

    /// Whether she is an adviser, or was one until just now and still has contacts to finish.
    func works(_ person: Person) async throws -> Bool {
        if person.may(.workDesk) { return true }
        let status = try await store.read { try Desk.find(person.id, in: $0)?.status }
        return status == .leaving && person.isActive
    }

    /// Asking counts as a use of the session: a desk is looked at for hours without a touch.
    private func isStillAtWork(_ context: AppContext) async throws -> Bool {
        guard let person = try await context.personStill(isUse: true) else { return false }
        return try await works(person)
    }

    private func deskView(of person: Person) async throws -> DeskView {
        let now = now()
        return try await store.read { [conversations] in
            try DeskView(of: person, through: conversations, at: now, in: $0)
        }
    }
}
