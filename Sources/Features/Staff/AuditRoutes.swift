import Foundation
import Hummingbird
import People
import Storage
import Values
import Web

/// The audit trail, for those who audit.
extension Staff {
    func addAuditRoutes(to router: Router<AppContext>) {
        router.get("audit", use: audit)
        router.get("api/v1/audit", use: audit)
    }

    /// GET audit, GET api/v1/audit
    private func audit(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .readAudit)
        let filter = AuditFilter(request)
        let before = try request.wholeNumber("before", in: 1...Int.max).map(Int64.init)
        let limit = try request.wholeNumber("limit", in: 1...200) ?? 50
        let found = try await watch.finding(), today = Day(now())
        return try await store.read { transaction in
            do {
                let question = try filter.question(today: today, in: transaction)
                return try pages.answer(
                    AuditPage(filter, question, before, limit, found, today: today, in: transaction), to: request,
                    in: context)
            } catch let refusal as FormRefusal where !request.prefersJSON {
                let page = try AuditPage(filter, refusal: refusal, verdict: found, in: transaction)
                return try pages.html(page, to: request, in: context, status: .unprocessableContent)
            }
        }
    }
}
