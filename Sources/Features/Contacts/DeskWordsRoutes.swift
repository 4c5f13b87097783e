import Hummingbird
import People
import Storage
import Values
import Web

/// Ready replies and wrap-up codes, as pages and as JSON.
extension Contacts {
    func addDeskWordsRoutes(to router: Router<AppContext>) {
        router.get("ready-replies", use: replies)
        router.post("ready-replies", use: addReply)
        router.post("ready-replies/:reply", use: changeReply)
        router.post("ready-replies/:reply/removal", use: removeReply)
        router.get("wrap-up-codes", use: codes)
        router.post("wrap-up-codes", use: addCode)
        router.post("wrap-up-codes/:code/removal", use: removeCode)
        router.get("api/v1/ready-replies", use: replies)
        router.post("api/v1/ready-replies", use: addReply)
        router.put("api/v1/ready-replies/:reply", use: changeReply)
        router.delete("api/v1/ready-replies/:reply", use: removeReply)
        router.get("api/v1/wrap-up-codes", use: codes)
        router.put("api/v1/wrap-up-codes/:code", use: putCode)
        router.delete("api/v1/wrap-up-codes/:code", use: removeCode)
    }

    /// GET ready-replies, GET api/v1/ready-replies
    private func replies(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let search = request.query("search") ?? ""
        let page = try await store.read { try ReadyRepliesPage(matching: search, in: $0) }
        return try pages.answer(page, to: request, in: context)
    }

    /// POST ready-replies, POST api/v1/ready-replies
    private func addReply(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        var form = try await Form(of: request, in: context)
        let reply = ReadyReply(&form), act = context.act(at: now())
        do {
            try form.check()
            let id = try await store.write { try reply.insert(by: act, in: $0) }
            return request.prefersJSON
                ? try .json(["id": id], status: .created) : .seeOther("/ready-replies", saying: .saved)
        } catch let refusal as FormRefusal where !request.prefersJSON {
            let page = try await store.read { [form] in
                try ReadyRepliesPage(matching: "", filled: form.sent, refusal: refusal, in: $0)
            }
            return try pages.html(page, to: request, in: context, status: .unprocessableContent)
        }
    }

    /// POST ready-replies/:reply, PUT api/v1/ready-replies/:reply
    private func changeReply(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("reply", as: ReadyReply.ID.self)
        var form = try await Form(of: request, in: context)
        let reply = ReadyReply(&form), act = context.act(at: now())
        try form.check()
        try await store.write { try reply.update(id, by: act, in: $0) }
        return request.prefersJSON ? try .json(["id": id]) : .seeOther("/ready-replies", saying: .saved)
    }

    /// POST ready-replies/:reply/removal, DELETE api/v1/ready-replies/:reply
    private func removeReply(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("reply", as: ReadyReply.ID.self)
        let act = context.act(at: now())
        try await store.write { try ReadyReply.remove(id, by: act, in: $0) }
        return request.prefersJSON ? .noContent : .seeOther("/ready-replies", saying: .removed)
    }

    /// GET wrap-up-codes, GET api/v1/wrap-up-codes
    private func codes(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        return try pages.answer(try await store.read { try WrapUpCodesPage(in: $0) }, to: request, in: context)
    }

    /// POST wrap-up-codes: a new one, or another title for one that is there.
    private func addCode(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        var form = try await Form(of: request, in: context)
        let code = WrapUpCode(&form, code: form.sent("code")), act = context.act(at: now())
        do {
            try form.check()
            try await store.write { try code.store(by: act, in: $0) }
            return .seeOther("/wrap-up-codes", saying: .saved)
        } catch let refusal as FormRefusal {
            let page = try await store.read { [form] in try WrapUpCodesPage(filled: form.sent, refusal: refusal, in: $0)
            }
            return try pages.html(page, to: request, in: context, status: .unprocessableContent)
        }
    }

    /// PUT api/v1/wrap-up-codes/:code
    private func putCode(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        var form = try await Form(of: request, in: context)
        let code = WrapUpCode(&form, code: try context.parameters.text("code")), act = context.act(at: now())
        try form.check()
        try await store.write { try code.store(by: act, in: $0) }
        return try .json(code)
    }

    /// POST wrap-up-codes/:code/removal, DELETE api/v1/wrap-up-codes/:code
    private func removeCode(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let code = try context.parameters.text("code"), act = context.act(at: now())
        try await store.write { try WrapUpCode.remove(code, by: act, in: $0) }
        return request.prefersJSON ? .noContent : .seeOther("/wrap-up-codes", saying: .removed)
    }
}
