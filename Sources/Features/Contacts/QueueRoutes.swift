import Hummingbird
import People
import Storage
import Values
import Web

/// The pages on which planners open, change and close queues.
extension Contacts {
    func addQueueRoutes(to router: Router<AppContext>) {
        router.get("queues", use: queuesPage)
        router.get("queues/new", use: newQueuePage)
        router.post("queues", use: addQueue)
        router.get("queues/:queue", use: queuePage)
        router.post("queues/:queue", use: changeQueue)
        router.post("queues/:queue/closure", use: closeQueue)
        router.post("queues/:queue/opening", use: openQueue)
    }

    /// GET queues
    private func queuesPage(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let now = now()
        let page = try await store.read { try QueuesPage(at: now, in: $0) }
        return try pages.answer(page, to: request, in: context)
    }

    /// GET queues/new
    private func newQueuePage(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let now = now()
        let page = try await store.read {
            try QueuePage(of: nil, version: nil, filled: QueuePage.newFields, at: now, in: $0)
        }
        return try pages.html(page, to: request, in: context)
    }

    /// GET queues/:queue
    private func queuePage(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        let now = now()
        let page = try await store.read { transaction in
            let (draft, revision) = try QueueDraft.find(id, in: transaction)
            return try QueuePage(of: id, version: revision, filled: draft.fields, at: now, in: transaction)
        }
        return try pages.html(page, to: request, in: context)
    }

    /// POST queues
    private func addQueue(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let form = try await Form(of: request, in: context)
        if form.asksForMore { return try await grown(nil, form, request, context) }
        let act = context.act(at: now())
        do {
            let (draft, unread) = QueueDraft.read(form)
            let id = try await store.write { try draft.add(by: act, besides: unread, in: $0) }
            return .seeOther("/queues/\(id)", saying: .saved)
        } catch let refusal as any Refusal {
            return try await refused(refusal, of: nil, form, request, context)
        }
    }

    /// POST queues/:queue
    private func changeQueue(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        let form = try await Form(of: request, in: context)
        if form.asksForMore { return try await grown(id, form, request, context) }
        let act = context.act(at: now())
        do {
            let (draft, unread) = QueueDraft.read(form), revision = Int(form.sent("version")) ?? 0
            try await store.write { try draft.change(id, at: revision, by: act, besides: unread, in: $0) }
            return .seeOther("/queues/\(id)", saying: .saved)
        } catch let refusal as any Refusal where refusal.kind.status != .notFound {
            return try await refused(refusal, of: id, form, request, context)
        }
    }

    /// The form again with one row or step more, and nothing saved.
    private func grown(
        _ id: Queue.ID?, _ form: Form, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let now = now(), fields = form.queueFields
        let page = try await store.read { transaction in
            if let id { _ = try QueueDraft.find(id, in: transaction) }
            return try QueuePage(
                of: id, version: Int(form.sent("version")), filled: fields, at: now, in: transaction)
        }
        return try pages.html(page, to: request, in: context)
    }

    /// The form again, with what was wrong and what was written.
    private func refused(
        _ refusal: any Refusal, of id: Queue.ID?, _ form: Form, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let now = now(), fields = form.queueFields
        let page = try await store.read { transaction in
            // Who saves again has seen what the other one changed.
            let version = try id.map { try QueueDraft.find($0, in: transaction).revision }
            return try QueuePage(of: id, version: version, filled: fields, refusal: refusal, at: now, in: transaction)
        }
        return try pages.html(page, to: request, in: context, status: refusal.kind.status)
    }

    /// POST queues/:queue/closure: from now until it is opened again.
    private func closeQueue(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        var form = try await Form(of: request, in: context)
        let message = form.optionalText("message", "the message", upTo: 500) ?? "We are closed for the moment."
        try form.check()
        let act = context.act(at: now())
        try await store.write { transaction in
            let closing = Closing(queue: id, from: act.at, until: Closing.endless, message: message)
            try closing.insert(by: act, in: transaction)
        }
        return .seeOther("/queues/\(id)", saying: .saved)
    }

    /// POST queues/:queue/opening: its own closures end now.
    private func openQueue(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        let act = context.act(at: now())
        try await store.write { transaction in
            for closing in try Closing.all(at: act.at, in: transaction)
            where closing.queue == id && closing.from <= act.at {
                try Closing.end(closing.id, by: act, in: transaction)
            }
        }
        return .seeOther("/queues/\(id)", saying: .saved)
    }
}

extension Form {
    /// One of the buttons was pressed that add a row or a step.
    fileprivate var asksForMore: Bool { !sent("more").isEmpty }
}

extension QueueDraft {
    /// What was filled in, and what of it could not be read.
    fileprivate static func read(_ sent: Form) -> (draft: QueueDraft, unread: [QueueProblem]) {
        var form = sent
        let draft = QueueDraft(&form)
        return (draft, form.errors)
    }

    /// Makes a queue of it, unless something is wrong with it.
    ///
    /// - Parameters:
    ///   - field: what a field of the form is called where this was written.
    ///   - unread: what could not be read; it is told together with what is wrong with the rest.
    func add(
        by act: Act, naming field: (String) -> String = { $0 }, besides unread: [QueueProblem] = [],
        in transaction: Transaction
    ) throws -> Queue.ID {
        try check(for: nil, naming: field, besides: unread, in: transaction)
        return try insert(by: act, in: transaction)
    }

    /// Puts it in the place of the queue, unless something is wrong with it or somebody was quicker.
    func change(
        _ id: Queue.ID, at revision: Int, by act: Act, naming field: (String) -> String = { $0 },
        besides unread: [QueueProblem] = [], in transaction: Transaction
    ) throws {
        try check(for: id, naming: field, besides: unread, in: transaction)
        try update(id, at: revision, by: act, in: transaction)
    }

    private func check(
        for id: Queue.ID?, naming field: (String) -> String, besides unread: [QueueProblem], in transaction: Transaction
    ) throws {
        // Where a field could not be read, the draft holds a makeshift, and what is wrong with that is nobody's fault.
        let fields = Set(unread.map(\.field))
        let areStepsRead = !fields.contains { $0.hasPrefix("need_") || $0.hasPrefix("step_") }
        let problems =
            unread
            + (try problems(for: id, in: transaction)).filter {
                !fields.contains($0.field) && (areStepsRead || !["needs", "overflow"].contains($0.field))
            }
        guard problems.isEmpty else {
            throw FormRefusal(errors: problems.map { Problem.Field(field($0.field), $0.message) })
        }
    }
}
