import Logging
import People
import ServiceLifecycle
import Storage
import Synchronization
import Values

/// Knows which advisers are there: whose desk has a live line here, or was used just now.
///
/// An adviser whose desk is silent for too long has lost her line: her contacts go to others, and nobody is offered
/// to a closed lid.
package final class Presence: Service {
    /// After so long without a sign the line counts as lost.
    package static let patience = Duration.seconds(90)
    private static let interval = Duration.seconds(10)

    private struct Signs {
        var lines: [Person.ID: Int] = [:]
        var used: Set<Person.ID> = []
    }

    private let store: Store
    private let now: @Sendable () -> Moment
    private let logger: Logger
    private let signs = Mutex(Signs())

    package init(store: Store, now: @escaping @Sendable () -> Moment, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    /// A live line to her desk has come up.
    func open(_ adviser: Person.ID) {
        signs.withLock { $0.lines[adviser, default: 0] += 1 }
    }

    /// A live line to her desk has gone.
    func close(_ adviser: Person.ID) {
        signs.withLock { signs in
            let left = (signs.lines[adviser] ?? 1) - 1
            signs.lines[adviser] = left > 0 ? left : nil
            signs.used.insert(adviser)
        }
    }

    /// She did something at her desk.
    func use(_ adviser: Person.ID) {
        signs.withLock { _ = $0.used.insert(adviser) }
    }

    package func run() async throws {
        // Who was there when the server stopped has had no chance to be seen: everybody starts afresh.
        let start = now()
        try await store.write { transaction in
            try transaction.run("UPDATE desk SET seen_at = \(start) WHERE status <> 'offline'")
        }
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                try await Task.sleep(for: Presence.interval)
                do {
                    try await look()
                } catch {
                    logger.error("Presence could not be written", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Writes down who is there, and finds who is not.
    func look() async throws {
        let seen = signs.withLock { signs in
            defer { signs.used = [] }
            return signs.used.union(signs.lines.keys).sorted()
        }
        let now = now()
        try await store.write { transaction in
            for start in stride(from: 0, to: seen.count, by: 500) {
                let some = Array(seen[start..<min(start + 500, seen.count)])
                try transaction.run("UPDATE desk SET seen_at = \(now) WHERE adviser_id IN \(anyOf: some)")
            }
            let lost = try transaction.rows(
                """
                SELECT adviser_id FROM desk
                WHERE status NOT IN ('offline', 'line_lost') AND seen_at < \(now - Presence.patience)
                """)
            for row in lost {
                guard let desk = try Desk.find(try row.value("adviser_id"), in: transaction) else { continue }
                try desk.fall(to: .lineLost, at: now, in: transaction)
            }
        }
    }
}
