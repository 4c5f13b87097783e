import Logging
import People
import ServiceLifecycle
import Storage
import Values

/// The erasure of one customer's data, which goes on until it is done, whatever happens to the server meanwhile.
///
/// It is asked for in one transaction and done a portion at a time, so that others never wait long for their turn. The
/// reference is kept until the last portion, and erased with it.
struct Erasure: Equatable, Sendable {
    typealias ID = Identifier<Erasure>
    let id: ID
    /// Nil: the last contact alone.
    let reference: String?
    /// Who comes back under the same reference after it was asked for is not erased.
    let last: Contact.ID
    let contacts: Int
    let done: Int
    let person: Person.ID?
    let askedAt: Moment

    /// So many contacts are erased in one transaction: some tens of milliseconds for the others who wait.
    static let portion = 200
}

extension Erasure {
    private static let columns: SQL = "id, reference, last_contact_id, contacts, done, person_id, asked_at"

    init(row: Row) throws {
        id = try row.value("id")
        reference = try row.optional("reference")
        last = try row.value("last_contact_id")
        contacts = try row.value("contacts")
        done = try row.value("done")
        person = try row.optional("person_id")
        askedAt = try row.value("asked_at")
    }

    /// Those that are not done, the oldest first.
    static func open(in transaction: Transaction) throws -> [Erasure] {
        try transaction.rows("SELECT \(columns) FROM erasure WHERE ended_at IS NULL ORDER BY id").map(
            Erasure.init(row:))
    }

    /// Asks for the erasure of names, references and words of this customer; the audit trail says who did and why.
    ///
    /// - Throws: `CustomerRefusal.open` while one of her contacts has not ended.
    static func begin(
        of customer: Customer, because purpose: String, by act: Act, in transaction: Transaction
    ) throws -> ID {
        if customer.isOpen { throw CustomerRefusal.open }
        guard let last = customer.ids.max() else { throw CustomerRefusal.unknown }
        let id: ID = try transaction.insert(
            """
            INSERT INTO erasure (reference, last_contact_id, contacts, person_id, asked_at)
            VALUES (\(customer.reference), \(last), \(customer.contacts.count), \(act.actor), \(act.at)) RETURNING id
            """)
        try customer.note("customer erased", purpose, by: act, in: transaction)
        transaction.ring(.erasure)
        return id
    }

    /// Erases some of a customer's contacts at once, where not all that stand under her reference are hers.
    ///
    /// - Throws: `CustomerRefusal.open` while one of them has not ended, `.tooMany` for more than one portion.
    static func perform(
        of customer: Customer, because purpose: String, through conversations: Conversations, by act: Act,
        in transaction: Transaction
    ) throws {
        if customer.isOpen { throw CustomerRefusal.open }
        let count = customer.contacts.count
        guard count <= portion else { throw CustomerRefusal.tooMany(count, most: portion) }
        try Contact.forget(customer.ids, through: conversations, at: act.at, in: transaction)
        try customer.note("customer erased", purpose, by: act, in: transaction)
    }

    /// Erases the next portion, and says whether that was the last.
    static func advance(
        _ id: ID, through conversations: Conversations, at now: Moment, in transaction: Transaction
    ) throws -> Bool {
        let row = try transaction.row("SELECT \(columns) FROM erasure WHERE id = \(id) AND ended_at IS NULL")
        guard let erasure = try row.map(Erasure.init(row:)) else { return true }
        let condition: SQL =
            if let reference = erasure.reference { "reference = \(reference) AND id <= \(erasure.last)" } else {
                "id = \(erasure.last)"
            }
        let ids = try transaction.rows(
            """
            SELECT id FROM contact WHERE \(condition) AND state = 'ended' AND erased_at IS NULL
            ORDER BY arrived_at LIMIT \(portion)
            """
        ).map { try $0.value("id", as: Contact.ID.self) }
        try Contact.forget(ids, through: conversations, at: now, in: transaction)
        try transaction.run("UPDATE erasure SET done = done + \(ids.count) WHERE id = \(id)")
        if ids.count == portion { return false }
        try erasure.end(at: now, in: transaction)
        return true
    }

    private func end(at now: Moment, in transaction: Transaction) throws {
        try transaction.run("UPDATE erasure SET reference = NULL, ended_at = \(now) WHERE id = \(id)")
        let act = Act(by: person, at: now), detail = ["contacts": "\(contacts)", "asked": "\(askedAt)"]
        try Audit.append(act.entry("customer erasure done", Subject("contact", last.number), detail), in: transaction)
    }
}

/// Erases what was asked for and is not done: what is too much for one request, and what a stop has interrupted.
struct Erasing: Service {
    let store: Store
    let conversations: Conversations
    let now: @Sendable () -> Moment
    let logger: Logger
    /// So long after the server that was at it is gone, at the most, another goes on.
    var interval = Duration.minutes(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await ringAgain() }
                group.addTask { await eraseWhenRung() }
            }
        }
    }

    /// Nobody else rings when a server dies in the middle of an erasure.
    private func ringAgain() async {
        while (try? await Task.sleep(for: interval)) != nil { store.bells.ring([.erasure]) }
    }

    private func eraseWhenRung() async {
        // The first ring comes at once: for what a stop has interrupted.
        for await _ in store.bells.rings(for: .erasure) {
            do {
                // One server does it, if there are several.
                if try await store.hold("erasure") { try await eraseAll() }
            } catch {
                if Task.isCancelled { return }
                logger.error("An erasure could not go on", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Everything that is not done.
    func eraseAll() async throws {
        for erasure in try await store.read({ try Erasure.open(in: $0) }) {
            // Between portions the others have their turn.
            while try await !erase(erasure.id, portions: 1) { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    /// So many portions of one erasure at the most; says whether it is done.
    func erase(_ id: Erasure.ID, portions: Int) async throws -> Bool {
        for _ in 0..<portions {
            let now = now()
            let isDone = try await store.write { [conversations] in
                try Erasure.advance(id, through: conversations, at: now, in: $0)
            }
            if isDone { return true }
        }
        return false
    }
}

extension Topic {
    /// Somebody has asked for an erasure.
    static let erasure = Topic("erasure")
}
