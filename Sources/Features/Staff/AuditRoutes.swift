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
        let filter = try AuditFilter(request)
        let before = try request.wholeNumber("before", in: 1...Int.max).map(Int64.init)
        let limit = try request.wholeNumber("limit", in: 1...200) ?? 50
        let found = try await watch.finding(), today = Day(now())
        let page = try await store.read { transaction in
            try AuditPage(filter, before: before, limit: limit, verdict: found, today: today, in: transaction)
        }
        return try pages.answer(page, to: request, in: context)
    }
}

/// What of the trail somebody wants to see, as she wrote it.
struct AuditFilter: Sendable {
    let person, act, subject, from, to: String
    private let days: (from: Day?, to: Day?)

    /// - Throws: `FormRefusal` when a day is none.
    init(_ request: Request) throws {
        days = try request.days()
        func sent(_ name: String) -> String { String((request.query(name) ?? "").prefix(100)) }
        (person, act, subject, from, to) = (sent("person"), sent("act"), sent("subject"), sent("from"), sent("to"))
    }

    /// The same as the beginning of an address's query.
    var query: String {
        [("person", person), ("act", act), ("subject", subject), ("from", from), ("to", to)]
            .filter { !$0.1.isEmpty }
            .map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
            .map { "\($0)&" }.joined()
    }

    /// - Throws: `FormRefusal` when nobody is called so.
    func question(today: Day, in transaction: Transaction) throws -> AuditQuestion {
        var question = AuditQuestion()
        if !person.isEmpty {
            let found =
                try Person.find(username: person, on: today, in: transaction)
                ?? Person.find(staffNumber: person, on: today, in: transaction)
            guard let found else {
                throw FormRefusal(errors: [.init("person", "Nobody has the username or staff number \"\(person)\".")])
            }
            question.actor = found.id
        }
        if !act.isEmpty { question.action = Action(rawValue: act) }
        let words = subject.split(separator: " ")
        if let last = words.last, let number = Int64(last), words.count > 1 {
            question.subject = Subject(words.dropLast().joined(separator: " "), number)
        } else if !subject.isEmpty {
            question.subject = Subject(subject)
        }
        question.from = days.from.map { TimeZone.staff.moment(on: $0, minute: 0) }
        question.until = days.to.map { TimeZone.staff.moment(on: $0 + 1, minute: 0) }
        return question
    }
}
