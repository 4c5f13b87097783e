import Logging
import People
import ServiceLifecycle
import Storage
import Synchronization
import Values

/// Follows the chain of the audit trail from its first entry, every hour, and remembers what it found.
package final class AuditWatch: Service {
    private static let interval = Duration.hours(1)
    /// A trail so short is followed at once, whenever somebody asks: 20,000 entries take a fraction of a second.
    private static let short: Int64 = 20_000

    private let store: Store
    private let now: @Sendable () -> Moment
    private let logger: Logger
    private let found = Mutex<(verdict: AuditVerdict, at: Moment)?>(nil)

    init(store: Store, now: @escaping @Sendable () -> Moment, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                do {
                    if case .broken(let number) = try await look() {
                        logger.critical("The audit trail is broken", metadata: ["entry": "\(number)"])
                    }
                } catch {
                    logger.error("The audit trail could not be checked", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: AuditWatch.interval)
            }
        }
    }

    /// What the last check found, and when; a short trail is checked now.
    func verdict() async throws -> (verdict: AuditVerdict, at: Moment)? {
        let head = try await store.read { try Audit.head(in: $0) }
        if head.number <= AuditWatch.short { try await look() }
        return found.withLock { $0 }
    }

    @discardableResult
    private func look() async throws -> AuditVerdict {
        let at = now()
        let verdict = try await Audit.verify(store)
        found.withLock { $0 = (verdict, at) }
        return verdict
    }
}
