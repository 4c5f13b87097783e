import Foundation
import HTTPTypes
import Hummingbird
import People
import Storage
import Values
import Web

/// Copies and erasures of customers' data, as a page and as JSON.
extension Contacts {
    /// So much of an erasure is done before its request is answered: a thousand contacts.
    static let portionsAtOnce = 5

    var erasing: Erasing {
        Erasing(store: store, conversations: conversations, now: now, logger: logger)
    }

    func addCustomerRoutes(to router: Router<AppContext>) {
        router.get("customers", use: customers)
        router.post("customers/export", use: exportCustomer)
        router.post("customers/erasure", use: eraseCustomer)
        router.get("api/v1/customers", use: customers)
        router.post("api/v1/customers/export", use: exportCustomer)
        router.post("api/v1/customers/erasure", use: eraseCustomer)
    }

    /// GET customers, GET api/v1/customers
    private func customers(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .eraseCustomers)
        let sought = request.query("reference") ?? ""
        let act = context.act(at: now())
        let (customer, page) = try await store.read { transaction in
            let customer = sought.isEmpty ? nil : try Customer.sought(sought, in: transaction)
            return (customer, try CustomersPage(sought, customer, in: transaction))
        }
        if let customer {
            try await store.write { try customer.note("customer looked up", nil, by: act, in: $0) }
        }
        return try pages.answer(page, to: request, in: context)
    }

    /// POST customers/export, POST api/v1/customers/export
    private func exportCustomer(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .eraseCustomers)
        let wish = CustomerWish(
            try await Form(of: request, in: context), field: request.prefersJSON ? "purpose" : "exportPurpose")
        let act = context.act(at: now())
        do {
            return try await copied(wish, by: act)
        } catch let refusal as any Refusal where !request.prefersJSON {
            return try await refused(refusal, wish, request, context)
        }
    }

    /// POST customers/erasure, POST api/v1/customers/erasure
    private func eraseCustomer(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .eraseCustomers)
        let wish = CustomerWish(
            try await Form(of: request, in: context), field: request.prefersJSON ? "purpose" : "erasurePurpose",
            mustBeSure: true)
        let act = context.act(at: now())
        do {
            return try await erased(wish, by: act, request)
        } catch let refusal as any Refusal where !request.prefersJSON {
            return try await refused(refusal, wish, request, context)
        }
    }

    /// A copy can be long: nobody waits while it is read, and it is noted before it leaves the house.
    private func copied(_ wish: CustomerWish, by act: Act) async throws -> Response {
        let (customer, copy) = try await store.read { [conversations] transaction in
            let customer = try wish.checked(in: transaction).chosen
            return (customer, try customer.copy(at: act.at, through: conversations, in: transaction))
        }
        try await store.write { try customer.note("customer copied", wish.purpose, by: act, in: $0) }
        var response = try Response.json(copy)
        response.headers[.contentDisposition] = "attachment; filename=\"customer-\(Day(act.at)).json\""
        return response
    }

    /// Begins an erasure and does as much of it as a request should take.
    private func erased(_ wish: CustomerWish, by act: Act, _ request: Request) async throws -> Response {
        let (id, count) = try await store.write { [conversations] transaction in
            try wish.erase(through: conversations, by: act, in: transaction)
        }
        let isDone = if let id { try await erasing.erase(id, portions: Contacts.portionsAtOnce) } else { true }
        if request.prefersJSON { return try .json(ErasureAnswer(contacts: count, isDone: isDone)) }
        return .seeOther("/customers", saying: isDone ? .erased : .erasing)
    }

    private func refused(
        _ refusal: any Refusal, _ wish: CustomerWish, _ request: Request, _ context: AppContext
    ) async throws -> Response {
        let page = try await store.read { transaction in
            try CustomersPage(
                wish.sought, Customer.sought(wish.sought, in: transaction),
                refused: .init(field: wish.field, purpose: wish.purpose, ticked: wish.contacts, refusal: refusal),
                in: transaction)
        }
        return try pages.html(page, to: request, in: context, status: refusal.kind.status)
    }
}

/// What has become of a wish to erase: what is more than a request should take goes on by itself.
struct ErasureAnswer: Encodable, Sendable {
    let contacts: Int
    let isDone: Bool
}
