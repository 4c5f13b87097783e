import Hummingbird
import People
import Storage
import Values
import Web

/// One person: to look at, and for an administrator to change.
extension Staff {
    func addPersonRoutes(to router: Router<AppContext>) {
        for prefix in ["", "api/v1/"] {
            router.get("\(prefix)staff/:person", use: person)
            router.post("\(prefix)staff/:person/skills", use: giveSkill)
            router.post("\(prefix)staff/:person/courses", use: completeCourse)
            router.post("\(prefix)staff/:person/password", use: setPassword)
            router.post("\(prefix)staff/:person/leaving", use: leave)
        }
        router.post("staff/:person/roles", use: changeRoles)
        router.put("api/v1/staff/:person/roles", use: changeRoles)
        router.post("staff/:person/skills/:skill/removal", use: takeSkill)
        router.delete("api/v1/staff/:person/skills/:skill", use: takeSkill)
    }

    /// GET staff/:person, GET api/v1/staff/:person
    private func person(request: Request, context: AppContext) async throws -> Response {
        let viewer = try context.person(allowedTo: .useDirectory)
        let id = try context.parameters.require("person", as: Person.ID.self)
        let act = context.act(at: now()), today = Day(act.at)
        let page = try await store.write { transaction in
            let person = try Person.find(id, visibleTo: viewer, on: today, in: transaction)
            // Looking at oneself is nobody's business.
            if viewer.id != id { try Audit.append(act.entry("person read", Subject(id)), in: transaction) }
            return try PersonPage(person, to: viewer, on: today, in: transaction)
        }
        return try pages.answer(page, to: request, in: context)
    }

    /// POST staff/:person/roles, PUT api/v1/staff/:person/roles: these roles and no others.
    private func changeRoles(request: Request, context: AppContext) async throws -> Response {
        try await change(request, context) { form, id, act in
            // The page has a box for each role; a program sends the same truths.
            let roles = Set(Role.allCases.filter { form.isTicked("role_\($0.rawValue)") || form.isTicked($0.rawValue) })
            if request.prefersJSON { form.checkRoles() }
            return { transaction in try Person.change(roles: roles, of: id, by: act, in: transaction) }
        }
    }

    /// POST staff/:person/skills
    private func giveSkill(request: Request, context: AppContext) async throws -> Response {
        try await change(request, context) { form, id, act in
            let skill = form.id("skill", as: Skill.ID.self, otherwise: "Choose a skill.")
            if form.isBlank("skill") { form.refuse("skill", "Choose a skill.") }
            let level = form.number("level", "the level", in: Skill.levels) ?? 1
            let from = form.optionalDay("from") ?? Day(act.at)
            return { transaction in
                guard let skill, try NamedSkill.all(in: transaction).contains(where: { $0.id == skill })
                else { throw StaffRefusal.unknown }
                try SkillHeld.give(skill, level: level, to: id, from: from, by: act, in: transaction)
            }
        }
    }

    /// POST staff/:person/skills/:skill/removal, DELETE api/v1/staff/:person/skills/:skill
    private func takeSkill(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .manageStaff)
        let skill = try context.parameters.require("skill", as: Skill.ID.self)
        return try await change(request, context) { _, id, act in
            { transaction in try SkillHeld.take(skill, from: id, on: Day(act.at), by: act, in: transaction) }
        }
    }

    /// POST staff/:person/courses: she has completed one.
    private func completeCourse(request: Request, context: AppContext) async throws -> Response {
        try await change(request, context) { form, id, act in
            let course = form.id("course", as: Course.ID.self, otherwise: "Choose a course.")
            if form.isBlank("course") { form.refuse("course", "Choose a course.") }
            let day = form.optionalDay("on") ?? Day(act.at)
            if day > Day(act.at) { form.refuse("on", "A course that is still to come cannot be completed.") }
            return { transaction in
                guard let course else { throw StaffRefusal.unknown }
                try Course.find(course, in: transaction).complete(by: id, on: day, by: act, in: transaction)
            }
        }
    }

    /// POST staff/:person/leaving: from that day on she is no longer with the body.
    private func leave(request: Request, context: AppContext) async throws -> Response {
        try await change(request, context) { form, id, act in
            let day = form.optionalDay("leavingOn") ?? Day(act.at)
            return { transaction in try Person.leave(id, on: day, by: act, in: transaction) }
        }
    }

    /// POST staff/:person/password: she must change it when she signs in.
    private func setPassword(request: Request, context: AppContext) async throws -> Response {
        let administrator = try context.person(allowedTo: .manageStaff)
        let id = try context.parameters.require("person", as: Person.ID.self)
        var form = try await Form(of: request, in: context)
        let password = form.secret("password", "the new password")
        do {
            try form.check()
            try await signIn.setPassword(of: id, to: password, by: context.act(at: now()))
            return request.prefersJSON ? .noContent : .seeOther("/staff/\(id)", saying: .saved)
        } catch let refusal as any Refusal where !request.prefersJSON && refusal.kind.status == .unprocessableContent {
            let field = FormRefusal(errors: Problem.fields(of: refusal, otherwise: "password"))
            return try await refused(field, id, administrator, request, context)
        }
    }

    private typealias Step = @Sendable (Transaction) throws -> Void

    /// Reads the form, and in one transaction changes the person and lets those know whom it concerns.
    private func change(
        _ request: Request, _ context: AppContext, _ read: (inout Form, Person.ID, Act) -> Step
    ) async throws -> Response {
        let administrator = try context.person(allowedTo: .manageStaff)
        let id = try context.parameters.require("person", as: Person.ID.self)
        var form = try await Form(of: request, in: context)
        let act = context.act(at: now())
        let step = read(&form, id, act)
        do {
            try form.check()
            try await store.write { [skillsChanged] transaction in
                _ = try Person.find(id, on: Day(act.at), in: transaction)
                try step(transaction)
                try skillsChanged(id, act, transaction)
            }
            return request.prefersJSON ? .noContent : .seeOther("/staff/\(id)", saying: .saved)
        } catch let refusal as any Refusal where !request.prefersJSON && refusal.kind.status != .notFound {
            return try await refused(refusal, id, administrator, request, context)
        }
    }

    /// The page again, with what was wrong.
    func refused(
        _ refusal: any Refusal, _ id: Person.ID, _ viewer: Person, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let today = Day(now())
        let page = try await store.read { transaction in
            let person = try Person.find(id, visibleTo: viewer, on: today, in: transaction)
            return try PersonPage(person, to: viewer, on: today, refusal: refusal, in: transaction)
        }
        return try pages.html(page, to: request, in: context, status: refusal.kind.status)
    }
}

extension Form {
    /// A body that names no role, or something that is none, is a misunderstanding and not the wish to take roles away.
    fileprivate mutating func checkRoles() {
        let known = Set(Role.allCases.flatMap { [$0.rawValue, "role_\($0.rawValue)"] })
        if names.isDisjoint(with: known) {
            refuse("roles", "Send each role as true or false: {\"adviser\": true, \"planner\": false}.")
        }
        for name in names.subtracting(known).subtracting(["csrf"]).sorted() {
            refuse(name, "There is no role called so.")
        }
        for name in names.intersection(known).sorted() where !isTruth(name) {
            refuse(name, "Send each role as true or false.")
        }
    }
}
