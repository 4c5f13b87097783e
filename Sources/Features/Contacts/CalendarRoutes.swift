import Hummingbird
import People
import Storage
import Values
import Web

/// Closures and bank holidays, as a page and as JSON.
extension Contacts {
    func addCalendarRoutes(to router: Router<AppContext>) {
        router.get("calendar", use: calendar)
        router.post("calendar/closures", use: addClosing)
        router.post("calendar/closures/:closure/ending", use: endClosing)
        router.post("calendar/bank-holidays", use: addHoliday)
        router.post("calendar/bank-holidays/:day/removal", use: removeHoliday)
        router.get("api/v1/calendar", use: calendar)
        router.post("api/v1/closures", use: addClosing)
        router.delete("api/v1/closures/:closure", use: endClosing)
        router.put("api/v1/bank-holidays/:day", use: putHoliday)
        router.delete("api/v1/bank-holidays/:day", use: removeHoliday)
    }

    /// GET calendar, GET api/v1/calendar
    private func calendar(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let now = now()
        return try pages.answer(try await store.read { try CalendarPage(at: now, in: $0) }, to: request, in: context)
    }

    /// POST calendar/closures, POST api/v1/closures
    private func addClosing(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        var form = try await Form(of: request, in: context)
        let act = context.act(at: now())
        let closing = Closing(&form, now: act.at)
        do {
            try form.check()
            let id = try await store.write { try closing.insert(by: act, in: $0) }
            return request.prefersJSON
                ? try .json(["id": id], status: .created) : .seeOther("/calendar", saying: .saved)
        } catch let refusal as FormRefusal where !request.prefersJSON {
            return try await refused(refusal, form, request, context)
        }
    }

    /// POST calendar/closures/:closure/ending, DELETE api/v1/closures/:closure
    private func endClosing(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let id = try context.parameters.require("closure", as: Closing.ID.self)
        let act = context.act(at: now())
        try await store.write { try Closing.end(id, by: act, in: $0) }
        return request.prefersJSON ? .noContent : .seeOther("/calendar", saying: .saved)
    }

    /// POST calendar/bank-holidays
    private func addHoliday(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        var form = try await Form(of: request, in: context)
        let day = form.optionalDay("day")
        if day == nil, form.isBlank("day") { form.refuse("day", "Write the day as 2026-12-25.") }
        if let day, day < Day(now()) { form.refuse("day", "\(Wording.date(day)) is over.") }
        let holiday = BankHoliday(&form, on: day ?? Day(now()))
        let act = context.act(at: now())
        do {
            try form.check()
            try await store.write { try holiday.add(by: act, in: $0) }
            return .seeOther("/calendar", saying: .saved)
        } catch let refusal as FormRefusal {
            return try await refused(refusal, form, request, context)
        }
    }

    /// PUT api/v1/bank-holidays/:day
    private func putHoliday(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let day = try context.parameters.require("day", as: Day.self)
        var form = try await Form(of: request, in: context)
        let holiday = BankHoliday(&form, on: day)
        try form.check()
        let act = context.act(at: now())
        try await store.write { try holiday.store(by: act, in: $0) }
        return try .json(["day": "\(holiday.day)", "name": holiday.name])
    }

    /// POST calendar/bank-holidays/:day/removal, DELETE api/v1/bank-holidays/:day
    private func removeHoliday(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .planQueues)
        let day = try context.parameters.require("day", as: Day.self)
        let act = context.act(at: now())
        try await store.write { try BankHoliday.remove(day, by: act, in: $0) }
        return request.prefersJSON ? .noContent : .seeOther("/calendar", saying: .removed)
    }

    private func refused(
        _ refusal: FormRefusal, _ form: Form, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let now = now()
        let page = try await store.read { try CalendarPage(at: now, filled: form.sent, refusal: refusal, in: $0) }
        return try pages.html(page, to: request, in: context, status: .unprocessableContent)
    }
}
