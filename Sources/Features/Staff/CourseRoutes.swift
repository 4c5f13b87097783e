import Hummingbird
import People
import Storage
import Values
import Web

/// The courses that give skills: an administrator adds them, and notes on a person's page who has completed one.
extension Staff {
    func addCourseRoutes(to router: Router<AppContext>) {
        router.get("courses", use: courses)
        router.post("courses", use: addCourse)
        router.post("courses/:course/removal", use: removeCourse)
        router.get("api/v1/courses", use: courses)
        router.post("api/v1/courses", use: addCourse)
        router.delete("api/v1/courses/:course", use: removeCourse)
    }

    /// GET courses, GET api/v1/courses
    private func courses(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .manageStaff)
        return try pages.answer(try await store.read { try CoursesPage(in: $0) }, to: request, in: context)
    }

    /// POST courses, POST api/v1/courses
    private func addCourse(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .manageStaff)
        var form = try await Form(of: request, in: context)
        let draft = CourseDraft(&form), act = context.act(at: now())
        do {
            try form.check()
            let course = try await store.write { try draft.add(by: act, in: $0) }
            return request.prefersJSON
                ? try .json(["id": course.id], status: .created) : .seeOther("/courses", saying: .saved)
        } catch let refusal as any Refusal where !request.prefersJSON {
            return try await show(refusal, at: "title", filled: form.sent, request, context)
        }
    }

    /// POST courses/:course/removal, DELETE api/v1/courses/:course
    private func removeCourse(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .manageStaff)
        let id = try context.parameters.require("course", as: Course.ID.self)
        let act = context.act(at: now())
        do {
            try await store.write { try Course.remove(id, by: act, in: $0) }
            return request.prefersJSON ? .noContent : .seeOther("/courses", saying: .removed)
        } catch let refusal as StaffRefusal where !request.prefersJSON && refusal.kind.status == .conflict {
            return try await show(refusal, at: "content", request, context)
        }
    }

    /// The page again, with what was wrong.
    private func show(
        _ refusal: any Refusal, at field: String, filled sent: (String) -> String = { _ in "" }, _ request: Request,
        _ context: AppContext
    ) async throws -> Response {
        let filled = CoursesPage.Filled(sent), errors = Problem.fields(of: refusal, otherwise: field)
        let page = try await store.read { try CoursesPage(filled: filled, errors: errors, in: $0) }
        return try pages.html(page, to: request, in: context, status: refusal.kind.status)
    }
}
