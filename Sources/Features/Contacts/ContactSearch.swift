import People
import Routing
import Storage
import Values

/// What contacts somebody looks for.
struct ContactQuestion: Equatable, Sendable {
    var text = ""
    var queue: Queue.ID?
    var adviser: Person.ID?
    var state: State?
    var from: Moment?
    var until: Moment?

    enum State: String, CaseIterable, Sendable {
        case waiting, active, ended, abandoned

        var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }
}

/// A contact in a list.
struct FoundContact: Equatable, Sendable {
    let id: Contact.ID
    let arrivedAt: Moment
    let customerName: String
    let reference: String?
    let queue: String
    /// What the queue's name is written in.
    let language: String
    let state: Contact.State
    let outcome: String?
    let adviser: String?
    let wrapUp: String?
    let waited: Duration?
    let handled: Duration?
    let isErased: Bool
}

extension FoundContact {
    /// A page of those that answer the question, newest first, older than `before`.
    ///
    /// A page may hold fewer than there are and still name a next one: among very many contacts, words that many
    /// have but few have together are looked for a portion at a time.
    static func page(
        _ question: ContactQuestion, before: Contact.ID? = nil, limit: Int = 50, in transaction: Transaction
    ) throws -> (contacts: [FoundContact], next: Contact.ID?) {
        let path = try SearchPath(question, before: before, in: transaction)
        let rows = try transaction.rows(query(question, along: path, limit: limit + 1))
        let contacts = try rows.prefix(limit).map(FoundContact.init(row:))
        if rows.count > limit { return (contacts, contacts.last?.id) }
        return (contacts, path.rest)
    }

    /// The statement that follows this path.
    static func query(_ question: ContactQuestion, along path: SearchPath, limit: Int) -> SQL {
        let conditions = question.conditions + path.conditions
        let filter: SQL = conditions.isEmpty ? "" : "WHERE \(SQL.list(conditions, separator: " AND "))"
        return "\(selected) FROM contact \(joins) \(filter) ORDER BY \(path.order) LIMIT \(limit)"
    }

    private static let selected: SQL = """
        SELECT contact.id, contact.arrived_at, contact.customer_name, contact.reference, queue.name AS queue,
            queue.language, contact.state, contact.outcome, person.name AS adviser, wrap_up_code.title AS wrap_up,
            contact.wrap_up_code, contact.entered_at, contact.answered_at, contact.ended_at, contact.erased_at
        """

    private static let joins: SQL = """
        JOIN queue ON queue.id = contact.queue_id
        LEFT JOIN person ON person.id = contact.adviser_id
        LEFT JOIN wrap_up_code ON wrap_up_code.code = contact.wrap_up_code
        """

    private init(row: Row) throws {
        id = try row.value("id")
        arrivedAt = try row.value("arrived_at")
        customerName = try row.value("customer_name")
        reference = try row.optional("reference")
        queue = try row.value("queue")
        language = try row.value("language")
        state = try row.value("state")
        outcome = try row.optional("outcome")
        adviser = try row.optional("adviser")
        wrapUp = try row.optional("wrap_up") ?? row.optional("wrap_up_code")
        let entered: Moment = try row.value("entered_at")
        let answered: Moment? = try row.optional("answered_at"), ended: Moment? = try row.optional("ended_at")
        waited = (answered ?? ended).map { $0 - entered }
        handled = answered.flatMap { answered in ended.map { $0 - answered } }
        isErased = try row.optional("erased_at", as: Moment.self) != nil
    }
}

extension ContactQuestion {
    fileprivate var conditions: [SQL] {
        var conditions: [SQL] = []
        if let queue { conditions.append("contact.queue_id = \(queue)") }
        if let adviser { conditions.append("contact.adviser_id = \(adviser)") }
        if let from { conditions.append("contact.arrived_at >= \(from)") }
        if let until { conditions.append("contact.arrived_at < \(until)") }
        // Few contacts are open at a time: their own index finds them, however many have ended.
        switch state {
        case .waiting:
            conditions.append(
                "contact.id IN (SELECT id FROM contact WHERE \(Contact.isWaiting))")
        case .active:
            conditions.append(
                "contact.id IN (SELECT id FROM contact WHERE \(Contact.isHeld))")
        case .ended: conditions.append("contact.state = 'ended'")
        case .abandoned: conditions.append("contact.state = 'ended' AND contact.outcome = 'abandoned'")
        case nil: break
        }
        return conditions
    }

    /// For the audit trail: what was asked for, without a word about the customer.
    var auditDetail: [String: String] {
        var detail = ["by": text.isEmpty ? "filter" : "words"]
        if let queue { detail["queue"] = "\(queue)" }
        if let adviser { detail["adviser"] = "\(adviser)" }
        if let from { detail["from"] = "\(from)" }
        if let until { detail["until"] = "\(until)" }
        return detail
    }
}
