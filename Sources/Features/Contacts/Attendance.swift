import Logging
import ServiceLifecycle
import Storage
import Synchronization
import Values

/// People who come and go: advisers at their desks, customers in their chats. It says where their being there is
/// written down, and what becomes of those who have gone.
package protocol Attended: SendableMetatype {
    associatedtype ID: Hashable & Comparable & Sendable
    /// It is written down this often.
    static var interval: Duration { get }
    /// Who was there when the server stopped has had no chance to be seen: everybody starts afresh.
    static func begin(at now: Moment, in transaction: Transaction) throws
    /// These are there.
    static func note(_ some: [ID], at now: Moment, in transaction: Transaction) throws
    /// Finds those who have been away for too long.
    static func miss(at now: Moment, in transaction: Transaction) throws
}

/// Knows who is there: who has a live line here, or did something just now. It writes that down for many at once, so
/// that no sign of life costs a write of its own; several servers do so side by side.
package final class Attendance<People: Attended>: Service {
    private struct Signs {
        var lines: [People.ID: Int] = [:]
        var used: Set<People.ID> = []
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

    /// A live line has come up.
    package func open(_ person: People.ID) {
        signs.withLock { $0.lines[person, default: 0] += 1 }
    }

    /// A live line has gone.
    package func close(_ person: People.ID) {
        signs.withLock { signs in
            let left = (signs.lines[person] ?? 1) - 1
            signs.lines[person] = left > 0 ? left : nil
            signs.used.insert(person)
        }
    }

    /// Somebody did something.
    package func use(_ person: People.ID) {
        signs.withLock { _ = $0.used.insert(person) }
    }

    package func run() async throws {
        let start = now()
        try await store.write { try People.begin(at: start, in: $0) }
        try? await cancelWhenGracefulShutdown { [self] in
            var writtenAt = start
            while true {
                try await Task.sleep(for: People.interval)
                do {
                    try await look(afterGap: now() - writtenAt > People.interval * 3)
                    writtenAt = now()
                } catch {
                    logger.error("\(People.self) could not be written", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// Writes down who is there, and finds who is not.
    ///
    /// - Parameter isGap: for a while nothing could be written down, here and perhaps at other servers, so nobody had a chance to be
    ///   seen: everybody starts afresh.
    package func look(afterGap isGap: Bool = false) async throws {
        let used = signs.withLock { signs in
            defer { signs.used = [] }
            return signs.used
        }
        let seen = used.union(signs.withLock { $0.lines.keys }).sorted(), now = now()
        do {
            try await store.write { transaction in
                if isGap { try People.begin(at: now, in: transaction) }
                for start in stride(from: 0, to: seen.count, by: 500) {
                    try People.note(Array(seen[start..<min(start + 500, seen.count)]), at: now, in: transaction)
                }
                if !isGap { try People.miss(at: now, in: transaction) }
            }
        } catch {
            // What could not be written now is written next time; otherwise who was here would count as away.
            signs.withLock { $0.used.formUnion(used) }
            throw error
        }
    }
}
