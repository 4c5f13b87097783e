import Contacts
import Logging
import ServiceLifecycle
import Storage
import Synchronization
import Values

/// Knows which customers are there. Who has been gone for too long has left: an adviser is not sent to an empty chat,
/// and a queue does not hold a place for nobody.
final class Visits: Service {
    /// A customer who waits may be gone for so long, one in conversation for so long.
    static let patienceWaiting = Duration.minutes(5)
    static let patienceActive = Duration.minutes(15)
    private static let interval = Duration.seconds(15)

    private struct Signs {
        var lines: [Contact.ID: Int] = [:]
        var used: Set<Contact.ID> = []
    }

    private let store: Store
    private let now: @Sendable () -> Moment
    private let logger: Logger
    private let signs = Mutex(Signs())

    init(store: Store, now: @escaping @Sendable () -> Moment, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    func open(_ contact: Contact.ID) {
        signs.withLock { $0.lines[contact, default: 0] += 1 }
    }

    func close(_ contact: Contact.ID) {
        signs.withLock { signs in
            let left = (signs.lines[contact] ?? 1) - 1
            signs.lines[contact] = left > 0 ? left : nil
            signs.used.insert(contact)
        }
    }

    func use(_ contact: Contact.ID) {
        signs.withLock { _ = $0.used.insert(contact) }
    }

    func run() async throws {
        let start = now()
        try await store.write { transaction in
            try transaction.run(
                """
                UPDATE chat SET seen_at = \(start)
                WHERE contact_id IN (SELECT id FROM contact WHERE state <> 'ended')
                """)
        }
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                try await Task.sleep(for: Visits.interval)
                do {
                    try await look()
                } catch {
                    logger.error("Visits could not be written", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Writes down who is there, and ends the chats of those who have left.
    func look() async throws {
        let seen = signs.withLock { signs in
            defer { signs.used = [] }
            return signs.used.union(signs.lines.keys).sorted()
        }
        let now = now()
        try await store.write { transaction in
            for start in stride(from: 0, to: seen.count, by: 500) {
                let some = Array(seen[start..<min(start + 500, seen.count)])
                try transaction.run("UPDATE chat SET seen_at = \(now) WHERE contact_id IN \(anyOf: some)")
            }
            let gone = try transaction.rows(
                """
                SELECT contact.id FROM contact JOIN chat ON chat.contact_id = contact.id
                WHERE contact.state <> 'ended' AND
                    (contact.state IN ('waiting', 'offered') AND chat.seen_at < \(now - Visits.patienceWaiting)
                    OR contact.state = 'active' AND chat.seen_at < \(now - Visits.patienceActive))
                """)
            for row in gone { try Talk.end(try row.value("id"), by: .absence, at: now, in: transaction) }
        }
    }
}
