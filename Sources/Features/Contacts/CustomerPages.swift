import Foundation
import People
import Storage
import Values
import Web

/// Finding a customer's data, copying and erasing it.
struct CustomersPage: Page {
    static let template = "customers"
    let title = "Customers' data"
    let reference: String
    let found: Found?
    let notFound: String?
    let errors: [Problem.Field]
    let problem: [String: String]
    let exportPurpose, erasurePurpose: String
    /// Erasures that are not done yet.
    let running: [String]
    let requests: [Request]

    struct Found: Encodable, Sendable { let heading: String; let facts: [ContactPage.Fact]; let summary: Summary }
    struct Request: Encodable, Sendable { let at, act, person: String; let purpose: String?; let done: Done }

    /// A customer as programs are told of her, in short.
    struct Summary: Encodable, Sendable {
        let customerName: String
        let reference: String?
        let contacts: [Contact.ID]
        let firstArrivedAt, lastArrivedAt: Moment?
        let isOpen: Bool
    }
    /// A copy or an erasure as programs are told of it.
    struct Done: Encodable, Sendable { let at: Moment; let act, person: String; let purpose: String? }
    struct Record: Encodable, Sendable { let found: Summary?; let running: [String]; let requests: [Done] }

    var record: Record { Record(found: found?.summary, running: running, requests: requests.map(\.done)) }

    /// A form that was refused: which of the two, what was written, and why not.
    struct Refused: Sendable {
        let field: String
        let purpose: String
        let refusal: any Refusal
    }

    init(_ reference: String, _ customer: Customer?, refused: Refused? = nil, in transaction: Transaction) throws {
        self.reference = reference
        found = customer.map(Found.init)
        notFound = customer == nil && !reference.isEmpty ? CustomerRefusal.unknown.sentence : nil
        errors =
            (refused?.refusal as? FormRefusal)?.errors ?? refused.map { [.init($0.field, $0.refusal.sentence)] } ?? []
        problem = Dictionary(errors.map { ($0.field, $0.message) }, uniquingKeysWith: { first, _ in first })
        exportPurpose = refused?.field == "exportPurpose" ? refused?.purpose ?? "" : ""
        erasurePurpose = refused?.field == "erasurePurpose" ? refused?.purpose ?? "" : ""
        running = try Erasure.open(in: transaction).map {
            "An erasure asked for on \(Wording.stamp($0.askedAt, in: .staff)) is going on: \(Figure.count($0.done)) of \(Figure.count($0.contacts)) contacts are erased."
        }
        requests = try Request.newest(in: transaction)
    }
}

extension CustomersPage.Found {
    init(_ customer: Customer) {
        let first = customer.contacts.first, last = customer.contacts.last
        heading = last?.customerName ?? ""
        summary = CustomersPage.Summary(
            customerName: heading, reference: last?.reference, contacts: customer.ids,
            firstArrivedAt: first?.arrivedAt, lastArrivedAt: last?.arrivedAt, isOpen: customer.isOpen)
        let stamp = { (contact: Contact?) in contact.map { Wording.stamp($0.arrivedAt, in: .staff) } ?? "" }
        facts = [
            .init(label: "Reference", value: last?.reference ?? "None"),
            .init(label: "Contacts", value: "\(customer.contacts.count), from \(stamp(first)) to \(stamp(last))"),
            .init(
                label: "State", value: customer.isOpen ? "One is still open: it cannot be erased yet" : "All have ended"
            ),
        ]
    }
}

extension CustomersPage.Request {
    /// The newest copies and erasures, as the audit trail has them.
    static func newest(in transaction: Transaction) throws -> [Self] {
        let records = try [Action("customer copied"), "customer erased"].flatMap { action in
            try Audit.page(AuditQuestion(action: action), limit: 10, in: transaction)
        }.sorted { $0.link.number > $1.link.number }
        let actors = Array(Set(records.compactMap(\.entry.act.actor)))
        let names = Dictionary(
            uniqueKeysWithValues: try actors.isEmpty
                ? []
                : transaction.rows("SELECT id, name FROM person WHERE id IN \(anyOf: actors)")
                    .map { (try $0.value("id", as: Person.ID.self), try $0.value("name", as: String.self)) })
        return records.map { record in
            let entry = record.entry
            let detail = try? JSONDecoder().decode([String: String].self, from: Data(entry.detail.utf8))
            let isCopy = entry.action == "customer copied"
            let done = CustomersPage.Done(
                at: entry.act.at, act: isCopy ? "copy" : "erasure",
                person: entry.act.actor.flatMap { names[$0] } ?? "Touchdown", purpose: detail?["purpose"])
            return Self(
                at: Wording.stamp(done.at, in: .staff), act: isCopy ? "Copy" : "Erasure", person: done.person,
                purpose: done.purpose, done: done)
        }
    }
}
