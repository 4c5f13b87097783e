import HTTPTypes
import Hummingbird
import NIOCore
import People
import Storage
import Values
import Web

/// The addresses of reports and service levels.
extension Contacts {
    func addReportRoutes(to router: Router<AppContext>) {
        router.get("reports", use: reportPage)
        router.get("api/v1/reports", use: report)
        router.get("api/v1/reports.csv", use: reportCSV)
        router.get("api/v1/service-levels", use: serviceLevels)
    }

    /// GET reports
    private func reportPage(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .readReports)
        let queues = try await store.read { try Queue.all(retired: true, in: $0) }
        do {
            let report = try await answer(request)
            return try pages.html(ReportPage(report, queues: queues, asked: request.query), to: request, in: context)
        } catch let refusal as FormRefusal {
            let page = ReportPage(nil, errors: refusal.errors, queues: queues, asked: request.query)
            return try pages.html(page, to: request, in: context, status: .unprocessableContent)
        }
    }

    /// GET api/v1/reports
    private func report(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .readReports)
        return try .json(ReportView(await answer(request)))
    }

    /// GET api/v1/reports.csv
    private func reportCSV(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .readReports)
        let report = try await answer(request)
        let days = report.question.days
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"report-\(days.first)-\(days.last).csv\"",
            ], body: .init(byteBuffer: ByteBuffer(string: ReportCSV(report).text)))
    }

    /// GET api/v1/service-levels
    private func serviceLevels(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .readReports)
        let question = try ServiceLevelQuestion(request.query, today: today)
        return try .json(
            await store.read { [past] transaction in
                let queue = try question.queue.map { try Queue.asked(for: $0, in: transaction) }
                let target = question.target ?? queue?.target ?? ServiceLevel.promise
                var tally = try past.tally(question.span, queue: queue?.id, target: target, in: transaction)
                tally.counts.stillWaiting = try Tally.stillWaiting(question.span, queue: queue?.id, in: transaction)
                return ServiceLevelView(tally, of: queue, in: question.span, target: target)
            })
    }

    private func answer(_ request: Request) async throws -> Report {
        let question = try Report.Question(request.query, today: today)
        return try await store.read { [past] in try Report.read(question, from: past, in: $0) }
    }

    private var today: Day { Day(now()) }
}

/// The service level of which span and queue is asked for.
struct ServiceLevelQuestion: Equatable, Sendable {
    let span: Span
    let queue: String?
    let target: Duration?

    private static let mostDays = 366

    /// `from` and `to` are days, both included, or moments, the last one not.
    init(_ field: (String) -> String?, today: Day) throws(FormRefusal) {
        var errors: [Problem.Field] = []
        let start = Self.moment(field("from"), "from", or: today, &errors) { $0.start }
        let end = Self.moment(field("to"), "to", or: max(today, Day(start)), &errors) { $0.end }
        if errors.isEmpty, start >= end { errors.append(.init("from", "from must be before to.")) }
        // An hour more, for the one that a year may have more at its end than at its start.
        if errors.isEmpty, end - start > .days(Int64(Self.mostDays)) + .hours(1) {
            errors.append(.init("from", "A service level covers \(Self.mostDays) days at most."))
        }
        target = Report.Question.target(field("target"), &errors)
        if !errors.isEmpty { throw FormRefusal(errors: errors) }
        span = Span(start: start, end: end)
        queue = field("queue")
    }

    private static func moment(
        _ text: String?, _ name: String, or usual: Day, _ errors: inout [Problem.Field], of day: (Span) -> Moment
    ) -> Moment {
        guard let text else { return day(Span(of: usual)) }
        let years = 1970...2199
        if let asked = Day(text), years.contains(asked.civil.year) { return day(Span(of: asked)) }
        if let moment = Moment(text), years.contains(Day(moment).civil.year) { return moment }
        errors.append(
            .init(
                name, "\(name) must be a day like 2026-11-22 or a moment like 2026-11-22T09:30:00Z, from 1970 to 2199.")
        )
        return day(Span(of: usual))
    }
}
