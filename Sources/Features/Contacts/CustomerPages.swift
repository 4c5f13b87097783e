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

    struct Found: Encodable, Sendable {
        let heading: String
        let facts: [ContactPage.Fact]
        /// Why these may be different people.
        let warning: String?
        let contacts: [Line]
        /// Whether single contacts can be ticked; otherwise all of them are meant.
        let mayTick: Bool
        let summary: Summary
    }
    /// One contact that was found.
    struct Line: Encodable, Sendable {
        let id: Contact.ID
        let name, arrived, queue, state, tone: String
        let isInCopy, isInErasure: Bool
    }
    struct Request: Encodable, Sendable { let at, act, person: String; let purpose: String?; let done: Done }

    /// A customer as programs are told of her, in short.
    struct Summary: Encodable, Sendable {
        let customerName: String
        let reference: String?
        let contacts: [Contact.ID]
        /// More than one may mean more than one person.
        let names: [String]
        let details: [Detail]
        let firstArrivedAt, lastArrivedAt: Moment?
        let isOpen: Bool
    }
    struct Detail: Encodable, Sendable {
        let contact: Contact.ID
        let customerName, queue, state: String
        let arrivedAt: Moment
    }
    /// A copy or an erasure as programs are told of it.
    struct Done: Encodable, Sendable { let at: Moment; let act, person: String; let purpose: String? }
    struct Record: Encodable, Sendable { let found: Summary?; let running: [String]; let requests: [Done] }

    var record: Record { Record(found: found?.summary, running: running, requests: requests.map(\.done)) }

    /// A form that was refused: which of the two, what was written, and why not.
    struct Refused: Sendable {
        let field: String
        let purpose: String
        /// The contacts that were ticked; nil when there was nothing to tick.
        let ticked: [Contact.ID]?
        let refusal: any Refusal
    }

    init(_ reference: String, _ customer: Customer?, refused: Refused? = nil, in transaction: Transaction) throws {
        self.reference = reference
        let queues = Dictionary(
            uniqueKeysWithValues: try Queue.all(retired: true, in: transaction).map { ($0.id, $0.name) })
        found = customer.map { Found($0, queues, refused) }
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
    /// So many contacts are listed, the newest: no more could be erased one by one at once.
    private static let most = Erasure.portion

    init(_ customer: Customer, _ queues: [Queue.ID: String], _ refused: CustomersPage.Refused?) {
        let names = customer.names, isOne = names.count < 2
        warning =
            isOne
            ? nil
            : "Different names stand under this reference: \(names.prefix(10).joined(separator: ", ")). They may be different people. Tick the contacts that are this customer's."
        mayTick = !isOne || (customer.contacts.count > 1 && customer.contacts.count <= Self.most)
        contacts = customer.contacts.suffix(Self.most).reversed().map { contact in
            let worded = contact.state.worded
            func isTicked(_ field: String) -> Bool {
                guard let refused, refused.field == field, let ticked = refused.ticked else { return isOne }
                return ticked.contains(contact.id)
            }
            return .init(
                id: contact.id, name: contact.customerName, arrived: Wording.stamp(contact.arrivedAt, in: .staff),
                queue: queues[contact.queue] ?? "", state: worded.word, tone: worded.tone,
                isInCopy: isTicked("exportPurpose"), isInErasure: isTicked("erasurePurpose"))
        }
        let first = customer.contacts.first, last = customer.contacts.last
        heading = last?.customerName ?? ""
        summary = CustomersPage.Summary(
            customerName: heading, reference: last?.reference, contacts: customer.ids, names: names,
            details: customer.contacts.map {
                .init(
                    contact: $0.id, customerName: $0.customerName, queue: queues[$0.queue] ?? "",
                    state: $0.state.rawValue, arrivedAt: $0.arrivedAt)
            }, firstArrivedAt: first?.arrivedAt, lastArrivedAt: last?.arrivedAt, isOpen: customer.isOpen)
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
