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
        let page = try await store.write { transaction in
            let customer = sought.isEmpty ? nil : try Customer.sought(sought, in: transaction)
            try customer?.note("customer looked up", nil, by: act, in: transaction)
            return try CustomersPage(sought, customer, in: transaction)
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
            let copy = try await store.write { [conversations] transaction in
                try wish.checked(in: transaction).chosen
                    .export(because: wish.purpose, through: conversations, by: act, in: transaction)
            }
            var response = try Response.json(copy)
            response.headers[.contentDisposition] = "attachment; filename=\"customer-\(Day(act.at)).json\""
            return response
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
            let (id, count) = try await store.write { [conversations] transaction in
                try wish.erase(through: conversations, by: act, in: transaction)
            }
            let isDone = if let id { try await erasing.erase(id, portions: Contacts.portionsAtOnce) } else { true }
            if request.prefersJSON { return try .json(ErasureAnswer(contacts: count, isDone: isDone)) }
            return .seeOther("/customers", saying: isDone ? .erased : .erasing)
        } catch let refusal as any Refusal where !request.prefersJSON {
            return try await refused(refusal, wish, request, context)
        }
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

/// What somebody wants done with a customer's data, and why.
struct CustomerWish: Sendable {
    let sought: String
    let purpose: String
    let field: String
    /// Those of the contacts found that are meant; nil is all of them.
    let contacts: [Contact.ID]?
    private let errors: [Problem.Field]

    init(_ sent: Form, field: String, mustBeSure: Bool = false) {
        var form = sent
        sought = form.isBlank("reference") ? form.sent("contact") : form.sent("reference")
        let purpose = form.optionalLine("purpose", "the reason", upTo: 200)
        self.purpose = purpose ?? ""
        self.field = field
        // What the form calls purpose stands on the page under another name, as there are two.
        form.move("purpose", to: field)
        if purpose == nil, form.errors.isEmpty {
            form.refuse(field, "Enter why, for example the number of the request.")
        }
        contacts = form.ids(
            "contacts", as: Contact.ID.self, otherwise: "Write the contacts as a list of their numbers.")
        if mustBeSure, !form.isTicked("isSure") {
            form.refuse("isSure", "Confirm that you know this cannot be undone.")
        }
        errors = form.errors
    }

    /// All that is found of the customer, and what of it was chosen, if the wish is in order.
    func checked(in transaction: Transaction) throws -> (found: Customer, chosen: Customer) {
        guard errors.isEmpty else { throw FormRefusal(errors: errors) }
        guard let customer = try Customer.sought(sought, in: transaction) else { throw CustomerRefusal.unknown }
        if customer.isNamed(in: purpose) {
            throw FormRefusal(errors: [
                .init(
                    field,
                    "Do not write the customer's name or reference here: this note is kept. Write the number of the request."
                )
            ])
        }
        return (customer, try customer.only(contacts))
    }

    /// Erases what was chosen, or asks for the erasure of all that is found, which may take its time.
    func erase(
        through conversations: Conversations, by act: Act, in transaction: Transaction
    ) throws -> (Erasure.ID?, count: Int) {
        let (found, chosen) = try checked(in: transaction)
        if chosen.ids == found.ids {
            return (try Erasure.begin(of: found, because: purpose, by: act, in: transaction), found.ids.count)
        }
        try Erasure.perform(of: chosen, because: purpose, through: conversations, by: act, in: transaction)
        return (nil, chosen.ids.count)
    }
}

extension Customer {
    /// By a reference or, where there is none like that, by the number of a contact.
    static func sought(_ text: String, in transaction: Transaction) throws -> Customer? {
        let text = text.trimmingCharacters(in: .whitespaces)
        do {
            return try find(.reference(text), in: transaction)
        } catch CustomerRefusal.unknown {
            guard let id = Contact.ID(text) else { return nil }
            do {
                return try find(.contact(id), in: transaction)
            } catch CustomerRefusal.unknown {
                return nil
            }
        }
    }
}
