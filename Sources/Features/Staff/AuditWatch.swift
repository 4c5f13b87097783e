import Logging
import People
import ServiceLifecycle
import Storage
import Synchronization
import Values

/// Follows the chain of the audit trail: what is new whenever somebody looks and every hour, all of it once a day.
package final class AuditWatch: Service {
    private static let interval = Duration.hours(1)
    /// What stood sound may have been changed since, so the whole is followed again after so long.
    private static let wholeInterval = Duration.hours(24)
    /// A trail so short is followed at once when somebody asks before it was ever followed: a fraction of a second.
    private static let short: Int64 = 20_000

    /// What was found, when, and when the whole was followed last.
    struct Finding: Equatable, Sendable {
        let verdict: AuditVerdict
        let at: Moment
        let wholeAt: Moment
    }

    private let store: Store
    private let now: @Sendable () -> Moment
    private let logger: Logger
    private let found = Mutex<Finding?>(nil)

    init(store: Store, now: @escaping @Sendable () -> Moment, logger: Logger) {
        self.store = store
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                do {
                    if case .broken(let number) = try await lookAround().verdict {
                        logger.critical("The audit trail is broken", metadata: ["entry": "\(number)"])
                    }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("The audit trail could not be checked", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: AuditWatch.interval)
            }
        }
    }

    /// The trail as it is now: what is new is followed first. Nil while it is followed for the first time.
    func finding() async throws -> Finding? {
        if let finding = try await lookAhead() { return finding }
        let head = try await store.read { try Audit.head(in: $0) }
        return head.number <= AuditWatch.short ? try await lookAtWhole() : nil
    }

    /// What has to be done every hour: the whole when it is due, else what is new.
    @discardableResult
    func lookAround() async throws -> Finding {
        let before = try await store.read { try AuditVerified.find(in: $0) }
        let isDue = before.map { now() - $0.wholeAt >= AuditWatch.wholeInterval } ?? true
        if !isDue, let finding = try await lookAhead() { return finding }
        return try await lookAtWhole()
    }

    /// Follows what came after the last link that was verified. Nil when there is none.
    private func lookAhead() async throws -> Finding? {
        // What was found broken stays so until the whole is found sound.
        if let last = found.withLock({ $0 }), case .broken = last.verdict { return last }
        guard let before = try await store.read({ try AuditVerified.find(in: $0) }) else { return nil }
        let at = now()
        return try await keep(
            Finding(
                verdict: try await Audit.verify(store, from: before.link), at: at, wholeAt: before.wholeAt),
            after: before)
    }

    private func lookAtWhole() async throws -> Finding {
        let at = now()
        // Entries that are gone from the end leave a sound chain behind; the link of last time shows that.
        let before = try await store.read { try AuditVerified.find(in: $0) }
        return try await keep(
            Finding(
                verdict: try await Audit.verify(store, anchor: before?.link), at: at, wholeAt: at), after: before)
    }

    private func keep(_ finding: Finding, after before: AuditVerified?) async throws -> Finding {
        found.withLock { $0 = finding }
        guard case .sound(let link) = finding.verdict else { return finding }
        // A look that found little new is not worth a write.
        let isNews = link.number - (before?.link.number ?? -1_000) >= 1_000 || finding.wholeAt == finding.at
        if isNews {
            try await store.write { transaction in
                try AuditVerified(link: link, at: finding.at, wholeAt: finding.wholeAt).store(in: transaction)
            }
        }
        return finding
    }
}
