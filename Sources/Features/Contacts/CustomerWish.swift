import People
import Storage
import Web

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
