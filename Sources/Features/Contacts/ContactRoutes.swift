import Foundation
import Hummingbird
import People
import Storage
import Values
import Web

/// Looking contacts up: every look is noted in the audit trail, by numbers only.
extension Contacts {
    func addContactRoutes(to router: Router<AppContext>) {
        router.get("contacts", use: contacts)
        router.get("contacts/:contact", use: contact)
        router.get("api/v1/contacts", use: contacts)
        router.get("api/v1/contacts/:contact", use: contact)
    }

    /// GET contacts, GET api/v1/contacts
    private func contacts(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .readContacts)
        let question = try ContactQuestion(request), act = context.act(at: now())
        let place = try ListPlace(request)
        let page = try await store.read { try ContactsPage(question, at: place, in: $0) }
        let entry = act.entry("contacts searched", nil, question.auditDetail)
        try await store.write { try Audit.append(entry, in: $0) }
        return try pages.answer(page, to: request, in: context)
    }

    /// GET contacts/:contact, GET api/v1/contacts/:contact
    private func contact(request: Request, context: AppContext) async throws -> Response {
        let reader = try context.person()
        let id = try context.parameters.require("contact", as: Contact.ID.self)
        let act = context.act(at: now())
        let page = try await store.write { [conversations] transaction in
            guard try Contact.isOpen(id, to: reader, in: transaction) else { throw AccessRefusal.notAllowed }
            let record = try ContactRecord(id, through: conversations, in: transaction)
            let contact = try Contact.find(id, in: transaction)
            let earlier = try contact?.earlier(in: transaction) ?? []
            let help = try contact.flatMap { try ContactPage.Help($0, for: reader, in: transaction) }
            try Audit.append(act.entry("contact read", Subject("contact", id.number)), in: transaction)
            return ContactPage(record, earlier: earlier, help: help)
        }
        return try pages.answer(page, to: request, in: context)
    }
}

extension ContactQuestion {
    /// Reads what an address asks for.
    ///
    /// - Throws: `FormRefusal` for what cannot be understood.
    init(_ request: Request) throws {
        text = String((request.query("search") ?? "").prefix(200))
        queue = try request.number("queue", as: Queue.ID.self)
        adviser = try request.number("adviser", as: Person.ID.self)
        if let word = request.query("state") {
            guard let known = State(rawValue: word) else {
                throw FormRefusal(errors: [.init("state", "The state is one of waiting, active, ended, abandoned.")])
            }
            state = known
        }
        let days = try request.days()
        from = days.from.map { TimeZone.staff.moment(on: $0, minute: 0) }
        until = days.to.map { TimeZone.staff.moment(on: $0 + 1, minute: 0) }
    }
}

/// Which part of the list of contacts an address asks for.
struct ListPlace: Sendable {
    /// The days as they were written.
    let from, to: String
    let before: Contact.ID?
    let limit: Int
    /// The page's address with these filters, to which the place of the next page is added.
    let address: String

    init(_ request: Request) throws {
        from = request.query("from") ?? ""
        to = request.query("to") ?? ""
        before = try request.number("before", as: Contact.ID.self)
        limit = try request.wholeNumber("limit", in: 1...200) ?? 50
        let query = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("before=") }
        address = "/contacts?\(query.map { "\($0)&" }.joined())"
    }

    /// - Throws: `FormRefusal` when there is no contact before which to begin.
    func check(in transaction: Transaction) throws {
        if let before, try Contact.find(before, in: transaction) == nil {
            throw FormRefusal(errors: [.init("before", "There is no contact \(before) before which to begin.")])
        }
    }
}
