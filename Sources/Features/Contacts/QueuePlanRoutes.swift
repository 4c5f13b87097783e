import Hummingbird
import People
import Storage
import Values
import Web

/// Queues, closures and bank holidays as a planner's program reads and writes them.
extension Contacts {
    func addQueuePlanRoutes(to router: Router<AppContext>) {
        router.get("api/v1/planning/queues", use: plans)
        router.post("api/v1/queues", use: addPlan)
        router.get("api/v1/queues/:queue", use: plan)
        router.put("api/v1/queues/:queue", use: changePlan)
        router.delete("api/v1/queues/:queue", use: retire)
        router.get("api/v1/queues/:queue/changes", use: planChanges)
        router.get("api/v1/skills", use: skills)
    }

    /// GET api/v1/planning/queues: all of them, retired ones too.
    private func plans(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let plans = try await store.read { transaction in
            try Queue.all(retired: true, in: transaction).map { try QueuePlan($0.id, in: transaction) }
        }
        return try .json(["queues": plans])
    }

    /// GET api/v1/queues/:queue
    private func plan(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        return try .json(try await store.read { try QueuePlan(id, in: $0) })
    }

    /// POST api/v1/queues
    private func addPlan(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let draft = try await request.decoded(as: QueuePlan.self, in: context).draft()
        let act = context.act(at: now())
        let plan = try await store.write { try QueuePlan(draft.add(by: act, naming: QueuePlan.field, in: $0), in: $0) }
        return try .json(plan, status: .created)
    }

    /// PUT api/v1/queues/:queue
    private func changePlan(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        let sent = try await request.decoded(as: QueuePlan.self, in: context)
        guard let revision = sent.revision else {
            throw FormRefusal(errors: [
                .init("revision", "Send the revision that you have read, so that nobody's change is overwritten.")
            ])
        }
        let draft = try sent.draft(), act = context.act(at: now())
        let plan = try await store.write { transaction in
            try draft.change(id, at: revision, by: act, naming: QueuePlan.field, in: transaction)
            return try QueuePlan(id, in: transaction)
        }
        return try .json(plan)
    }

    /// DELETE api/v1/queues/:queue: it takes nobody any more; its past stays.
    private func retire(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        let act = context.act(at: now())
        try await store.write { transaction in
            var (draft, revision) = try QueueDraft.find(id, in: transaction)
            draft.isRetired = true
            try draft.update(id, at: revision, by: act, in: transaction)
        }
        return .noContent
    }

    /// GET api/v1/queues/:queue/changes
    private func planChanges(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("queue", as: Queue.ID.self)
        let changes = try await store.read { transaction in
            _ = try QueueDraft.find(id, in: transaction)
            return try QueueChange.newest(of: id, in: transaction).map { QueuePage.Change($0).record }
        }
        return try .json(["changes": changes])
    }

    /// GET api/v1/skills: what a queue can ask for.
    private func skills(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .useDirectory)
        let skills = try await store.read { try NamedSkill.all(in: $0).map(SkillName.init) }
        return try .json(["skills": skills])
    }

    private struct SkillName: Encodable, Sendable {
        let id: Skill.ID
        let name: String

        init(_ skill: NamedSkill) {
            id = skill.id
            name = skill.name
        }
    }
}

extension QueuePlan {
    /// The queue of this number as it stands.
    init(_ id: Queue.ID, in transaction: Transaction) throws {
        let (draft, revision) = try QueueDraft.find(id, in: transaction)
        let retiredAt = try Queue.find(id, in: transaction)?.retiredAt
        self.init(draft, id: id, revision: revision, retiredAt: retiredAt)
    }
}
